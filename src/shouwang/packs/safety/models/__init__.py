"""Ledgers of the pack: daily safety work, injuries, and the building of the safety community."""

from shouwang.packs.safety.models.building import (
    Baseline,
    Duty,
    ElementCheck,
    Facility,
    Plan,
    ProjectStage,
    PromotionProject,
    Resource,
    SatisfactionSurvey,
    Training,
    VulnerableGroup,
)
from shouwang.packs.safety.models.community import Acceptance, ModelCheck, Post, SiteEvaluation
from shouwang.packs.safety.models.daily import (
    Accident,
    AccidentStatistic,
    Drill,
    Hazard,
    HazardSource,
    Inspection,
    Unit,
)

__all__ = [
    "Acceptance",
    "Accident",
    "AccidentStatistic",
    "Baseline",
    "Drill",
    "Duty",
    "ElementCheck",
    "Facility",
    "Hazard",
    "HazardSource",
    "Inspection",
    "ModelCheck",
    "Plan",
    "Post",
    "ProjectStage",
    "PromotionProject",
    "Resource",
    "SatisfactionSurvey",
    "SiteEvaluation",
    "Training",
    "Unit",
    "VulnerableGroup",
]
