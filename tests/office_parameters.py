"""The limits with which the sample office's truth was made, under our parameters' names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

NAMES = {
    "max_persons_per_dwelling": "population.max_persons_per_dwelling",
    "assess_days": "population.assess_days",
    "death_update_days": "population.death_update_days",
    "screening_from": "population.screening_from",
    "screening_to": "population.screening_to",
    "dibao_due_day": "assistance.due_day",
    "dibao_standard": "assistance.standard",
    "readmit_days": "insurance.readmit_days",
    "contribution_floor": "insurance.contribution_floor",
    "contribution_cap": "insurance.contribution_cap",
    "npl_limit": "microcredit.npl_limit",
    "benchmark_rate": "microcredit.benchmark_rate",
    "loan_cap": "microcredit.loan_cap",
    "loan_cap_self_employed": "microcredit.loan_cap_self_employed",
    "director_meeting_above": "integrity.meeting_above",
    "committee_above": "integrity.committee_above",
    "split_days": "integrity.split_days",
    "petition_working_days": "integrity.reply_days",
    "large_payment": "accounting.large_payment",
    "deposit_days": "accounting.deposit_days",
    "disburse_days": "microcredit.disburse_days",
    "loss_limit": "energy.loss_limit",
    "accident_fall": "safety.accident_fall",
    "injury_fall": "safety.injury_fall",
    "prep_days": "culture.prep_days",
    "low_attendance": "culture.low_attendance",
}


def values(office: Path) -> dict[str, Any]:
    """The values of a sample office's manifest, by our names."""
    given = json.loads((office / "manifest.json").read_text(encoding="utf-8"))["parameters"]
    return {NAMES[name]: value for name, value in given.items() if name in NAMES}


def write(office: Path, path: Path) -> Path:
    """The office's parameter file."""
    path.write_text(yaml.safe_dump(values(office), allow_unicode=True), encoding="utf-8")
    return path
