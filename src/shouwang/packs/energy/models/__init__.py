"""Ledgers of the pack: meters and readings, and the management of indicators around them."""

from shouwang.packs.energy.models.management import (
    AnnualTarget,
    Assessment,
    Census,
    Deposit,
    Manager,
    MonthlyAnalysis,
    OperatedBusiness,
    Regulation,
    SavingProject,
    Workload,
)
from shouwang.packs.energy.models.metering import Consumption, Meter, MeterReader, MeterReading, Quota

__all__ = [
    "AnnualTarget",
    "Assessment",
    "Census",
    "Consumption",
    "Deposit",
    "Manager",
    "Meter",
    "MeterReader",
    "MeterReading",
    "MonthlyAnalysis",
    "OperatedBusiness",
    "Quota",
    "Regulation",
    "SavingProject",
    "Workload",
]
