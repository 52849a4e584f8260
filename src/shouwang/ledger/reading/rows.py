"""Which rows below the header are data, and which are subtotals, footers, repeated headers or blanks.

The kind of every row is decided column-wise; only the few rows that hold a suspicious word are looked at one
by one. All row numbers here are 0-based positions in the grid.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from shouwang.ledger.reading.grid import Grid
from shouwang.ledger.reading.layout import Layout, looks_like_value
from shouwang.ledger.reading.vocabulary import full_key
from shouwang.standards.text import squeeze

_TOTAL_WORD: Final = (
    r"(?:[本上当]?(?:年|月|季度?|季|日|页|期|周|旬|表|户|社区|村|街道|单位|部门|科室|组))?(?:度|份)?(?:发生额?)?"
    r"(?:小计|合计|总计|共计|累计|总和|总合计|小结|结余合计)"
)
_TOTAL: Final = re.compile(
    rf"^(?:.{{0,24}}?)?{_TOTAL_WORD}(?:数|金额|人数|户数)?(?:[(（].*[)）])?[:：]?(?:[\d,.]+.{{0,4}}|.{{0,3}}元?整?)?$"
    r"|^(?:过次页|承前页|接前页|转次页|转下页|接上页|结转下页|承上页|过下页|前页累计|结转下年)$"
    r"|^(?:大写|合计大写|人民币大写|总计大写)[:：(（].*$|^共\d+(?:人|户|条|笔|页|项|份).{0,20}$"
)
_EXACT_TOTAL: Final = re.compile(
    rf"^{_TOTAL_WORD}[:：]?$|^(?:过次页|承前页|接前页|转次页|转下页|接上页|结转下页|承上页|过下页)$"
)
_PERIOD: Final = re.compile(
    "^(?:过次页|承前页|接前页|转次页|转下页|接上页|结转下页|承上页|过下页)$|^[本当上](?:年|月|季|日|页|期|周|旬)"
)
_COLUMN_NUMBER: Final = re.compile(
    r"^[(（]?(?:\d{1,2}|[甲乙丙丁戊己庚辛])[)）]?(?:=.*)?$|^栏次$|^\d{1,2}[=＝].*$"
)
_SUSPICIOUS: Final = "[小合总共累]\\s*[计和]|小\\s*结|[次前下上]\\s*[页年]|大写|^共"
_FOOTER: Final = re.compile(
    r"^(?:制表|填表|填报|制单|编制|审核|复核|复查|审批|核准|批准|经办|经手|主管|分管|单位负责|部门负责|财务负责|负责|会计|出纳|"
    r"记账|领导|主任|书记|联系|统计|录入|打印|报表|社区|居委会|街道|民政|盖章|公章|单位盖章|日期|年月日|签字|签章|核对|监督|"
    r"村委会|村主任|支部书记|分管领导|主要领导)[^:：，。]{0,14}[:：].*$"
    r"|^(?:[*※]|注[:：释]?|注意|备注|说明|附注|附[:：]|填表说明|填报说明|提示|数据来源|资料来源|以上|以下空白|此表|本表|此页)"
    r"|^\d{1,2}[.、．)）].{6,}$|^[(（]?(?:盖章|公章|签字)[)）]?$|^第\d+页.{0,12}$|^-?\d+-?/\d+$|^以下空白$"
)


_SIGNATURE: Final = re.compile(
    r"^[\u4e00-\u9fff()（）]{2,14}[:：](?:[^:：]{0,20}|\d{4}年.{0,8})$|^[(（]?(?:盖章|公章|签字|签章)[)）]?$"
)
_DAY: Final = re.compile(r"^(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])(?:\d{1,2}日?)?(?:00:00:00)?$")
TAIL: Final = 12
"""How many rows at the end are looked at one by one: signatures stand there."""


@dataclass
class Rows:
    """The data rows, and the others by reason; ``headings`` are group headings by row."""

    data: pl.Series
    skipped: dict[str, list[int]] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first data row, -1 when there is none."""
        found = self.data.arg_true()
        return int(found[0]) if len(found) else -1

    @property
    def last(self) -> int:
        """The last data row, -1 when there is none."""
        found = self.data.arg_true()
        return int(found[-1]) if len(found) else -1


def classify(
    grid: Grid, layout: Layout, identity: Collection[int], serial: int | None, notes: Collection[int] = ()
) -> Rows:
    """Tell the rows of a sheet apart.

    ``identity`` are the columns without which a row is no record (required fields that are no amounts),
    ``serial`` the column of running numbers, ``notes`` the columns whose words mean nothing (备注).
    """
    frame = grid.frame
    height = frame.height
    names = frame.columns
    body = [c for i, c in enumerate(names) if i in layout.headers] or names
    counts = frame.select(
        filled=pl.sum_horizontal(pl.all().is_not_null()),
        body=pl.sum_horizontal(pl.col(body).is_not_null()),
        identity=pl.sum_horizontal(pl.col([names[i] for i in identity]).is_not_null())
        if identity
        else pl.lit(1, dtype=pl.UInt32),
    )
    filled, in_body, keyed = counts["filled"], counts["body"], counts["identity"]
    below = pl.int_range(height, eager=True) >= layout.data
    blank = below & (filled == 0)
    kinds: dict[int, str] = {}
    headings: dict[int, str] = {}
    columns_numbered: list[int] = []
    if serial is not None and serial < len(names):
        lone = below & (filled == 1) & frame[names[serial]].str.strip_chars().str.contains(r"^\d+(\.0)?$")
        for row in lone.fill_null(False).arg_true():
            kinds[row] = "numbered_only"
    usual = int(in_body.filter(below & (in_body > 0)).median() or 0)  # type: ignore[arg-type]
    for row in _suspects(frame, below, filled, keyed, usual, layout):
        if row in kinds:
            continue
        cells = frame.row(row)
        kind = _kind(row, cells, layout, int(keyed[row]), bool(identity), serial, notes, usual)
        if kind == "group_heading":
            headings[row] = next(squeeze(c) for c in cells if c)
        if kind == "header":
            columns_numbered.append(row)
        elif kind:
            kinds[row] = kind
    other = pl.Series([*kinds, *columns_numbered], dtype=pl.Int64)
    mask = pl.Series([False] * height, dtype=pl.Boolean)
    if len(other):
        mask = mask.scatter(other, True)
    data = below & ~blank & ~mask
    rows = Rows(data, headings=headings)
    last = rows.last
    rows.skipped["title"] = list(range(layout.first))
    rows.skipped["header"] = [*layout.rows, *columns_numbered]
    rows.skipped["blank"] = blank.arg_true().to_list()
    for row, kind in sorted(kinds.items()):
        # A word that stands alone below the last record is a footer, whatever it is elsewhere.
        rows.skipped.setdefault("footer" if kind == "group_heading" and row > last else kind, []).append(row)
    rows.headings = {row: text for row, text in headings.items() if row < last}
    rows.skipped = {kind: sorted(found) for kind, found in rows.skipped.items() if found}
    return rows


def _suspects(
    frame: pl.DataFrame, below: pl.Series, filled: pl.Series, keyed: pl.Series, usual: int, layout: Layout
) -> list[int]:
    """The rows worth a look: with a word of totals or a header in them, without identity, or nearly empty."""
    look = (keyed == 0) | (filled <= max(2, usual // 3))
    look = look | pl.int_range(frame.height, eager=True).is_in((filled > 0).arg_true().tail(TAIL).implode())
    look = look | pl.int_range(frame.height, eager=True).is_between(layout.data, layout.data + 1)
    first = next(iter(sorted(layout.headers)))
    hits: list[pl.Expr] = []
    for index, (name, kind) in enumerate(frame.schema.items()):
        if kind != pl.String:
            continue
        cell = pl.col(name)
        hits.append(cell.str.contains(_SUSPICIOUS))
        header = layout.headers.get(index)
        if header is not None:
            hits.append((cell == header.leaf) & (cell.str.len_chars() < 40))
            if index == first:
                hits.append(cell.str.strip_chars().is_in(list(header.parts)))
    if hits:
        # One query over all columns: they are searched side by side.
        found = frame.select(**{f"h{i}": hit.fill_null(False) for i, hit in enumerate(hits)})
        look = look | found.select(pl.any_horizontal(pl.all()).alias("any"))["any"]
    return (look & below & (filled > 0)).arg_true().to_list()


def _numbers_columns(texts: list[str]) -> bool:
    """Whether a row under the header numbers the columns: 甲 乙 1 2 3, or (1) (2) (3)=(1)+(2)."""
    if len(texts) < 3 or not all(map(_COLUMN_NUMBER.match, texts)):
        return False
    figures = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return len(figures) >= 2 and figures == list(range(figures[0], figures[0] + len(figures)))


def _kind(
    at: int,
    cells: tuple[str | None, ...],
    layout: Layout,
    keyed: int,
    has_identity: bool,
    serial: int | None,
    notes: Collection[int],
    usual: int,
) -> str:
    """What a suspicious row is; "" for data."""
    texts = {i: squeeze(c) for i, c in enumerate(cells) if c}
    texts = {i: t for i, t in texts.items() if t}
    if not texts:
        return "blank"
    if at <= layout.data + 1 and _numbers_columns(list(texts.values())):
        return "header"
    like_header = sum(
        1
        for i, t in texts.items()
        if i in layout.headers and full_key(t) in map(full_key, layout.headers[i].parts)
    )
    if like_header >= 2 and like_header >= 0.6 * len(texts):
        return "header_repeat"
    words = {i: t for i, t in texts.items() if i not in notes}
    first = next(iter(texts.values()))
    numbered = serial is not None and texts.get(serial, "").removesuffix(".0").isdigit()
    if not numbered:
        no_record = keyed == 0 if has_identity else len(texts) < max(2, usual - 1)
        if has_identity and no_record and any(map(_EXACT_TOTAL.match, texts.values())):
            return "total"  # also where the word stands in the column of remarks
        for index, text in words.items():
            leading = index == next(iter(words))
            alone = not any(i != index and not looks_like_value(t) for i, t in words.items() if i != serial)
            if _EXACT_TOTAL.match(text) and (no_record or leading or alone or _PERIOD.match(text)):
                return "total"
            if _TOTAL.match(text) and no_record and leading:
                return "total"
    if not numbered and len(texts) > 1:
        signed = [bool(_SIGNATURE.match(text)) for text in texts.values()]
        rest = (t for t, yes in zip(texts.values(), signed, strict=True) if not yes)
        if any(signed) and all(map(_DAY.match, rest)):
            return "footer"  # 填表人：…  审核人：…  日期：…, over whichever columns
    if keyed and has_identity and len(texts) > 2:
        return ""
    sparse = len(texts) <= max(3, usual // 2)
    if sparse and not numbered and _FOOTER.match(first):
        return "footer"
    if len(texts) == 1 and not numbered:
        only = first
        if usual <= 1 or (
            keyed and has_identity and re.search(r"\d", only) and not re.search("[:：。；]", only)
        ):
            return ""  # a code or date in its own column is a record, however bare
        if len(only) > 60 or re.search("[:：。；]", only):
            return "footer"
        return "group_heading" if not re.fullmatch(r"[-\d.,/:]+", only) else ("" if keyed else "footer")
    if sparse and not keyed and not numbered and any(_FOOTER.match(t) for t in texts.values()):
        return "footer"
    return ""


def strip_tail(rows: Rows, grid: Grid, layout: Layout, required: Collection[int], serial: int | None) -> None:
    """Take signatures and dates that fill two or three cells at the end off the data."""
    names = grid.frame.columns
    while (last := rows.last) >= 0:
        cells = grid.frame.row(last)
        if any(cells[i] for i in required if i < len(names)):
            return
        numbered = serial is not None and bool(re.fullmatch(r"\d+(\.0)?", squeeze(cells[serial] or "")))
        filled = sum(1 for i, c in enumerate(cells) if c and i in layout.headers)
        if numbered or filled > max(3, len(layout.headers) // 3):
            return
        rows.data = rows.data.scatter(last, False)
        rows.skipped["footer"] = sorted([*rows.skipped.get("footer", []), last])


def numbers(found: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Rows as the sheet counts them, from 1."""
    return {kind: [row + 1 for row in rows] for kind, rows in found.items() if rows}
