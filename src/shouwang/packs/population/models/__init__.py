"""The ledgers of the pack: the screening, the area and its officer, and joint prevention."""

from shouwang.packs.population.models.area import BeatAssignment, CommunityProfile, JointMechanism
from shouwang.packs.population.models.prevention import (
    CooperationRequest,
    DynamicInformation,
    Hazard,
)
from shouwang.packs.population.models.screening import FloatingPerson, ScreeningSummary, ScreeningTask, Visit

__all__ = [
    "BeatAssignment",
    "CommunityProfile",
    "CooperationRequest",
    "DynamicInformation",
    "FloatingPerson",
    "Hazard",
    "JointMechanism",
    "ScreeningSummary",
    "ScreeningTask",
    "Visit",
]
