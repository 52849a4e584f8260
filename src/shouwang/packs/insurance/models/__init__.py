"""The ledgers of social insurance (S10), by topic."""

from shouwang.packs.insurance.models.audit import (
    Audit,
    BenefitPayment,
    Complaint,
    Provider,
    ProviderEvaluation,
    Supervision,
    SupervisionPlan,
)
from shouwang.packs.insurance.models.benefits import (
    InpatientStay,
    PensionPayment,
    PharmacyPurchase,
    WardCheck,
)
from shouwang.packs.insurance.models.contributions import (
    Contribution,
    InsuredUnit,
    Participation,
    UnitCollection,
)
from shouwang.packs.insurance.models.handling import Handling, HandlingStep, ProcessChange, ProcessStep
from shouwang.packs.insurance.models.organisation import (
    CommunityPlatform,
    CoordinationMatter,
    PlatformService,
    Section,
    Staff,
)
from shouwang.packs.insurance.models.standards import BusinessItem, ItemForm, ItemMaterial, Standard

__all__ = [
    "Audit",
    "BenefitPayment",
    "BusinessItem",
    "CommunityPlatform",
    "Complaint",
    "Contribution",
    "CoordinationMatter",
    "Handling",
    "HandlingStep",
    "InpatientStay",
    "InsuredUnit",
    "ItemForm",
    "ItemMaterial",
    "Participation",
    "PensionPayment",
    "PharmacyPurchase",
    "PlatformService",
    "ProcessChange",
    "ProcessStep",
    "Provider",
    "ProviderEvaluation",
    "Section",
    "Staff",
    "Standard",
    "Supervision",
    "SupervisionPlan",
    "UnitCollection",
    "WardCheck",
]
