"""Ledgers of the pack: people and their risk points, money and decisions, petitions, approvals."""

from shouwang.packs.integrity.models.matters import Approval, FundItem, MeetingDecision, Petition, Regulation
from shouwang.packs.integrity.models.people import (
    Commitment,
    JobDescription,
    PowerStep,
    ProgrammeTask,
    RelativeDeclaration,
    RiskPoint,
    Staff,
    SupervisionRecord,
)

__all__ = [
    "Approval",
    "Commitment",
    "FundItem",
    "JobDescription",
    "MeetingDecision",
    "Petition",
    "PowerStep",
    "ProgrammeTask",
    "Regulation",
    "RelativeDeclaration",
    "RiskPoint",
    "Staff",
    "SupervisionRecord",
]
