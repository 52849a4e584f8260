"""Where the header of a sheet is: title rows above, one to three header rows, groups over columns.

Every start row and depth is tried, and the one whose columns are best known to the vocabulary of all ledgers
wins. Rows and columns are 0-based here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shouwang.ledger.reading.grid import Merge
from shouwang.ledger.reading.vocabulary import SERIAL, Header, Vocabulary, full_key, month_of

SEARCH: Final = 40
"""How many rows from the top a header may start."""
DEPTH: Final = 3

Row = tuple[str | None, ...]

_VALUE = re.compile(
    r"^[-+¥]?\d[\d,]*(?:\.\d+)?(?:元|%)?$|^\d{17}[\dXx]$|^(?:19|20)\d\d[-./年]\d{1,2}([-./月]|$)|^[\d-]{7,}$"
)
_REMARK = re.compile(r"[:：]|^[(（]?单位|^[(（].*元.*[)）]$|年.*[月度]")
_LINE = re.compile(r"[:：]\s*\S|[:：]\s*$|。$|^第.+[条款]|^[一二三四五六七八九十]+、")


@dataclass(frozen=True)
class Layout:
    """The header rows of a table and its columns by index; ``title`` are the filled cells above."""

    first: int
    depth: int
    headers: dict[int, Header]
    title: tuple[str, ...]
    score: float

    @property
    def rows(self) -> tuple[int, ...]:
        """The 0-based header rows."""
        return tuple(range(self.first, self.first + self.depth))

    @property
    def data(self) -> int:
        """The 0-based row in which data may begin."""
        return self.first + self.depth


@lru_cache(maxsize=16384)
def looks_like_value(text: str) -> bool:
    """Whether a cell holds a number, a date or an identifier rather than a header."""
    key = full_key(text)
    return bool(_VALUE.match(key)) and month_of(text) is None


def find_layout(head: Sequence[Row], merges: Sequence[Merge], words: Vocabulary) -> Layout | None:
    """The best header in the first rows of a sheet, None when nothing looks like one."""
    best: Layout | None = None
    for first in range(min(SEARCH, len(head))):
        filled = sum(1 for cell in head[first] if cell)
        if filled == 0:
            continue
        for depth in range(1, DEPTH + 1):
            if first + depth > len(head):
                break
            layout = _try(head, merges, words, first, depth)
            if layout and (best is None or layout.score > best.score + 1e-9):
                best = layout
    return best


def fixed_layout(head: Sequence[Row], merges: Sequence[Merge], first: int, depth: int) -> Layout:
    """The layout with exactly these header rows, as a mapping file may say."""
    headers = _headers(head, merges, first, depth)
    return Layout(first, depth, headers, _title(head, first), 0.0)


def _title(head: Sequence[Row], first: int) -> tuple[str, ...]:
    return tuple(cell for row in head[:first] for cell in row if cell)


def _try(
    head: Sequence[Row], merges: Sequence[Merge], words: Vocabulary, first: int, depth: int
) -> Layout | None:
    block = head[first : first + depth]
    if any(not any(row) for row in block):
        return None
    cells = [cell for row in block for cell in row if cell]
    values = sum(map(looks_like_value, cells))
    if values > 0.34 * len(cells):  # a row of data: nothing dearer is asked of it
        return None
    if depth > 1 and not _is_stacked(head, merges, first, depth):
        return None
    headers = _headers(head, merges, first, depth)
    if not headers:
        return None
    texts = [header.leaf for header in headers.values()]
    lines = sum(1 for cell in cells if _LINE.search(cell) or len(cell) > 40)
    known = sum(
        1.0 if words.knows(header) or full_key(header.leaf) in SERIAL or month_of(header.leaf) else 0.0
        for header in headers.values()
    )
    if known < 1:
        return None
    repeated = len(texts) - len({header.path for header in headers.values()})
    below = head[first + depth : first + depth + 12]
    uncovered = sum(
        1 for column in range(max(map(len, head), default=0)) if column not in headers
        and sum(1 for row in below if column < len(row) and row[column]) >= 2
    )  # fmt: skip
    score = known + 0.15 * len(headers) - 1.5 * values - 2.0 * lines - 0.7 * repeated - 0.8 * uncovered
    score -= 0.05 * first + 0.02 * depth
    if _goes_on(head, merges, first + depth - 1):
        score -= 3.0
    if len(headers) == 1 and not _title(head, first) and known < 1:
        return None
    return Layout(first, depth, headers, _title(head, first), score)


def _goes_on(head: Sequence[Row], merges: Sequence[Merge], last: int) -> bool:
    """Whether the row below fills only what cells of this row span: then the header goes on there."""
    if last + 1 >= len(head):
        return False
    spans = [(m[1], m[3]) for m in merges if m[0] <= last == m[2] and m[3] > m[1]]
    below = [(c, cell) for c, cell in enumerate(head[last + 1]) if cell]
    inside = all(any(left <= c <= right for left, right in spans) for c, _ in below)
    return len(below) >= 2 and inside and not any(looks_like_value(cell) for _, cell in below)


def _covering(merges: Sequence[Merge], row: int, column: int) -> Merge | None:
    return next((m for m in merges if m[0] <= row <= m[2] and m[1] <= column <= m[3]), None)


def _near(merges: Sequence[Merge], first: int, depth: int) -> list[Merge]:
    return [m for m in merges if m[0] < first + depth and m[2] >= first and (m[1], m[0]) != (m[3], m[2])]


def _headers(head: Sequence[Row], merges: Sequence[Merge], first: int, depth: int) -> dict[int, Header]:
    """The header of each column from the rows of the block, groups carried to the columns under them."""
    block = head[first : first + depth]
    width = max(map(len, block), default=0)
    near = _near(merges, first, depth)
    parts: list[list[str | None]] = [list(row) + [None] * (width - len(row)) for row in block]
    for level, row in enumerate(parts):
        below = parts[level + 1 :]
        group: str | None = None
        for column in range(width):
            if row[column]:
                group = row[column]
                continue
            merge = _covering(near, first + level, column)
            if merge:
                top, left = merge[0] - first, merge[1]
                if top == level and left < column:  # spread to the right: a group
                    row[column] = parts[level][left]
                continue
            upper_blank = all(not parts[above][column] for above in range(level))
            if below and group and any(r[column] for r in below) and (level == 0 or not upper_blank):
                row[column] = group
    headers = {}
    for column in range(width):
        path: list[str] = []
        for row in parts:
            cell = row[column]
            if cell and (not path or full_key(path[-1]) != full_key(cell)):
                path.append(cell.strip())
        if path:
            headers[column] = Header(tuple(path))
    return headers


def _is_stacked(head: Sequence[Row], merges: Sequence[Merge], first: int, depth: int) -> bool:
    """Whether the rows belong to one header: each lower row fills what the row above leaves open.

    A group stands over the columns to its right that are blank in its own row. A lower cell under a cell that
    is no group would be data (or another header), unless the upper row is a group row through and through.
    """
    near = _near(merges, first, depth)
    width = max(len(row) for row in head[first : first + depth])
    for row in head[first : first + depth - 1]:
        texts = [cell for cell in row if cell]
        if len(texts) < 2 or (len(texts) == 2 and _REMARK.search(texts[-1])):
            return False  # a title, alone or with the unit beside it
    for level in range(1, depth):
        upper, lower = head[first + level - 1], head[first + level]
        groups = _groups(upper, near, first + level - 1, width)
        if not groups:
            return False
        filled = [c for c in range(width) if c < len(lower) and lower[c]]
        inside = [c for c in filled if c in groups]
        if not inside or len(inside) < 0.99 * len(filled):
            return False
        covered = sum(1 for c in groups if c in inside)
        if covered < 0.7 * len(groups) or any(looks_like_value(str(lower[c])) for c in filled):
            return False
    return True


def _groups(row: Row, merges: Sequence[Merge], index: int, width: int) -> set[int]:
    """The columns under a cell that spans more than one."""
    inside: set[int] = set()
    # Where the other headers are merged downwards, one that is not is a group, even over a single column.
    beside_merged = any(m[0] == index < m[2] for m in merges)
    column = 0
    while column < width:
        if column < len(row) and row[column]:
            merge = _covering(merges, index, column)
            if merge and merge[2] > index:  # merged downwards: a header of its own
                column = max(column + 1, merge[3] + 1)
                continue
            end = column + 1
            while end < width and not (end < len(row) and row[end]) and not _own(merges, index, end):
                end += 1
            if merge:
                end = min(end, merge[3] + 1) if merge[3] > column else end
            if end - column > 1 or (not merge and beside_merged):
                inside.update(range(column, end))
            column = end
        else:
            column += 1
    return inside


def _own(merges: Sequence[Merge], index: int, column: int) -> bool:
    """Whether a blank cell belongs to a merge that began above (its header stands higher up)."""
    merge = _covering(merges, index, column)
    return merge is not None and merge[0] < index
