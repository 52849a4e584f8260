"""The frozen card: a JSON file that scores the same person the same way for ever, without optbinning.

It holds the bins of each attribute with their points, what they were made of, and a checksum of itself: a
card that somebody has changed is refused.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from shouwang.packs.microcredit.score.attributes import BY_NAME, SPECIAL

FORMAT = "shouwang-score-card/1"
Kind = Literal["range", "words", "special", "missing"]


class CardError(ValueError):
    """A file that is no card, or one changed after it was made; the message is in the user's words."""


@dataclass(frozen=True)
class Bin:
    """One bin: from ``low`` (counted) to ``high`` (not counted), or one of ``words``, or special, or missing.

    ``goods`` and ``bads`` are loans of the training; ``woe`` is the natural logarithm of their share of all
    goods over their share of all bads, 0 where one of them is 0.
    """

    kind: Kind
    points: int
    goods: int
    bads: int
    woe: float
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One attribute of the card: ranges in order (or words), then special, then missing."""

    name: str
    direction: str
    coefficient: float
    bins: tuple[Bin, ...]

    @property
    def splits(self) -> list[float]:
        """The bounds between the ranges."""
        return [b.low for b in self.bins if b.kind == "range" and b.low is not None]

    def place(self, value: float | str | None) -> int:
        """The number of the bin a value falls into; a word that the training never met counts as missing."""
        kinds = [b.kind for b in self.bins]
        if value is None:
            return kinds.index("missing")
        if isinstance(value, str):
            known = (n for n, b in enumerate(self.bins) if value in b.words)
            return next(known, kinds.index("missing"))
        if value != value:  # not a number
            return kinds.index("missing")
        return kinds.index("special") if value == SPECIAL else bisect_right(self.splits, value)

    @property
    def best(self) -> int:
        """The most points that somebody of the training got here."""
        return max(b.points for b in self.bins if b.goods + b.bads)


@dataclass(frozen=True)
class Part:
    """What one attribute gave: value, bin, points, and how many less than the best bin."""

    name: str
    value: float | str | None
    bin: Bin
    points: int
    lost: int


@dataclass(frozen=True)
class Score:
    """A score with its parts, in the order of the card."""

    points: int
    parts: tuple[Part, ...]

    def reasons(self, most: int = 3) -> list[Part]:
        """The parts that cost most, greatest first; none that cost nothing."""
        dear = [part for part in self.parts if part.lost > 0]
        return sorted(dear, key=lambda part: -part.lost)[:most]


@dataclass(frozen=True)
class Card:
    """A score card.

    ``made_of`` says of which data it was made (hash of the snapshot, day, numbers), ``outcome`` what good
    and bad meant, ``scale`` how points stand for odds, ``measured`` how well it told them apart. ``bands``
    are the lower bounds of the bands of scores and ``banded`` the number of training loans in each, for the
    stability.
    """

    version: str
    made_of: Mapping[str, Any]
    outcome: Mapping[str, int]
    scale: Mapping[str, float]
    intercept: float
    rows: tuple[Row, ...]
    measured: Mapping[str, float]
    bands: tuple[int, ...]
    banded: tuple[int, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)

    def score(self, values: Mapping[str, float | str | None]) -> Score:
        """The score of a person by the values of the attributes; one that is not given counts as missing."""
        parts = []
        for row in self.rows:
            value = values.get(row.name)
            found = row.bins[row.place(value)]
            parts.append(Part(row.name, value, found, found.points, max(0, row.best - found.points)))
        return Score(sum(part.points for part in parts), tuple(parts))

    def band(self, points: int) -> int:
        """The number of the band of a score."""
        return bisect_right(self.bands, points)

    def to_json(self) -> str:
        """The file's text, checksum included; the same card gives the same bytes."""
        body = {"format": FORMAT, **asdict(self)}
        return json.dumps({**body, "checksum": _checksum(body)}, ensure_ascii=False, indent=1) + "\n"


def _checksum(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def load(path: Path) -> Card:
    """Read a card; :class:`CardError` names what is wrong with a file that is none."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CardError(
            _("{path}：读不出评分卡（{error}）").format(path=path, error=error.strerror)
        ) from error
    except ValueError as error:
        raise CardError(_("{path} 不是评分卡：不是 JSON 文件").format(path=path)) from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise CardError(_("{path} 不是评分卡：应由 shouwang score train 写出").format(path=path))
    stated = body.pop("checksum", None)
    if stated != _checksum(body):
        raise CardError(
            _("{path} 在写出之后被改动过（校验码不符），不能使用；请取回原文件或重新训练").format(path=path)
        )
    body.pop("format")
    try:
        rows = tuple(
            Row(r["name"], r["direction"], r["coefficient"], tuple(_bin(b) for b in r["bins"]))
            for r in body.pop("rows")
        )
        card = Card(**{**body, "rows": rows, "bands": tuple(body["bands"]), "banded": tuple(body["banded"])})
    except (KeyError, TypeError) as error:
        raise CardError(_("{path} 不是评分卡：内容不全").format(path=path)) from error
    unknown = [row.name for row in card.rows if row.name not in BY_NAME]
    if unknown:
        message = _("{path} 用了这个版本没有的项目 {names}").format(path=path, names="、".join(unknown))
        raise CardError(message)
    return card


def _bin(raw: Mapping[str, Any]) -> Bin:
    return Bin(**{**raw, "words": tuple(raw["words"])})


def bin_label(row: str, one: Bin) -> str:
    """A bin in the words of the person who reads it."""
    attribute = BY_NAME[row]
    if one.kind == "missing":
        return _("没有记载")
    if one.kind == "special":
        return _(attribute.special) if attribute.special else _("不适用")
    if one.kind == "words":
        return "、".join(_(word) for word in one.words)
    unit = _(attribute.unit) if attribute.unit else ""
    low, high = (_number(b) for b in (one.low, one.high))
    if one.low is None and one.high is None:
        return _("不分档")
    if one.low is None:
        return _("不到{high}{unit}").format(high=high, unit=unit)
    if one.high is None:
        return _("{low}{unit}及以上").format(low=low, unit=unit)
    return _("{low}至不到{high}{unit}").format(low=low, high=high, unit=unit)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def reason(part: Part) -> str:
    """Why points were lost, in words: 以往最长逾期：31天及以上，得12分（最高58分）."""
    return _("{label}：{bin}，得{points}分（最高{best}分）").format(
        label=_(BY_NAME[part.name].label),
        bin=bin_label(part.name, part.bin),
        points=part.points,
        best=part.points + part.lost,
    )


def cells(row: Row, values: Sequence[float | str | None]) -> list[int]:
    """How many of the values fall into each bin of the row."""
    counted = [0] * len(row.bins)
    for value in values:
        counted[row.place(value)] += 1
    return counted
