"""Diagnoses that only one sex can have, and treatments that are planned from the start.

The codes are ranges of three-character categories of ICD-10 (WHO, 2019; GB/T 14396); the lists lie
beside this file in ``diagnoses.yaml``, where a doctor can read and correct them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import yaml
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.rule import absent


@cache
def lists() -> dict[str, Any]:
    """The lists of ``diagnoses.yaml`` by name."""
    body = yaml.safe_load(Path(__file__).with_name("diagnoses.yaml").read_text(encoding="utf-8"))
    assert isinstance(body, dict)  # noqa: S101 - our own file
    return body


def category(icd: ir.StringValue) -> ir.StringValue:
    """The three-character category of a code: ``K25`` of ``K25.900``; null where there is no code."""
    clean = icd.upper().replace(" ", "").substr(0, 3)
    return ibis.ifelse(clean.length() == 3, clean, ibis.null("string"))


def categories(ranges: Sequence[str]) -> list[str]:
    """The three-character categories of ranges within one letter: ``["D06", "N40-N42"]``."""
    found = []
    for entry in ranges:
        low, _, high = entry.partition("-")
        letter, first, last = low[0], int(low[1:]), int((high or low)[1:])
        if high and high[0] != letter:
            raise ValueError(f"{entry}: a range stays within one letter")
        found += [f"{letter}{number:02d}" for number in range(first, last + 1)]
    return found


def _in_ranges(icd: ir.StringValue, ranges: Sequence[str]) -> ir.BooleanValue:
    return category(icd).isin(categories(ranges)).fill_null(False)


def of_one_sex(sex: str, icd: ir.StringValue, diagnosis: ir.StringValue) -> ir.BooleanValue:
    """Whether a diagnosis is one that only this sex (``female`` or ``male``) can have.

    The code decides where there is one; the words of the diagnosis only where there is none,
    since a name may quote another disease (术后、史).
    """
    entry = lists()[sex]
    by_code = _in_ranges(icd, entry["codes"])
    by_name = mentions(diagnosis, *entry["words"]) & ~mentions(diagnosis, *entry["not_words"])
    return ibis.ifelse(absent(icd), by_name, by_code)


def planned(stay: ir.Table) -> ir.BooleanValue:
    """Whether a stay is a course of treatment planned from the start: chemotherapy, dialysis …"""
    entry = lists()["planned"]
    told = ibis.literal(False)
    for column in (stay.diagnosis, stay.reason, stay.treatment, stay.note, stay.kind):
        told = told | mentions(column, *entry["words"])
    return _in_ranges(stay.icd, entry["codes"]) | told


def transferred(stay: ir.Table) -> ir.BooleanValue:
    """Whether a stay says of itself that the patient was transferred from another hospital."""
    told = ibis.literal(False)
    for column in (stay.kind, stay.reason, stay.note):
        told = told | mentions(column, *lists()["transfer_words"])
    return told
