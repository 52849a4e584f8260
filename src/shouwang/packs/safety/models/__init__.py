"""Ledgers of the pack: daily safety work, injuries, and the building of the safety community."""

from shouwang.packs.safety.models.building import (
    Archive,
    Baseline,
    Duty,
    ElementCheck,
    Facility,
    Plan,
    ProjectStage,
    PromotionProject,
    Publicity,
    Resource,
    SatisfactionSurvey,
    Training,
    VulnerableGroup,
)
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
    "Accident",
    "AccidentStatistic",
    "Archive",
    "Baseline",
    "Drill",
    "Duty",
    "ElementCheck",
    "Facility",
    "Hazard",
    "HazardSource",
    "Inspection",
    "Plan",
    "ProjectStage",
    "PromotionProject",
    "Publicity",
    "Resource",
    "SatisfactionSurvey",
    "Training",
    "Unit",
    "VulnerableGroup",
]
