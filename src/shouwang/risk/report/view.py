"""What a report says, independent of how it is written: every text here may leave the house.

All outputs (page, tables, terminal) are written from one :class:`View`, so they agree, and
masking happens in one place. Orders are fixed: same scan, same view.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.risk import catalogue
from shouwang.risk.engine import Outcome
from shouwang.risk.findings import Evidence, Finding
from shouwang.risk.parameters import Parameter
from shouwang.risk.report import words
from shouwang.risk.report.evidence import Places, Row, chosen, fetch_for
from shouwang.risk.report.privacy import Privacy, names_in, persons_among
from shouwang.risk.report.reading import ReadingView
from shouwang.risk.rule import Rule, Severity
from shouwang.risk.scan import Scan

_RANK = {severity: i for i, severity in enumerate(Severity)}

Shown = Callable[[dict[Evidence, Row]], dict[Evidence, Row]]
"""Which evidence rows are shown with their cells, of those that findings rest on."""


@dataclass(frozen=True)
class ShownRow:
    """An evidence row as it is shown: where it stands and its cells by field name."""

    spec: SheetSpec
    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """A finding as it is shown. ``cited`` are its chosen rows, ``places`` all of them as text."""

    finding: Finding
    rule: Rule
    state: str
    subject: str
    subject_id: str
    division: str
    sentence: str
    key: str
    cited: tuple[Evidence, ...]
    places: tuple[str, ...]

    @property
    def order(self) -> tuple[int, str, int]:
        """Gravest first, then by rule and number."""
        return (_RANK[self.rule.severity], self.finding.rule, self.finding.number)


@dataclass
class Tally:
    """Findings and money of one row of a table."""

    label: str
    code: str = ""
    counts: Counter[Severity] = field(default_factory=Counter)
    amounts: dict[Severity, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, severity: Severity, amount: Decimal | None) -> None:
        """Count one finding."""
        self.counts[severity] += 1
        self.amounts[severity] += amount or 0

    @property
    def count(self) -> int:
        """All findings of the row."""
        return sum(self.counts.values())

    @property
    def amount(self) -> Decimal:
        """All the money of the row."""
        return sum(self.amounts.values(), Decimal(0))

    @property
    def cells(self) -> list[tuple[str, int, Decimal]]:
        """Severity, count and money, gravest first."""
        return [(s.value, self.counts[s], self.amounts[s]) for s in Severity]


@dataclass(frozen=True)
class Wait:
    """A parameter or ledger that rules wait for."""

    name: str
    label: str
    about: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Figure:
    """A number of an indicator as it is shown; ``met`` is None where there is nothing to judge."""

    label: str
    formula: str
    division: str
    period: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    target: Decimal | None
    unit: str
    met: bool | None


class View:
    """Everything that the outputs of a scan say."""

    def __init__(
        self,
        scan: Scan,
        *,
        reading: Mapping[str, Any] | None = None,
        indicators: Sequence[Any] = (),
        unmask: str = "",
        office: str = "",
        brief: bool = False,
        shown: Shown | None = None,
        places: Places | None = None,
        mark: str = "",
    ) -> None:
        """Read the evidence and mask everything; ``brief`` only counts and needs no evidence.

        ``shown`` takes the evidence rows and gives those whose cells the reader may see, ``places`` finds the
        sheet row behind a reference where the snapshot does not know it by itself, ``mark`` says whose copy
        this is, where it is somebody's.
        """
        self.scan = scan
        self.office = office
        self.mark = mark
        self._brief = brief
        rows = {} if brief else fetch_for(scan.snapshot, scan.findings)
        if shown is not None:
            rows = shown(rows)
        self.indicators = list(indicators)
        if unmask.strip():
            self.privacy = Privacy(unmask)
        else:
            labels = {value.division for _one, value in self._measured()}
            for finding in () if brief else (*scan.findings, *scan.gone):
                labels |= {finding.division, finding.subject_name}
            names = () if brief else names_in(scan.snapshot, _names(rows.values()))
            self.privacy = Privacy("", names, persons_among(scan.snapshot, labels))
        self.reading = ReadingView(reading or {}, self.privacy)
        self._places = places or Places(scan.snapshot)
        state = "known" if scan.compared else "new"
        self.lines = sorted(
            (self._line(f, state if f.known else "new", rows) for f in scan.findings),
            key=lambda line: line.order,
        )
        self.gone = sorted((self._line(f, "gone", {}) for f in scan.gone), key=lambda line: line.order)
        self.rows = {item: self._shown(row) for item, row in rows.items()}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules of the scan, and of findings that only the scan before had, by code."""
        known = self.scan.rules
        if any(f.rule not in known for f in self.scan.gone):
            known = {**catalogue.rules(), **known}
        return known

    def _line(self, finding: Finding, state: str, rows: Mapping[Evidence, Row]) -> Line:
        rule = self.rules[finding.rule]
        if self._brief:
            return Line(finding, rule, state, "", "", finding.division, "", "", (), ())
        evidence = self._places.ordered(finding.evidence)
        cited = tuple(item for item in chosen(evidence) if item in rows)
        clear = self.privacy.known(rows[item] for item in cited)
        name, identifier = self.privacy.subject(finding, rule, clear)
        return Line(
            finding=finding,
            rule=rule,
            state=state,
            subject=name,
            subject_id=identifier,
            division=self.privacy.label(finding.division),
            sentence=self.privacy.sentence(finding, clear),
            key=self.privacy.cover(finding.key, clear),
            cited=cited,
            places=tuple(dict.fromkeys(self._place(item) for item in evidence)),
        )

    def _place(self, item: Evidence) -> str:
        place = self._places(item.ref)
        if place is None:
            return _("{ledger}（此次没有这张表）").format(ledger=words.ledger_title(item.ledger))
        return f"{self.privacy.place(place.file)}/{self.privacy.place(place.sheet)}/{place.row}"

    def _shown(self, row: Row) -> ShownRow:
        place = row.place or self.scan.snapshot.locate(row.evidence.ref)
        cells = {
            name: self.privacy.value(column, value)
            for (column, value), name in zip(row.cells, row.values, strict=True)
        }
        return ShownRow(
            row.spec, self.privacy.place(place.file), self.privacy.place(place.sheet), place.row, cells
        )

    # What a reader asks first

    @cached_property
    def total(self) -> Tally:
        """All findings of now."""
        return self._tally(lambda line: "").get("", Tally(""))

    @cached_property
    def points(self) -> dict[Severity, int]:
        """How many kinds of risk (rules with findings) there are, by severity."""
        found = Counter(rule.severity for rule in {line.rule.code: line.rule for line in self.lines}.values())
        return {severity: found[severity] for severity in Severity}

    def _tally(self, by: Any) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        for line in self.lines:
            label = by(line)
            found.setdefault(label, Tally(label)).add(line.rule.severity, line.finding.amount)
        return found

    @cached_property
    def by_pack(self) -> list[Tally]:
        """One row for each pack that was asked, in the order of the catalogue."""
        found = self._tally(lambda line: line.rule.pack)
        packs = dict.fromkeys(o.rule.pack for o in self.scan.outcomes)
        rows = [found.get(pack, Tally(pack)) for pack in packs]
        for row in rows:
            row.code, row.label = row.label, words.pack_label(row.label)
        return rows

    @cached_property
    def by_division(self) -> list[Tally]:
        """One row for each division, most findings first."""
        rows = sorted(self._tally(lambda line: line.division).values(), key=lambda t: (-t.count, t.label))
        for row in rows:
            row.code, row.label = row.label, row.label or _("（未注明）")
        return rows

    @cached_property
    def by_rule(self) -> list[Tally]:
        """One row for each rule with findings, gravest and most first."""
        rows = list(self._tally(lambda line: line.rule.code).values())
        for row in rows:
            row.code, row.label = row.label, words.translated(self.rules[row.label].title)
        return sorted(rows, key=lambda t: (_RANK[self.rules[t.code].severity], -t.count, t.code))

    @cached_property
    def by_month(self) -> list[Tally]:
        """One row for each month in which something happened; the last 24, earlier ones together."""
        found = self._tally(lambda line: line.finding.on.isoformat()[:7] if line.finding.on else "")
        found.pop("", None)
        months = sorted(found)
        earlier = Tally(_("更早"))
        for month in months[:-24]:
            earlier.counts.update(found[month].counts)
            for severity, amount in found[month].amounts.items():
                earlier.amounts[severity] += amount
        return ([earlier] if earlier.count else []) + [found[month] for month in months[-24:]]

    @cached_property
    def trend(self) -> list[Tally]:
        """New, known and gone findings; empty where there is no scan to compare with."""
        if not self.scan.compared:
            return []
        rows = {state: Tally(_(label), state) for state, label in words.STATES.items()}
        for line in [*self.lines, *self.gone]:
            rows[line.state].add(line.rule.severity, line.finding.amount)
        return list(rows.values())

    @cached_property
    def figures(self) -> list[Figure]:
        """The numbers of the indicators: those that miss their target first."""
        found = [
            Figure(
                label=words.translated(declared.label),
                formula=words.translated(getattr(declared, "formula", "")),
                division=self.privacy.label(value.division),
                period=value.period,
                value=value.value,
                numerator=value.numerator,
                denominator=value.denominator,
                target=value.target,
                unit=words.translated(declared.unit),
                met=value.met,
            )
            for declared, value in self._measured()
        ]
        return sorted(found, key=lambda f: {False: 0, True: 1, None: 2}[f.met])

    def _measured(self) -> Iterator[tuple[Any, Any]]:
        """Each indicator with each of its numbers; one that is flat is both."""
        for one in self.indicators:
            for value in getattr(one, "values", [one]):
                yield getattr(one, "indicator", one), value

    @property
    def judged_figures(self) -> list[Figure]:
        """Of the last numbers those that have a target to be held against."""
        return [one for one in self.latest_figures if one.met is not None]

    @cached_property
    def latest_figures(self) -> list[Figure]:
        """Of each indicator and division only the number of the last period."""
        last: dict[tuple[str, str], str] = {}
        for one in self.figures:
            key = (one.label, one.division)
            last[key] = max(last.get(key, ""), one.period)
        return [one for one in self.figures if one.period == last[(one.label, one.division)]]

    # What could not be asked

    def _with(self, status: str) -> list[Outcome]:
        return [o for o in self.scan.outcomes if o.status == status]

    @cached_property
    def asked(self) -> list[Outcome]:
        """The rules that were asked."""
        return self._with("asked")

    @cached_property
    def failed(self) -> list[tuple[Rule, str]]:
        """The rules that failed, each with the error (which may quote a value, so it is masked)."""
        return [(o.rule, self.privacy.text(o.error)) for o in self._with("failed")]

    @cached_property
    def waiting_for_parameters(self) -> list[Wait]:
        """The parameters without a value, each with the rules that wait for it."""
        return [
            Wait(
                name,
                words.translated(declared.label) if (declared := self._parameter(name)) else name,
                " · ".join(filter(None, (words.translated(declared.unit), words.translated(declared.about))))
                if declared
                else "",
                rules,
            )
            for name, rules in self._missing("no-parameter")
        ]

    @cached_property
    def waiting_for_ledgers(self) -> list[Wait]:
        """The ledgers that are not there, each with the rules that need it.

        ``about`` names the columns where the ledger is there and only columns are missing.
        """
        return [
            Wait(name, words.ledger_title(name.partition(": ")[0]), name.partition(": ")[2], rules)
            for name, rules in self._missing("no-ledger")
        ]

    def _missing(self, status: str) -> list[tuple[str, tuple[Rule, ...]]]:
        found: dict[str, list[Rule]] = {}
        for outcome in self._with(status):
            for name in outcome.missing:
                found.setdefault(name, []).append(outcome.rule)
        return [(name, tuple(rules)) for name, rules in sorted(found.items())]

    def _parameter(self, name: str) -> Parameter | None:
        return self.scan.parameters.get(name) or catalogue.parameters().get(name)

    @cached_property
    def left_out(self) -> list[tuple[str, tuple[tuple[Rule, str], ...]]]:
        """The sheets that some rules left alone for want of a column: each rule with its columns."""
        found: dict[str, list[tuple[Rule, str]]] = {}
        for outcome in self.scan.outcomes:
            for sheet in outcome.left_out:
                found.setdefault(self.privacy.place(sheet), []).append((outcome.rule, _needed(outcome.rule)))
        return [(sheet, tuple(rules)) for sheet, rules in sorted(found.items())]

    @property
    def unasked(self) -> int:
        """How many rules could not be asked, or failed."""
        return len(self.scan.outcomes) - len(self.asked)

    @property
    def title(self) -> str:
        """The office, or what the report is."""
        return self.office or _("风险点报告")

    @property
    def as_of(self) -> dt.date:
        """The day as of which the ledgers are looked at."""
        return self.scan.as_of


def _needed(rule: Rule) -> str:
    labels = [
        words.field_label(ledger, column)
        for ledger, columns in sorted(rule.needs.items())
        for column in columns
        if ledger in ledgers()
    ]
    return "、".join(dict.fromkeys(labels))


def _names(rows: Iterable[Row]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        for column, value in row.cells:
            if column.mask == "name" and value:
                found.update(str(v) for v in (value if isinstance(value, list) else [value]) if v)
    return found
