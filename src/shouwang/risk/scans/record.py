"""Turns the answers of a scan into findings on record: new, known, gone, back; all of it in one transaction.

What a finding says is worded, sealed and hashed before (:func:`prepare`): the transaction only writes, since
whoever else writes waits for it. Only one scan runs at a time, and only scans change what is compared.

A finding is known again by rule, subject and key. What a scan says of it is compared by a hash, so that a
scan that finds the same writes nothing. A closed finding is back where rows prove it that did not when it
was closed, or where it was gone in between; that its old rows are still in the ledger is no recurrence.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone, translation

from shouwang.access.models import Area, full
from shouwang.ledger import identity as identities
from shouwang.risk.findings import Finding as Found
from shouwang.risk.loop.intake import Cited, Noticed, allot, cite, enter, identity
from shouwang.risk.loop.machine import CLOSED, MERGED
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.steps import take_by_system
from shouwang.risk.models import EvidenceRow, Finding, ScanRun, Source
from shouwang.risk.parameters import SINCE_EVER, Parameter
from shouwang.risk.report.view import View
from shouwang.risk.risk_points import watched
from shouwang.risk.scan import Scan
from shouwang.risk.scans.numbers import CHUNK, numbers_behind
from shouwang.risk.sealing import seal
from shouwang.snapshot.database import Origin, origins
from shouwang.standards.batches import batches
from shouwang.standards.masking import mask_id
from shouwang.trail.change import Change


@dataclass
class Counts:
    """What became of the answers of a scan."""

    found: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    gone: int = 0
    back: int = 0


@dataclass
class _Known:
    """What is on record of a finding, as far as a scan needs it."""

    key: int
    status: str
    content: str
    present: bool


@dataclass
class Prepared:
    """The answers of a scan, compared with what is on record and ready to be written.

    By identity: all answers, what is on record, and the values and rows of what is new or changed.
    """

    answers: dict[str, Found]
    known: dict[str, _Known]
    new: list[str]
    changed: list[str]
    values: dict[str, dict[str, Any]]
    cited: dict[str, list[Cited]]


@dataclass
class Preparer:
    """Compares the answers of one scan with what is on record, and words those that are new or changed."""

    run: ScanRun
    scan: Scan

    def prepare(self) -> Prepared:
        """Read, compare and word; nothing is written."""
        asked = {o.rule.code for o in self.scan.outcomes if o.status == "asked"}
        answers = {identity(f.rule, f.subject_id, f.key): f for f in self.scan.findings if f.rule in asked}
        known = self._known(asked)
        contents = {key: _content(found) for key, found in answers.items()}
        new = [key for key in answers if key not in known]
        changed = [key for key in answers if key in known and known[key].content != contents[key]]
        told = _Told(self.scan, [answers[key] for key in (*new, *changed)])
        return Prepared(
            answers,
            known,
            sorted(new, key=lambda key: answers[key].identity),
            changed,
            {key: self._values(answers[key], contents[key], told) for key in (*new, *changed)},
            {key: told.cited(answers[key]) for key in (*new, *changed)},
        )

    def _known(self, asked: set[str]) -> dict[str, _Known]:
        rows = Finding.objects.filter(source=Source.RULE.value, code__in=sorted(asked))
        columns = rows.values_list("identity", "pk", "status", "content", "present")
        return {one: _Known(*rest) for one, *rest in columns.iterator(chunk_size=5000)}

    def _values(self, found: Found, content: str, told: _Told) -> dict[str, Any]:
        rule = self.scan.rules[found.rule]
        masked, english = told.masked(found), told.english(found)
        used = next(o for o in self.scan.outcomes if o.rule.code == found.rule).used
        return {
            "source": Source.RULE.value,
            "code": found.rule,
            "risk_point": watched().get(found.rule, rule.risk_point),
            "identity": identity(found.rule, found.subject_id, found.key),
            "subject": found.subject_id[:200],
            "subject_name": masked.subject[:300],
            "organisation": found.subject_name[:300] if rule.subject == "organisation" else "",
            "person": told.person(found) if rule.subject == "person" else "",
            "key": masked.key[:500],
            "title": rule.title[:300],
            "sentence": masked.sentence,
            "sentence_en": english.sentence,
            "sealed": seal(told.clear(found), identity(found.rule, found.subject_id, found.key)),
            "severity": rule.severity.value,
            "on": found.on,
            "amount": found.amount,
            "rows": found.rows,
            "division_code": told.division(found),
            "place": "",
            "parameters": _parameters(used, self.scan.as_of),
            "content": content,
            "first_run": self.run,
            "last_run": self.run,
        }


@dataclass
class Recorder:
    """Writes what was prepared of one scan, within an open change."""

    prepared: Prepared
    doing: Change
    register: Register
    parameters: dict[str, Parameter]
    counts: Counts = field(default_factory=Counts)

    def record(self) -> Counts:
        """Write everything; how many of which kind."""
        answers, known = self.prepared.answers, self.prepared.known
        values, cited = self.prepared.values, self.prepared.cited
        self.counts.found = len(answers)
        self.counts.new, self.counts.changed = len(self.prepared.new), len(self.prepared.changed)
        self.counts.known = len(answers) - len(self.prepared.new)
        self._update({known[key].key: (values[key], cited[key]) for key in self.prepared.changed})
        self._gone([k.key for key, k in known.items() if k.present and key not in answers])
        self._returned([known[key] for key in answers if key in known and not known[key].present])
        enter(
            [Noticed(values[key], cited[key]) for key in self.prepared.new],
            doing=self.doing,
            register=self.register,
            parameters=self.parameters,
        )
        return self.counts

    def _update(self, changed: Mapping[int, tuple[dict[str, Any], Sequence[Cited]]]) -> None:
        """Bring findings on record up to what the scan says now; closed ones with new rows are back."""
        back: list[Finding] = []
        noted: list[Finding] = []
        for some in batches(sorted(changed), CHUNK):
            rows: dict[int, dict[tuple[str, int], EvidenceRow]] = {}
            for row in EvidenceRow.objects.filter(finding__in=some):
                rows.setdefault(row.finding_id, {})[row.ledger, row.record] = row
            for finding in Finding.objects.filter(pk__in=some).order_by("pk"):
                values, cited = changed[finding.pk]
                added = [c for c in cited if c.key not in rows.get(finding.pk, {})]
                self._write(finding, values, rows.get(finding.pk, {}), cited)
                (back if finding.status == CLOSED and added else noted).append(finding)
                if finding.status == MERGED and added and finding.into is not None:
                    back += [finding.into] if finding.into.status == CLOSED else []
                cite({finding: added})
        take_by_system("update", noted, doing=self.doing, register=self.register)
        self._again(back)

    def _write(
        self,
        finding: Finding,
        values: dict[str, Any],
        rows: Mapping[tuple[str, int], EvidenceRow],
        cited: Sequence[Cited],
    ) -> None:
        new = {k: v for k, v in values.items() if k not in ("first_run", "identity", "source", "code")}
        Finding._base_manager.filter(pk=finding.pk).update(**new)
        for name, value in new.items():
            setattr(finding, name, value)
        wanted = {c.key for c in cited}
        gone = [row.pk for key, row in rows.items() if key not in wanted]
        if gone:
            EvidenceRow._base_manager.filter(pk__in=gone).delete()
        for one in cited:
            row = rows.get(one.key)
            if row is not None and (row.file, row.sheet, row.row) != (one.file, one.sheet, one.row):
                EvidenceRow._base_manager.filter(pk=row.pk).update(
                    file=one.file, sheet=one.sheet, row=one.row
                )

    def _gone(self, keys: Sequence[int]) -> None:
        """Note what is no longer found; that closes nothing by itself."""
        for some in batches(keys, CHUNK):
            found = list(Finding.objects.filter(pk__in=some).order_by("pk"))
            take_by_system("gone", found, doing=self.doing, register=self.register)
        self.counts.gone = len(keys)

    def _returned(self, known: Sequence[_Known]) -> None:
        """What was gone is found again; what was closed meanwhile has happened again."""
        closed: list[Finding] = []
        for some in batches([k.key for k in known], CHUNK):
            found = list(Finding.objects.filter(pk__in=some).order_by("pk"))
            take_by_system("back", found, doing=self.doing, register=self.register)
            closed += [f for f in found if f.status == CLOSED]
        self._again(closed)

    def _again(self, findings: Iterable[Finding]) -> None:
        unique = list({f.pk: f for f in findings}.values())
        back = take_by_system("recur", unique, doing=self.doing, register=self.register)
        for finding in back:
            EvidenceRow._base_manager.filter(finding=finding, occurrence=0).update(
                occurrence=finding.occurrence
            )
        allot(back, doing=self.doing, register=self.register, parameters=self.parameters)
        self.counts.back += len(back)


def _content(found: Found) -> str:
    """The hash of what a scan says of a finding."""
    facts = {
        name: [f.values, f.distinct, f.first, f.last, f.total, f.mask] for name, f in found.facts.items()
    }
    body = [found.subject_name, found.division, found.on, found.amount, found.sentence, found.rows, facts]
    evidence = [[e.ledger, e.ref] for e in found.evidence]
    text = json.dumps([body, evidence], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _parameters(used: Mapping[str, Any], day: dt.date) -> dict[str, Any]:
    """The values a finding rests on, with their sources, as they stand on the day of the scan."""
    told = {}
    for name, parameter in used.items():
        value = parameter.at(day)
        if value is not None:
            shown = "、".join(value.value) if isinstance(value.value, tuple) else str(value.value)
            start = None if value.start == SINCE_EVER else value.start.isoformat()
            told[name] = {
                "label": parameter.label,
                "value": shown,
                "unit": parameter.unit,
                "from": start,
                "source": value.source,
            }
    return told


class _Told:
    """Findings in words: masked as a report masks them, in both languages, and in clear to be sealed."""

    def __init__(self, scan: Scan, findings: Sequence[Found]) -> None:
        self.snapshot = scan.snapshot
        refs = {(e.ledger, e.ref) for f in findings for e in f.evidence}
        self.origins = origins(scan.snapshot, refs)
        self.persons = numbers_behind(self.origins)
        some = replace(scan, findings=list(findings), gone=[])
        with translation.override("zh-hans"):
            self.chinese = {line.finding.identity: line for line in View(some).lines}
        with translation.override("en"):
            self.in_english = {line.finding.identity: line for line in View(some).lines}
        self.areas: dict[str, str] = {a.name: a.code for a in Area.objects.order_by("-code")}
        self.top: str = Area.objects.order_by("code").values_list("code", flat=True).first() or ""

    def _unveiled(self, text: str, found: Found, *, clear: bool) -> str:
        """The text with masked pseudonyms replaced by masked numbers, or pseudonyms by numbers."""
        for mark, number in self._near(found).items():
            if clear:
                text = text.replace(mark, number)
            else:
                text = text.replace(mask_id(mark), mask_id(number)).replace(mark, mask_id(number))
        return text

    def _near(self, found: Found) -> dict[str, str]:
        marks = {found.subject_id, found.key}
        for fact in found.facts.values():
            marks.update(str(v) for v in (*fact.values, fact.first, fact.last) if v)
        return {m: self.persons[m] for m in marks if m in self.persons}

    def masked(self, found: Found) -> Any:
        """Subject, key and sentence in Chinese."""
        return self._line(self.chinese, found)

    def english(self, found: Found) -> Any:
        """The same in English."""
        return self._line(self.in_english, found)

    def _line(self, lines: Mapping[Any, Any], found: Found) -> Any:
        line = lines[found.identity]
        return replace(
            line,
            subject=self._unveiled(line.subject, found, clear=False),
            key=self._unveiled(line.key, found, clear=False),
            sentence=self._unveiled(line.sentence, found, clear=False),
        )

    def clear(self, found: Found) -> dict[str, str]:
        """The clear wording in both languages, with the subject's name."""
        told = {"name": found.subject_name}
        for name, language in (("text", "zh-hans"), ("text_en", "en")):
            with translation.override(language):
                told[name] = self._unveiled(found.say(masked=False), found, clear=True)
        return told

    def person(self, found: Found) -> str:
        """The keyed index of the person a finding is about; empty where the evidence does not hold them."""
        number = self.persons.get(found.subject_id)
        return identities.person_index(number) if number else ""

    def _origins(self, found: Found) -> list[tuple[str, Origin]]:
        told = ((e.ledger, self.origins.get((e.ledger, e.ref))) for e in found.evidence)
        return [(name, origin) for name, origin in told if origin is not None]

    def cited(self, found: Found) -> list[Cited]:
        """The records that prove a finding."""
        return [Cited(n, o.record, o.file, o.sheet, o.row) for n, o in self._origins(found)]

    def division(self, found: Found) -> str:
        """Where a finding belongs: what it says itself, else the division its rows share, else the top."""
        named = self.areas.get(found.division)
        if named:
            return named
        codes = sorted({o.division_code for _n, o in self._origins(found) if o.division_code.strip("0")})
        if not codes:
            return self.top
        low, high = codes[0], codes[-1]
        width = next((w for w in (15, 12, 9, 6, 4, 2) if low[:w] == high[:w]), 0)
        return full(low[:width]) if width else self.top


def prepare(run: ScanRun, scan: Scan) -> Prepared:
    """All that can be done before the transaction."""
    return Preparer(run, scan).prepare()


def record(prepared: Prepared, *, doing: Change, parameters: dict[str, Parameter]) -> Counts:
    """Put prepared answers on record, within an open change."""
    return Recorder(prepared, doing, Register(timezone.localdate()), parameters).record()
