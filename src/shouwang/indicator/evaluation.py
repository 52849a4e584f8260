"""Evaluates indicators on a snapshot: numerator, denominator, value, and whether the target is met."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from shouwang.indicator.indicator import Indicator, Values
from shouwang.risk.engine import Engine, Status, bind, told
from shouwang.risk.parameters import MissingParameter, Parameter, ParameterView
from shouwang.snapshot.store import Snapshot

log = logging.getLogger(__name__)

_NUMBER = "decimal(38, 6)"


@dataclass(frozen=True)
class IndicatorValue:
    """One number of an indicator.

    ``division`` is empty where the ledgers name none. ``value`` is None where the denominator is
    0; ``met`` is None where there is no value, no target or no direction.
    """

    code: str
    division: str
    period: str
    numerator: Decimal
    denominator: Decimal | None
    value: Decimal | None
    target: Decimal | None = None
    met: bool | None = None


@dataclass
class Evaluation:
    """What became of one indicator: its values, or the ledgers or the parameter it waits for."""

    indicator: Indicator
    status: Status = "asked"
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    used: dict[str, Parameter] = field(default_factory=dict)
    values: list[IndicatorValue] = field(default_factory=list)
    error: str = ""


def evaluate(
    engine: Engine,
    snapshot: Snapshot,
    indicators: Iterable[Indicator],
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
) -> list[Evaluation]:
    """Evaluate each indicator; one :class:`Evaluation` each, in the order of their codes.

    The values of one are ordered by division and period. An indicator that fails never stops the
    others.
    """
    chosen = sorted(indicators, key=lambda i: i.code)
    return [_evaluate(engine, snapshot, one, parameters, as_of) for one in chosen]


def _evaluate(
    engine: Engine,
    snapshot: Snapshot,
    indicator: Indicator,
    parameters: Mapping[str, Parameter],
    as_of: dt.date,
) -> Evaluation:
    evaluation = Evaluation(indicator)
    bound = bind(engine, snapshot, indicator.reads, indicator.optional, indicator.needs)
    if bound.missing:
        evaluation.status, evaluation.missing = "no-ledger", bound.missing
        return evaluation
    evaluation.left_out = bound.left_out
    view = ParameterView(parameters, as_of, frozenset(indicator.uses))
    try:
        answer = indicator.function(bound.tables, view)
        rows = engine.run(query(answer))
        targets = _targets(indicator, parameters, as_of, rows)
        evaluation.values = [
            _judge(indicator, row, targets.get(row["division"])) for row in _ordered(rows.to_pylist())
        ]
    except MissingParameter as missing:
        evaluation.status, evaluation.missing = "no-parameter", (missing.name,)
        return evaluation
    except Exception as error:  # a defect of one indicator must not hide the others
        evaluation.status, evaluation.error = "failed", told(error)
        log.error("indicator %s can't be evaluated: %s", indicator.code, evaluation.error)
        log.debug("indicator %s", indicator.code, exc_info=True)
        return evaluation
    used = {*view.used, *([indicator.target] if isinstance(indicator.target, str) else [])}
    evaluation.used = {name: parameters[name] for name in sorted(used)}
    return evaluation


def query(answer: Values) -> ir.Table:
    """The query of an indicator: ``division, period, numerator, denominator``, one row a group."""
    division = ibis.null("string") if answer.division is None else answer.division.cast("string")
    period = ibis.literal(answer.period) if isinstance(answer.period, str) else answer.period.cast("string")
    none: ir.Value = ibis.null(_NUMBER)
    denominator = none if answer.denominator is None else answer.denominator.cast(_NUMBER)
    return (
        answer.rows.group_by(division=division.fill_null(""), period=period.fill_null(""))
        .aggregate(numerator=answer.numerator.cast(_NUMBER), denominator=denominator)
        .select("division", "period", "numerator", "denominator")
    )


def _ordered(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(rows, key=lambda row: (str(row["division"]), str(row["period"])))


def _targets(
    indicator: Indicator, parameters: Mapping[str, Parameter], as_of: dt.date, rows: pa.Table
) -> dict[object, Decimal | None]:
    """The target of each division: a parameter may have a value of its own for one of them."""
    divisions = set(rows.column("division").to_pylist())
    if not isinstance(indicator.target, str):
        fixed = None if indicator.target is None else Decimal(indicator.target)
        return dict.fromkeys(divisions, fixed)
    found = {name: parameters[indicator.target].at(as_of, name) for name in divisions}
    return {name: None if value is None else Decimal(value.value) for name, value in found.items()}


def _judge(indicator: Indicator, row: Mapping[str, object], target: Decimal | None) -> IndicatorValue:
    numerator = _plain(row["numerator"]) or Decimal(0)
    denominator = _plain(row["denominator"])
    ratio = denominator if denominator is not None else Decimal(1)
    value = None
    if ratio != 0 or denominator is None:
        unit = Decimal(1).scaleb(-indicator.digits)
        value = (numerator * indicator.scale / ratio).quantize(unit, ROUND_HALF_UP)
    met = None
    if value is not None and target is not None and indicator.direction:
        met = value >= target if indicator.direction == "up" else value <= target
    return IndicatorValue(
        indicator.code, str(row["division"]), str(row["period"]), numerator, denominator, value, target, met
    )


def _plain(number: object) -> Decimal | None:
    """The number without the zeros that its column type adds: 3, not 3.000000."""
    if number is None:
        return None
    value = Decimal(str(number))
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
