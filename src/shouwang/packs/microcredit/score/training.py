"""Makes a card of loans whose end is known: optbinning bins, logistic regression weighs, points are rounded.

A small office has few loans, and a score made of few is worse than none, because it looks exact. So training
refuses below :data:`LEAST` good or bad loans, uses no more attributes than one for ten bad loans, keeps bins
to five loans of either kind, and refuses a score that cross-validation cannot tell from chance.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from shouwang.packs.microcredit.score.attributes import (
    ATTRIBUTES,
    BY_NAME,
    SPECIAL,
    Attribute,
    Ledgers,
    Outcome,
    attributes,
    cases,
    outcomes,
)
from shouwang.packs.microcredit.score.card import Bin, Card, Row
from shouwang.packs.microcredit.score.measures import separation

LEAST = 50
"""Good loans, and bad loans, that a card needs: ten bad ones for each of five attributes (Peduzzi and others,
Journal of Clinical Epidemiology 49, 1996) and bins that hold more than chance."""
FOR_EACH = 10
"""Bad loans for each attribute of a card."""
IN_A_BIN = 5
"""Good loans, and bad loans, in each range of an attribute."""
WEAKEST = 0.02
"""Information value below which an attribute tells nothing (Siddiqi, *Intelligent Credit Scoring*, 2017)."""
FOLDS = 5
SCALE = {"pdo": 20, "odds": 50, "scorecard_points": 600}
"""600 points stand for fifty good loans to a bad one; twenty points more double the odds."""
BANDS = 10

Marks = NDArray[np.bool_]


class RefusedError(ValueError):
    """No card can honestly be made of these data; the message says why, in the user's language."""


class MissingToolError(RuntimeError):
    """The extra ``score`` is not installed."""


@dataclass(frozen=True)
class _Tools:
    """What the extra brings, imported when a card is trained and at no other time."""

    binning: Any
    scorecard: Any
    regression: Any
    frame: Any
    version: str


def tools() -> _Tools:
    """The classes of optbinning and scikit-learn; :class:`MissingToolError` where they are not installed."""
    try:
        optbinning = import_module("optbinning")
        regression = import_module("sklearn.linear_model").LogisticRegression
        frame = import_module("pandas").DataFrame
    except ImportError as error:
        raise MissingToolError(_("训练评分卡需要 optbinning：pip install 'shouwang[score]'")) from error
    return _Tools(
        optbinning.BinningProcess,
        optbinning.Scorecard,
        regression,
        frame,
        f"optbinning {optbinning.__version__}",
    )


@dataclass(frozen=True)
class Training:
    """A card and the things it was made of, as optbinning has them: what a test checks the card against."""

    card: Card
    scorecard: Any
    values: Any
    bad: Marks


def train(ledgers: Ledgers, snapshot: str, as_of: dt.date, rule: Outcome | None = None) -> Training:
    """A card of all loans whose end is known on ``as_of``; ``snapshot`` is the hash of what was read.

    :class:`RefusedError` says why there is none; :class:`MissingToolError` that the tool is missing.
    """
    rule = rule or Outcome()
    ends = outcomes(ledgers, as_of, rule)
    known = cases(ledgers).join(ends, "loan_no")
    bads = int(known["bad"].sum())
    goods = known.height - bads
    if goods < LEAST or bads < LEAST:
        message = _(
            "已知结果的贷款有 {goods} 笔按期还清、{bads} 笔不良，各须至少 {least} 笔才训练评分卡："
            "笔数太少时，分数看似精确，其实只是偶然"
        )
        raise RefusedError(message.format(goods=goods, bads=bads, least=LEAST))
    used = tools()
    values, left_out = _usable(attributes(ledgers, known))
    order = known["case"].to_list()
    bad: Marks = known["bad"].to_numpy()
    frame = used.frame({name: values[name].to_numpy() for name in values.columns})
    made = _fit(used, frame, bad, left_out)
    if made is None:
        raise RefusedError(
            _("没有一项与还款好坏有关系（信息值都低于 {least}），不训练评分卡").format(least=WEAKEST)
        )
    held_out = separation(_cross_validated(used, frame, bad, order), bad)
    if held_out.low <= 0:
        message = _("交叉验证的基尼系数 {gini:.2f}，95%区间下限 {low:.2f}，不能说比抛硬币好，不训练评分卡")
        raise RefusedError(message.format(gini=held_out.gini, low=held_out.low))
    points = made.score(frame).astype(int)
    seen = separation(points, bad)
    bands = _bands(points)
    card = Card(
        version=f"{as_of:%Y%m%d}-{snapshot[:8]}",
        made_of={
            "snapshot": snapshot,
            "as_of": as_of.isoformat(),
            "goods": goods,
            "bads": bads,
            "left_out": cases(ledgers).height - known.height,
            "tool": used.version,
        },
        outcome=asdict(rule),
        scale={name: float(value) for name, value in SCALE.items()},
        intercept=float(np.ravel(made.estimator_.intercept_)[0]),
        rows=tuple(_rows(made)),
        measured={
            "gini": seen.gini,
            "gini_low": seen.low,
            "gini_high": seen.high,
            "ks": seen.ks,
            "gini_held_out": held_out.gini,
            "gini_held_out_low": held_out.low,
            "gini_held_out_high": held_out.high,
            "ks_held_out": held_out.ks,
            "folds": FOLDS,
        },
        bands=bands,
        banded=tuple(
            np.bincount(np.searchsorted(bands, points, side="right"), minlength=len(bands) + 1).tolist()
        ),
        left_out=left_out,
    )
    return Training(card, made, frame, bad)


def _usable(found: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """The attributes that differ between people, and why the others are left out."""
    kept, left_out = [], {}
    for one in ATTRIBUTES:
        column = found[one.name].drop_nulls()
        if not one.words:
            column = column.filter(column != SPECIAL)
        if column.n_unique() < 2:
            left_out[one.name] = "no-data" if column.is_empty() else "no-difference"
        else:
            kept.append(one.name)
    return found.select(kept), left_out


def _binning(used: _Tools, names: Sequence[str]) -> Any:
    fitted = {name: _rule(BY_NAME[name]) for name in names}
    words = [name for name in names if BY_NAME[name].words]
    return used.binning(
        variable_names=list(names),
        categorical_variables=words or None,
        special_codes=[SPECIAL],
        max_n_bins=5,
        min_bin_size=0.05,
        binning_fit_params=fitted,
    )


def _rule(one: Attribute) -> dict[str, Any]:
    rule: dict[str, Any] = {"min_bin_n_nonevent": IN_A_BIN, "min_bin_n_event": IN_A_BIN}
    if not one.words:
        rule["monotonic_trend"] = None if one.direction == "free" else one.direction
    return rule


def _fit(used: _Tools, frame: Any, bad: Marks, left_out: dict[str, str] | None = None) -> Any:
    """A scorecard of the attributes that tell most, each with the sign of its bins; None where none does."""
    why = {} if left_out is None else left_out
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of columns without missing values, and of scikit-learn's renamed options
        process = _binning(used, list(frame.columns))
        process.fit(frame, bad.astype(int))
        summary = process.summary().set_index("name")["iv"].astype(float)
        telling = sorted(
            (name for name in frame.columns if summary[name] >= WEAKEST), key=lambda n: -summary[n]
        )
        why |= {name: "tells-nothing" for name in frame.columns if name not in telling}
        most = max(1, int(bad.sum()) // FOR_EACH)
        why |= dict.fromkeys(telling[most:], "too-many")
        chosen = telling[:most]
        while chosen:
            made = used.scorecard(
                binning_process=_binning(used, chosen),
                estimator=used.regression(max_iter=1000),
                scaling_method="pdo_odds",
                scaling_method_params=SCALE,
                rounding=True,
            )
            made.fit(frame[chosen], bad.astype(int), metric_special="empirical", metric_missing="empirical")
            weights = dict(zip(chosen, np.ravel(made.estimator_.coef_).tolist(), strict=True))
            against = max(chosen, key=lambda name: weights[name])
            if weights[against] < 0 and _differs(made, against):
                return made
            # It would take points for what its own bins call good, or give all the same: others say it.
            chosen.remove(against)
            why[against] = "said-by-others"
    return None


def _differs(made: Any, name: str) -> bool:
    """Whether the bins that hold anybody give different points."""
    lines = made.table(style="detailed")
    lines = lines[(lines["Variable"] == name) & (lines["Count"] > 0)]
    return bool(lines["Points"].nunique() > 1)


def _cross_validated(used: _Tools, frame: Any, bad: Marks, order: Sequence[str]) -> NDArray[np.float64]:
    """The score of each loan by a card made without it and a fifth of the others.

    Folds follow a hash of the case's number, good and bad ones apart, so that the same data give the same.
    """
    rank = np.array([hashlib.sha256(case.encode()).hexdigest() for case in order])
    fold = np.zeros(len(bad), dtype=int)
    for kind in (True, False):
        members = np.flatnonzero(bad == kind)
        fold[members[np.argsort(rank[members], kind="stable")]] = np.arange(len(members)) % FOLDS
    scores = np.zeros(len(bad))
    for number in range(FOLDS):
        inside = fold != number
        made = _fit(used, frame[inside], bad[inside])
        if made is not None:
            scores[~inside] = made.score(frame[~inside])
    return scores


def _bands(points: NDArray[np.int64]) -> tuple[int, ...]:
    cuts = np.quantile(points, np.arange(1, BANDS) / BANDS, method="lower")
    return tuple(sorted({int(cut) for cut in cuts} - {int(points.min())}))


def _rows(made: Any) -> list[Row]:
    """The bins of optbinning's table with their points, in its order: ranges or words, special, missing."""
    rows = []
    table = made.table(style="detailed")
    for name, weight in zip(
        made.binning_process_.get_support(names=True), np.ravel(made.estimator_.coef_).tolist(), strict=True
    ):
        attribute, bins = BY_NAME[name], []
        lines = table[table["Variable"] == name]
        splits = made.binning_process_.get_binned_variable(name).splits
        bounds = [None, *(float(s) for s in splits), None] if not attribute.words else []
        for number, line in enumerate(lines.to_dict("records")):
            ordinary = number < len(lines) - 2
            common: dict[str, Any] = {
                "points": round(line["Points"]),
                "goods": int(line["Non-event"]),
                "bads": int(line["Event"]),
                "woe": float(line["WoE"]),
            }
            if not ordinary:
                bins.append(Bin("special" if number == len(lines) - 2 else "missing", **common))
            elif attribute.words:
                bins.append(Bin("words", words=tuple(str(word) for word in line["Bin"]), **common))
            else:
                bins.append(Bin("range", low=bounds[number], high=bounds[number + 1], **common))
        rows.append(Row(name, attribute.direction, weight, tuple(bins)))
    return rows
