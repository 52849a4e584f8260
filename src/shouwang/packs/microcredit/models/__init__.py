"""Ledgers of the pack: the loan's way (``lending``), credit files (``credit``), public money (``funds``)."""

from shouwang.packs.microcredit.models.credit import (
    BadRecord,
    CreditFile,
    CreditRating,
    Difficulty,
    EconomicFile,
    EnterpriseCredit,
)
from shouwang.packs.microcredit.models.funds import (
    BadDebt,
    CreditCommunity,
    GuaranteeFund,
    Inspection,
    InterestSubsidy,
    JointConference,
    SubsidyTransfer,
)
from shouwang.packs.microcredit.models.lending import (
    Application,
    Collection,
    Commitment,
    Loan,
    MicroProfitItem,
    Repayment,
    Training,
    Visit,
)

__all__ = [
    "Application",
    "BadDebt",
    "BadRecord",
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
    "SubsidyTransfer",
    "Training",
    "Visit",
]
