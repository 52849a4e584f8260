"""Areas as offices write them: when two cells mean the same grid, and the same community.

One office writes 第一网格 in one sheet and 1号网格 in the next, 望河街道云溪社区 in a title and
云溪社区 in a column, and a log often names no community at all. Rules that join by area compare
keys, never the text, and treat an unknown community as "may be this one".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ibis.expr import types as ir

_FIGURES, _ARABIC = "一二三四五六七八九零〇", "12345678900"
_NUMBERED = r"^(.*(社区|村|居委会))?第?([0-9零〇一二三四五六七八九十]+)号?(网格|格|小网格|片区|片)?$"
_COMMUNITY_ENDING = r"(社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)$"
_ABOVE_COMMUNITY = r"^.*?(街道办事处|街道|镇|乡)"


def grid_key(grid: ir.StringValue) -> ir.StringValue:
    """The number of a numbered grid (第一网格, 1号网格, 云溪社区01网格 → ``"1"``), else its name.

    Numbers up to 99 in Chinese or Arabic figures. Null where no grid is written.
    """
    plain = grid.replace(" ", "").strip()
    written = plain.re_extract(_NUMBERED, 3)
    figures = written.translate(_FIGURES, _ARABIC)
    # Every step uses the one before once: written out twice, the text of a query grows with each step,
    # and Spark spends a minute on planning what it answers in a moment.
    ten = figures.re_replace("^十$", "10").re_replace("^十", "1").re_replace("十$", "0").replace("十", "")
    number = ten.re_replace("^0+", "")
    named = plain.re_replace(r"(网格|小网格)$", "")
    return number.nullif("").coalesce(named.nullif(""))


def community_key(division: ir.StringValue) -> ir.StringValue:
    """The bare name of a community or village: 望河街道云溪社区居委会 → 云溪.

    Null where none is written, or only what lies above it (望河街道). A division code stays as
    it is.
    """
    plain = division.replace(" ", "").strip()
    below = plain.re_replace(_ABOVE_COMMUNITY, "")
    return below.re_replace(_COMMUNITY_ENDING, "").nullif("")


def township_key(division: ir.StringValue) -> ir.StringValue:
    """The street or town a division names or lies in: 望河街道云溪社区 → 望河街道.

    Of a code the first nine digits. Null where none is written: 云溪社区 alone may lie in any.
    """
    plain = division.replace(" ", "").strip().re_replace("街道办事处", "街道")
    coded = plain.re_extract("^([0-9]{9})[0-9]{0,6}$", 1)
    named = plain.re_extract("([^省市区县]{2,}?(街道|镇|乡))", 1)
    return coded.nullif("").coalesce(named.nullif(""))


def community_name(division: str | None) -> str:
    """What :func:`community_key` says of one cell, outside an expression; empty where that is null."""
    plain = (division or "").replace(" ", "").strip()
    return re.sub(_COMMUNITY_ENDING, "", re.sub(_ABOVE_COMMUNITY, "", plain))


def below_township(division: str) -> str:
    """A community or village with its ending and without what lies above it: 望河街道石桥村 → 石桥村."""
    plain = division.replace(" ", "").strip()
    return re.sub(_ABOVE_COMMUNITY, "", plain) or plain


def located(table: ir.Table) -> ir.Table:
    """The table with ``community_key`` and, where it has a grid, ``grid_key``."""
    keys = {"community_key": community_key(table.division)}
    if "grid" in table.columns:
        keys["grid_key"] = grid_key(table.grid)
    return table.mutate(**keys)


def same_place(one: ir.StringValue, other: ir.StringValue) -> ir.BooleanValue:
    """Whether two community keys are one community, or may be: none stated is the whole office."""
    return one.isnull() | other.isnull() | (one == other)


def matched(
    left: ir.Table,
    right: ir.Table,
    ref: str,
    on: Sequence[str],
    where: Callable[[ir.Table], ir.BooleanValue] | None = None,
) -> ir.Table:
    """The ``ref`` of every left row that has a right row equal in ``on``, in what may be its community.

    Both tables carry ``community_key``; an unknown community matches any. ``where`` is a further
    condition on the joined row, whose columns of ``right`` have ``_right`` where the names clash.
    Three equality joins instead of one with "or", because only those an engine can hash.
    """

    def refs(one: ir.Table, other: ir.Table, keys: list[str]) -> ir.Table:
        joined = one.join(other, keys) if keys else one.cross_join(other)
        return (joined if where is None else joined.filter(where(joined))).select(ref)

    known = refs(left, right, ["community_key", *on])
    unknown_left = refs(left.filter(left.community_key.isnull()), right, list(on))
    unknown_right = refs(left, right.filter(right.community_key.isnull()), list(on))
    return known.union(unknown_left).union(unknown_right).distinct()
