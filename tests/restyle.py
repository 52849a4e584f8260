"""The sample office as another office would keep it: other headers, layouts, cells, files; the same content.

The sample is taken apart with its manifest (which cell is what) and written again in a style that follows
from a seed. ``restyle`` says what a reader must find: which ledger each sheet is, which field each column is,
which rows are data and which must be refused. The truth of the planted cases stays what it was.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from tests.restyling.cells import amount, day, moment, month, number_of_person
from tests.restyling.files import Formula, Page, Percent, write
from tests.restyling.sample import HOUSEHOLD, MONTHS, Row, letters, load, thin
from tests.restyling.style import Part, Style, label, parts
from tests.restyling.words import GROUPS, IDLE, MONTH_GROUP, OFTEN_GROUPED, TITLES, VALUES, wordings


@dataclass
class Written:
    """A sheet that was written and what a reader must make of it. Rows count from 1."""

    file: str
    sheet: str
    ledger: str
    columns: dict[str, str]
    data: int
    refused: set[tuple[int, str]]
    totals: dict[str, tuple[int, Decimal]]

    @property
    def loaded(self) -> int:
        """How many rows are to be read."""
        return self.data - len(self.refused)


@dataclass
class Office:
    """Writes the parts of an office's ledgers in its style."""

    style: Style
    rng: random.Random
    wording: dict[tuple[str, str], str] = field(default_factory=dict)
    spelling: dict[tuple[str, str, str], str] = field(default_factory=dict)
    title: dict[str, str] = field(default_factory=dict)
    groups: dict[str, bool] = field(default_factory=dict)

    # headers

    def word(self, ledger: str, name: str, under: bool) -> str:
        """What the office calls a column; ``under`` a group heading short forms will do."""
        if (ledger, name) not in self.wording:
            self.wording[ledger, name] = self.rng.choice(wordings(ledger, name, under))
        return self.wording[ledger, name]

    def named(self, ledger: str) -> str:
        """What the office titles the ledger."""
        return self.title.setdefault(ledger, self.rng.choice(TITLES[ledger].split()))

    def decorated(self, text: str, kind: str) -> str:
        """A header as it is typed: breaks, spaces, units, marks."""
        rng = self.rng
        if kind == "money" and "(" not in text and "（" not in text and rng.random() < self.style.decorate:
            text += rng.choice(("(元)", "（元）", "\n(元)", "/元"))
        if rng.random() < self.style.decorate:
            bare = "(" not in text and "（" not in text and "/" not in text
            if len(text) == 2:
                text = f"{text[0]}{rng.choice((' ', '  ', chr(0x3000)))}{text[1]}"
            elif len(text) >= 4 and bare and rng.random() < 0.6:
                cut = len(text) // 2
                text = f"{text[:cut]}\n{text[cut:]}"
            else:
                text = rng.choice((f"*{text}", f"{text}*", f" {text} ", f"{text}："))
        return text

    # cells

    def cell(self, part: Part, name: str, value: Any, factor: int, forms: dict[str, str]) -> Any:
        """A value as the office types it; ``forms`` fixes what a whole column has in common."""
        kind, style, rng = part.table.kinds[name], self.style, self.rng
        if value is None:
            return None
        match kind:
            case "date":
                return day(value, forms[name], rng, forms.get(f"{name} early") == "1")
            case "ym" | "period":
                return month(value, forms[name])
            case "dt":
                return moment(value, style.dates)
            case "money":
                return float(value / factor) if factor != 1 else amount(value, style.money, rng)
            case "int":
                form = style.numbers if abs(value) < 1000 else "number"
                unit = "人" if name == "n" else ""
                return {"number": float(value), "text": str(value), "suffix": f"{value}{unit}"}[form]
            case "pct":
                return {"number": float(value), "text": f"{value}%", "format": Percent(float(value / 100))}[
                    style.percent
                ]
            case "id":
                return number_of_person(value, style.ids, rng)
            case "name":
                if rng.random() < style.names:
                    return (
                        f"{value[0]}{rng.choice((' ', chr(0x3000)))}{value[1]}"
                        if len(value) == 2
                        else f"{value} "
                    )
                return value
            case "text":
                return self.spelled(part.table.ledger, name, value)
            case _:
                return value

    def spelled(self, ledger: str, name: str, value: str) -> str:
        """The office's spelling of a value."""
        key = (ledger, name, value)
        if key not in self.spelling:
            known = VALUES.get(ledger, {}).get(name) or VALUES["*"].get(name) or {}
            others = known.get(value, "").split()
            if others:  # one way for all the values of a column: 是/否 with √/×, never √/否
                at = self.rng.randrange(min(len(v.split()) for v in known.values()))
                for canonical, spellings in known.items():
                    self.spelling[ledger, name, canonical] = spellings.split()[at]
            else:
                self.spelling[key] = value
        return self.spelling[key]

    # sheets

    def page(self, part: Part, file_says: str, sheet_says: str) -> tuple[Page, Written]:
        """One sheet with its account; what file and sheet name say already need not stand in the title."""
        style, rng, ledger = self.style, self.rng, part.table.ledger
        fields = list(part.fields)
        grouped = self.groups.setdefault(
            ledger, style.grouped or (ledger in OFTEN_GROUPED and rng.random() < 0.5)
        )
        groups = [(rng.choice(words.split()), [n for n in names if n in fields])
                  for words, names in GROUPS.get(ledger, ())] if grouped else []  # fmt: skip
        if ledger == "pension_payment" and MONTHS[0] in fields:
            groups = [(rng.choice(MONTH_GROUP.split()), list(MONTHS))] if style.grouped else []
        inside = {n for _, names in groups for n in names}
        if style.shuffle and not inside and ledger != "dibao_roster" and MONTHS[0] not in fields:
            rng.shuffle(fields)
        elif inside:  # a group's columns stand together
            order: list[str] = []
            for n in fields:
                members = next((names for _, names in groups if n in names), [n])
                order += [m for m in members if m not in order]
            fields = order
        columns: list[tuple[str, Callable[[int], Any] | None]] = [(n, None) for n in fields]
        for text, make in rng.sample(IDLE, style.idle):
            at = rng.randrange(len(columns) + 1)
            free = at in (0, len(columns)) or not (columns[at - 1][0] in inside and columns[at][0] in inside)
            columns.insert(at if free else len(columns), (text, make))
        serial = bool(style.serial)
        first = style.offset + serial
        page = Page(sheet_says)
        factor = 10_000 if style.wan and ledger in ("loan_application", "loan_ledger", "fund_ledger") else 1
        self._title(page, part, first + len(columns), file_says, sheet_says, factor)
        header = self._header(page, part, columns, groups, first, factor)
        forms = self._forms(part, fields, page, file_says, sheet_says)
        where = {letters(first + i): n for i, (n, make) in enumerate(columns) if make is None}
        written = Written("", "", ledger, where, 0, set(), {})
        self._body(page, part, columns, header, first, factor, forms, written)
        self._footer(page, first)
        if style.offset == 0 and rng.random() < 0.3:
            page.freeze = page.cells.index(header[0]) + len(header)
        return page, written

    def _title(
        self, page: Page, part: Part, width: int, file_says: str, sheet_says: str, factor: int
    ) -> None:
        style, rng = self.style, self.rng
        name = self.named(part.table.ledger)
        said = label(part.said.get("month", "")) if "month" in part.said else ""
        place = str(part.said.get("community") or "云溪社区")
        who = str(part.said.get("employer") or "")
        kind = str(part.said.get("kind") or "")
        pad: list[Any] = [None] * style.offset
        page.cells += [[] for _ in range(style.blank_top)]
        year = "2023年" if MONTHS[0] in part.fields else ""
        needed = [said, kind, who, part.said.get("community", ""), year]
        outside = file_says + sheet_says
        # A sheet without a title is one whose name or file says what has to be said.
        titles = style.titles or int(
            any(n and str(n) not in outside for n in needed) or _poor(part, name, outside)
        )
        if titles:
            phrase = f"{kind}表" + name if kind else name
            text = f"{who or ('望河街道' + place)}{said or '2023年'}{phrase}"
            if titles > 2:
                page.cells.append([*pad, f"附件{rng.randrange(1, 9)}"])
            at = len(page.cells)
            page.cells.append([*pad, text])
            if rng.random() < 0.7 and width - style.offset > 1:
                page.merges.append((at, style.offset, at, width - 1))
            if titles > 1:
                page.cells.append(
                    [*pad, rng.choice(("（2023年度）", "截至2023年12月31日", "（内部资料 注意保密）"))]
                )
        if style.unit_line or (factor != 1 and style.wan == "line"):
            unit = "单位：万元" if factor != 1 and style.wan == "line" else rng.choice(("单位：元", ""))
            line = [f"填报单位：{who or '望河街道' + place}", "填报时间：2023年12月31日", unit]
            if style.unit_line == 1:
                page.cells.append([*pad, "    ".join(x for x in line if x)])
            else:
                row = pad + [None] * max(3, width - style.offset)
                row[style.offset], row[len(row) // 2], row[-1] = line[0], line[1], line[2] or None
                page.cells.append(row)

    def _header(
        self, page: Page, part: Part, columns: Sequence[tuple[str, Any]], groups: list[tuple[str, list[str]]],
        first: int, factor: int,
    ) -> list[list[Any]]:  # fmt: skip
        style, ledger, kinds = self.style, part.table.ledger, part.table.kinds
        lead: list[Any] = [None] * style.offset + ([style.serial] if style.serial else [])
        member = {n: text for text, names in groups for n in names}
        leaves: list[str] = []
        taken: set[str] = set()
        months = self.rng.choice(("{0}月", "{0}月份", "{0:02d}月", "2023年{0}月"))
        for name, make in columns:
            if make is not None:
                leaves.append(name)
                continue
            if name in MONTHS:
                leaves.append(months.format(int(name[1:])))
                continue
            text = self.word(ledger, name, name in member)
            while f"{member.get(name, '')}/{text}" in taken:  # nobody gives two columns the same name
                text = self.rng.choice(wordings(ledger, name, name in member))
                self.wording[ledger, name] = text
            taken.add(f"{member.get(name, '')}/{text}")
            if factor != 1 and kinds[name] == "money" and style.wan == "header":
                text = re.sub(r"[(（]元[)）]", "", text) + self.rng.choice(("(万元)", "（万元）", "\n(万元)"))
            elif factor != 1 and kinds[name] == "money":
                text = re.sub(r"[(（]元[)）]", "", text)
            else:
                text = self.decorated(text, kinds[name])
            leaves.append(text)
        at = len(page.cells)
        if not groups:
            page.cells.append(lead + leaves)
            return page.cells[at:]
        upper: list[Any] = list(lead) + [None] * len(columns)
        lower: list[Any] = [None] * len(upper)
        start: dict[str, int] = {}
        for index, (name, _) in enumerate(columns):
            column = first + index
            group = member.get(name)
            if group is None:
                upper[column] = leaves[index]
                page.merges.append((at, column, at + 1, column))
                continue
            lower[column] = leaves[index]
            if group not in start:
                start[group] = column
                upper[column] = group
        for group, column in start.items():
            end = column + sum(1 for g in member.values() if g == group) - 1
            if end > column:
                page.merges.append((at, column, at, end))
        if style.serial:
            page.merges.append((at, style.offset, at + 1, style.offset))
        page.cells += [upper, lower]
        return page.cells[at:]

    def _forms(
        self, part: Part, fields: Sequence[str], page: Page, file_says: str, sheet_says: str
    ) -> dict[str, str]:
        style = self.style
        above = file_says + sheet_says + "".join(str(c) for row in page.cells for c in row if c)
        forms: dict[str, str] = {}
        for name in fields:
            kind = part.table.kinds[name]
            values = [row[name] for row in part.rows if row.get(name) is not None]
            if kind == "date":
                forms[name] = style.dates
                forms[f"{name} early"] = "1" if any(v.year < 2000 for v in values) else ""
            elif kind in ("ym", "period"):
                bare = kind == "period" and "2023年" in above and all(v.year == 2023 for v in values)
                forms[name] = "bare" if bare and self.rng.random() < 0.3 else style.months
        return forms

    def _body(
        self, page: Page, part: Part, columns: Sequence[tuple[str, Any]], header: list[list[Any]], first: int,
        factor: int, forms: dict[str, str], written: Written,
    ) -> None:  # fmt: skip
        style, kinds = self.style, part.table.kinds
        roster = part.table.ledger == "dibao_roster"
        money = [i for i, (n, make) in enumerate(columns) if make is None and kinds[n] == "money"]
        totals = style.totals if money and not roster else ""
        start = len(page.cells) + (1 if totals == "first" else 0)
        if totals == "first":
            page.cells.append([])
        body: list[list[Any]] = []
        opened: dict[int, int] = {}
        previous: Row = {}
        count = group = 0
        for index, row in enumerate(part.rows):
            if index and style.repeat and not roster and index % style.repeat == 0:
                body += [list(line) for line in header]
            if index and style.blank_every and not roster and index % style.blank_every == 0:
                body.append([])
            continued = roster and style.fill != "repeat" and row["no"] == previous.get("no")
            number = start + len(body)
            if not continued:
                self._close(page, opened, number - 1)
                group += 1
            line: list[Any] = [None] * style.offset
            if style.serial:
                line.append(
                    float(group if roster and style.fill != "repeat" else index + 1)
                    if not continued
                    else None
                )
            for position, (name, make) in enumerate(columns):
                if make is not None:
                    line.append(make(index))
                elif continued and name in HOUSEHOLD:
                    line.append(None)
                    if style.fill == "merged":
                        opened.setdefault(first + position, number - 1)
                else:
                    line.append(self.cell(part, name, row.get(name), factor, forms))
            if wrong := row.get("_refused"):
                self._spoil(line, columns, first, wrong)
                written.refused.add((number + 1, wrong[2]))
            body.append(line)
            previous = row
            count += 1
            if totals and style.subtotal and count % style.subtotal == 0:
                body.append(
                    self._total(
                        columns,
                        money,
                        first,
                        part.rows[index + 1 - style.subtotal : index + 1],
                        "小计",
                        factor,
                    )
                )
        self._close(page, opened, start + len(body) - 1)
        written.data = count
        for position in money:
            name = columns[position][0]
            read = [row[name] for row in part.rows if row.get(name) is not None and "_refused" not in row]
            written.totals[name] = (len(read), sum(read, Decimal(0)))
        if totals:
            line = self._total(
                columns, money, first, part.rows, self.rng.choice(("合计", "合 计", "总计")), factor
            )
            if totals == "formula":
                line = [Formula(f"=SUM({letters(i)}{start + 1}:{letters(i)}{start + len(body)})", c)
                        if isinstance(c, float) else c for i, c in enumerate(line)]  # fmt: skip
            if totals == "first":
                page.cells[-1] = line
            else:
                body.append(line)
        page.cells += body

    @staticmethod
    def _close(page: Page, opened: dict[int, int], last: int) -> None:
        for column, top in opened.items():
            if last > top:
                page.merges.append((top, column, last, column))
        opened.clear()

    @staticmethod
    def _spoil(
        line: list[Any], columns: Sequence[tuple[str, Any]], first: int, wrong: tuple[str, str, str]
    ) -> None:
        name, raw, reason = wrong
        at = first + next(i for i, (n, _) in enumerate(columns) if n == name)
        line[at] = float(raw) if reason == "id_lost_digits" else raw or None

    def _total(
        self,
        columns: Sequence[tuple[str, Any]],
        money: Sequence[int],
        first: int,
        rows: Sequence[Row],
        word: str,
        factor: int,
    ) -> list[Any]:
        line: list[Any] = [None] * (first + len(columns))
        for position in money:
            name = columns[position][0]
            line[first + position] = float(sum((row[name] or 0 for row in rows), Decimal(0)) / factor)
        at = self.style.offset if self.style.serial else first + next(
            (i for i in range(len(columns)) if i not in money), 0
        )  # fmt: skip
        line[at] = word
        return line

    def _footer(self, page: Page, first: int) -> None:
        pad: list[Any] = [None] * self.style.offset
        match self.style.footer:
            case 1:
                page.cells += [
                    [],
                    [*pad, "填表人：王敏", None, None, "审核人：李强", None, "日期：2024年1月5日"],
                ]
            case 2:
                page.cells += [
                    [*pad, "注：1.本表一式两份，社区、街道各留一份。"],
                    [*pad, "    2.数据截至2023年12月31日。"],
                ]
            case 3:
                line = "单位负责人（签字）：        填表人：周晓        联系电话：190-0000-0000"
                page.cells += [[], [*pad, line], [*pad, None, None, "（盖章）"]]
                page.cells.append([*pad, "说明：此表由社区填报，街道汇总。"])


def _poor(part: Part, name: str, outside: str) -> bool:
    """Whether the columns alone could be several ledgers, or nothing says whose register it is."""
    few = len(part.fields) < 9
    register = part.table.ledger in ("household_register", "floating_ledger")
    return (few and name not in outside) or (register and "云溪社区" not in outside)


# ------------------------------------------------------------------------------------------------ files


def _clean(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\（）]", "", name)[:26] or "Sheet"
    found, number = base, 1
    while found.lower() in taken:
        number += 1
        found = f"{base}{number}"
    taken.add(found.lower())
    return found


def _packed(office: Office, everything: list[Part], topics: dict[str, str]) -> list[list[Part]]:
    """Which parts share a file."""
    style, rng = office.style, office.rng
    if style.packing == "one":
        return [everything]
    if style.packing == "sheet":
        return [[part] for part in everything]
    keys: dict[str, Callable[[Part], str]] = {
        "topic": lambda part: topics[part.table.ledger],
        "ledger": lambda part: part.table.ledger,
        "random": lambda part: str(rng.randrange(9)),
    }
    groups: dict[str, list[Part]] = {}
    for part in everything:
        groups.setdefault(keys[style.packing](part), []).append(part)
    for group in groups.values():
        if style.packing == "random":
            rng.shuffle(group)
    return list(groups.values())


NOISE: Final = (
    "新建 XLSX 工作表({0})",
    "汇总上报（最终版{0}）",
    "表{0}",
    "20240105导出_{0}",
    "Book{0}",
    "复件 台账{0}",
)


def _names(office: Office, group: list[Part], number: int, alone: bool) -> tuple[str, list[str]]:
    """The names of a file and its sheets."""
    style = office.style
    lead = office.named(group[0].table.ledger)
    only = group[0].label if len(group) == 1 else ""
    if style.file_names == "title":
        file = f"云溪社区2023年{only if '年' not in only else only.partition('年')[2]}{lead}"
        file += "等台账" if len({p.table.ledger for p in group}) > 1 else ""
    elif style.file_names == "number":
        file = f"{number:02d}"
    else:
        file = office.rng.choice(NOISE).format(number)
    taken: set[str] = set()
    sheets = []
    for index, part in enumerate(group, 1):
        name = {
            "title": part.label or office.named(part.table.ledger),
            "plain": f"Sheet{index}",
            "number": str(index),
        }[style.sheet_names]
        if style.sheet_names == "title" and "month" in part.said:
            forms = ("{0.month}月", "{0:%Y%m}", "{0.year}.{0.month}")
            name = office.spelling.setdefault(("", "month", "sheet"), office.rng.choice(forms))
            name = name.format(part.said["month"])
        sheets.append(_clean(name, taken))
    return re.sub(r'[\\/:*?"<>|]', "", file), sheets


def restyle(office_a: Path, out: Path, seed: int, every: int = 1) -> list[Written]:
    """Write the sample as another office into ``out``; the style follows from the seed."""
    rng = random.Random(f"office {seed}")
    tables = load(office_a)
    if every > 1:
        tables = thin(tables, office_a / "truth.csv", every)
    manifest = json.loads((office_a / "manifest.json").read_text(encoding="utf-8"))
    topics = {s["ledger"]: f["file"] for f in manifest["files"] for s in f["sheets"] if "ledger" in s}
    office = Office(Style.draw(rng), rng)
    everything = [part for table in tables.values() for part in parts(table, office.style, rng)]
    written: list[Written] = []
    out.mkdir(parents=True, exist_ok=True)
    for number, group in enumerate(_packed(office, everything, topics), 1):
        file, sheets = _names(office, group, number, len(group) == 1)
        cells = sum(len(part.rows) * len(part.fields) for part in group)
        formats = [f for f in office.style.formats if _possible(f, group, cells)] or [".xlsx"]
        suffix = rng.choice(formats)
        while (out / f"{file}{suffix}").exists():
            file += "续"
        text = suffix in (".csv", ".tsv")
        if text:
            sheets = [file]
        pages = []
        for part, sheet in zip(group, sheets, strict=True):
            page, account = office.page(part, file, sheet)
            account.file, account.sheet = f"{file}{suffix}", sheet
            written.append(account)
            pages.append(_as_text(page) if text else page)
        encoding = rng.choice(("utf-8", "gb18030", "utf-8-sig"))
        write(out / f"{file}{suffix}", pages, encoding, "\t" if suffix == ".tsv" else ",")
    return written


def _possible(suffix: str, group: list[Part], cells: int) -> bool:
    if suffix in (".csv", ".tsv"):
        return len(group) == 1
    return cells < 6_000 if suffix == ".ods" else True


def _as_text(page: Page) -> Page:
    """Saved as text: a number of eighteen digits keeps what Excel shows of it."""
    cells = [[f"{c:.5E}" if isinstance(c, float) and c > 1e15 else c for c in row] for row in page.cells]
    return replace(page, cells=cells, merges=[])
