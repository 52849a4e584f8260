"""Findings with their evidence and steps, scans, parameter values, and the register, in the database."""

from shouwang.risk.models.finding import EvidenceRow, Finding, Number, Source, Viewer
from shouwang.risk.models.parameter import ParameterChange
from shouwang.risk.models.register import Matrix, Measure, PointCard
from shouwang.risk.models.sample import AuditSample, SampleItem
from shouwang.risk.models.scan import ScanLock, ScanRun
from shouwang.risk.models.step import Step

__all__ = [
    "AuditSample",
    "EvidenceRow",
    "Finding",
    "Matrix",
    "Measure",
    "Number",
    "ParameterChange",
    "PointCard",
    "SampleItem",
    "ScanLock",
    "ScanRun",
    "Source",
    "Step",
    "Viewer",
]
