"""A household is known by its number; a member's row without it takes it from the register."""

from __future__ import annotations

import polars as pl

from shouwang.registry.linking.parts import Frames

REGISTER = "registry.person"


def fill(frames: Frames) -> None:
    """Fill an empty ``household_no`` of rows whose ``person`` the register has in one household."""
    wanting = [
        part
        for part in frames.parts
        if {"household_no", "person"} <= set(part.schema.names) and part.key[0] != REGISTER
    ]
    waiting = [part for part in wanting if _waits(frames.read(part, ["household_no", "person"]))]
    if not waiting:
        return
    register = [
        frames.read(part, ["person", "household_no"]) for part in frames.parts if part.key[0] == REGISTER
    ]
    if not register:
        return
    numbers = (
        pl.concat(register)
        .drop_nulls()
        .group_by("person")
        .agg(pl.col("household_no").unique())
        .filter(pl.col("household_no").list.len() == 1)
        .with_columns(pl.col("household_no").list.first().alias("_household"))
        .select("person", "_household")
    )
    for part in waiting:
        frame = frames.read(part)
        filled = frame.join(numbers, on="person", how="left", maintain_order="left").with_columns(
            pl.coalesce("household_no", "_household").alias("household_no")
        )
        if not filled["household_no"].equals(frame["household_no"], null_equal=True):
            frames.replace(part, filled.drop("_household"))


def _waits(frame: pl.DataFrame) -> bool:
    return bool(
        frame.select((pl.col("household_no").is_null() & pl.col("person").is_not_null()).any()).item()
    )
