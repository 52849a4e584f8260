"""Ledgers of the pack: before the loan, the loan, credit files, public money."""

from shouwang.packs.microcredit.models.applications import Application, Commitment, MicroProfitItem, Training
from shouwang.packs.microcredit.models.credit import (
    BadRecord,
    CreditFile,
    CreditRating,
    Difficulty,
    EconomicFile,
    EnterpriseCredit,
)
from shouwang.packs.microcredit.models.following import BusinessReport, Schedule
from shouwang.packs.microcredit.models.funds import (
    BadDebt,
    CreditCommunity,
    GuaranteeFund,
    Inspection,
    InterestSubsidy,
    JointConference,
    SubsidyTransfer,
)
from shouwang.packs.microcredit.models.lending import Collection, Loan, Repayment, Visit

__all__ = [
    "Application",
    "BadDebt",
    "BadRecord",
    "BusinessReport",
    "Collection",
    "Commitment",
    "CreditCommunity",
    "CreditFile",
    "CreditRating",
    "Difficulty",
    "EconomicFile",
    "EnterpriseCredit",
    "GuaranteeFund",
    "Inspection",
    "InterestSubsidy",
    "JointConference",
    "Loan",
    "MicroProfitItem",
    "Repayment",
    "Schedule",
    "SubsidyTransfer",
    "Training",
    "Visit",
]
