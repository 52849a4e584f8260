"""Ledgers of the pack: projects and their money, activities and participation, carriers and managers."""

from shouwang.packs.culture.models.activities import Activity, InterestGroup, Participation, Plan
from shouwang.packs.culture.models.carriers import ManagementBody, Organisation
from shouwang.packs.culture.models.projects import (
    BudgetItem,
    Evaluation,
    NeedsAssessment,
    Project,
    SpecialFund,
    Spending,
    TeamMember,
)

__all__ = [
    "Activity",
    "BudgetItem",
    "Evaluation",
    "InterestGroup",
    "ManagementBody",
    "NeedsAssessment",
    "Organisation",
    "Participation",
    "Plan",
    "Project",
    "SpecialFund",
    "Spending",
    "TeamMember",
]
