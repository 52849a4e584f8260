"""Chinese names as pinyin without tones, so that homophones meet and distances count letters."""

from __future__ import annotations

import polars as pl
from pypinyin import Style, lazy_pinyin


def spell(text: str) -> str:
    """The syllables of a name, ``"张三"`` → ``"zhang san"``; other characters stay."""
    return " ".join(lazy_pinyin(text, style=Style.NORMAL)).lower()


def toneless(names: pl.Series) -> pl.Series:
    """Each name in pinyin; every distinct name is spelled once."""
    distinct = names.drop_nulls().unique()
    spelled = pl.Series([spell(n) for n in distinct], dtype=pl.String)
    return names.replace_strict(distinct, spelled, default=None, return_dtype=pl.String)
