"""The sentence of a finding over the rows it was folded from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from shouwang.risk.findings import Fact, Finding


def fact(*values: object) -> Fact:
    """A fact that took these values, smallest first."""
    total = sum(values) if isinstance(values[0], Decimal) else None  # type: ignore[arg-type]
    distinct = tuple(dict.fromkeys(values))
    return Fact(distinct, len(distinct), values[0], values[-1], total)


MAY, JUNE = dt.date(2023, 5, 1), dt.date(2023, 6, 1)


@pytest.mark.parametrize(
    ("sentence", "values", "said"),
    [
        ("{x.span:month}", (MAY, JUNE), "2023年5月至2023年6月"),
        ("{x.span:month}", (MAY, MAY), "2023年5月"),
        ("{x.span}", (MAY, JUNE), "2023年5月1日至2023年6月1日"),
        ("{x:month}", (MAY, JUNE), "2023年5月、2023年6月"),
        ("{x.first:month}起", (MAY, JUNE), "2023年5月起"),
        ("{x.sum}元", (Decimal("1.10"), Decimal("2.20")), "3.30元"),
    ],
)
def test_a_placeholder_says_what_the_rows_share(sentence: str, values: tuple[object, ...], said: str) -> None:
    finding = Finding(
        rule="test.rule",
        subject_id="1",
        subject_name="",
        division="",
        on=None,
        amount=None,
        key="",
        sentence=sentence,
        rows=len(values),
        facts={"x": fact(*values)},
        evidence=(),
    )
    assert finding.because == said
