"""Ledgers of the pack: meters and readings, and the management of indicators around them."""

from shouwang.packs.energy.models.control import (
    ContractIndicator,
    Discussion,
    PlanPhase,
    WageSettlement,
)
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
from shouwang.packs.energy.models.weather import Temperature

__all__ = [
    "AnnualTarget",
    "Assessment",
    "Census",
    "Consumption",
    "ContractIndicator",
    "Deposit",
    "Discussion",
    "Manager",
    "Meter",
    "MeterReader",
    "MeterReading",
    "MonthlyAnalysis",
    "OperatedBusiness",
    "PlanPhase",
    "Quota",
    "Regulation",
    "SavingProject",
    "Temperature",
    "WageSettlement",
    "Workload",
]
