"""How probably a stray row and a known person are the same: Splink's Fellegi–Sunter model.

The chances of agreement among different persons are counted from the persons themselves; the
chances among records of one person are fixed by experience with such ledgers (typing errors in
one name of twenty, one telephone of five changed). Nothing is trained, so the same rows always
give the same figures.
"""

from __future__ import annotations

import logging
from typing import Any

import polars as pl

AGREE_NAME = {"same": 0.90, "homophone": 0.05, "near": 0.03}
AGREE_SEX = 0.99
AGREE_BIRTH = {"same": 0.93, "near": 0.04}
AGREE_PHONE = 0.80
AGREE_DWELLING = 0.80
AGREE_HOUSEHOLD = 0.97
AGREE_AREA = 0.90
SAMPLE = 200_000
"""So many rows tell how common a value is."""
FLOOR = 1e-6
"""No agreement is rarer by chance than this: a handful of persons proves little."""

LISTS = {
    "phones": AGREE_PHONE,
    "dwellings": AGREE_DWELLING,
    "households": AGREE_HOUSEHOLD,
    "areas": AGREE_AREA,
}
BLOCKS = ("pinyin", "birth")
BLOCK_LISTS = ("phones", "dwellings", "households")


class Population:
    """What is common among all persons: counted over the first :data:`SAMPLE` rows seen."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []
        self._rows = 0
        self._persons: list[pl.Series] = []

    def see(self, persons: pl.DataFrame) -> None:
        """Count these rows of persons in."""
        self._persons.append(persons["person"].unique())
        if self._rows < SAMPLE:
            self._frames.append(persons.head(SAMPLE - self._rows).drop("_ref"))
            self._rows += self._frames[-1].height

    @property
    def size(self) -> int:
        """How many different persons there are."""
        return int(pl.concat(self._persons).n_unique()) if self._persons else 0

    def chance(self, column: str) -> float:
        """The chance that two different persons share a value of the column.

        The share of pairs that agree, never below one in the persons that have a value: so few
        persons can't show a smaller one.
        """
        rows = pl.concat(self._frames).select("person", column)
        if rows.schema[column] == pl.List(pl.String):
            rows = rows.explode(column)
        counts = rows.drop_nulls().unique()[column].value_counts()["count"].to_list()
        total = sum(counts)
        if total < 2:
            return 0.01
        pairs = sum(c * (c - 1) for c in counts) / (total * (total - 1))
        return float(min(0.9, max(FLOOR, 1 / total, pairs)))


def weigh(strays: pl.DataFrame, known: pl.DataFrame, population: Population) -> pl.DataFrame:
    """All pairs that share a blocking attribute.

    ``strays`` has ``id``, ``known`` has ``person``, both the compared columns. The result has
    ``id, person, probability, agreed, differs`` (names of attributes, a near miss is neither).
    """
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_level_library as levels
    from splink import comparison_library as comparisons

    def clause(column: str, parts: list[tuple[Any, float, float]]) -> Any:
        rest_m = max(FLOOR, 1 - sum(m for _level, m, _u in parts))
        rest_u = max(FLOOR, 1 - sum(u for _level, _m, u in parts))
        return comparisons.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                levels.NullLevel(column)
                if column not in LISTS
                else levels.CustomLevel(f"len({column}_l) = 0 OR len({column}_r) = 0").configure(
                    is_null_level=True
                ),
                *[level.configure(m_probability=m, u_probability=u) for level, m, u in parts],
                levels.ElseLevel().configure(m_probability=rest_m, u_probability=rest_u),
            ],
        )

    same, near = population.chance("name"), population.chance("pinyin")
    birth = population.chance("birth")
    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=min(0.5, 1 / max(2, population.size)),
        comparisons=[
            clause(
                "name",
                [
                    (levels.ExactMatchLevel("name"), AGREE_NAME["same"], same),
                    (levels.CustomLevel("pinyin_l = pinyin_r"), AGREE_NAME["homophone"], near),
                    (
                        levels.CustomLevel("jaro_winkler_similarity(pinyin_l, pinyin_r) >= 0.92"),
                        AGREE_NAME["near"],
                        min(0.5, 5 * near),
                    ),
                ],
            ),
            clause("sex", [(levels.ExactMatchLevel("sex"), AGREE_SEX, 0.5)]),
            clause(
                "birth",
                [
                    (levels.ExactMatchLevel("birth"), AGREE_BIRTH["same"], birth),
                    (
                        levels.CustomLevel("damerau_levenshtein(birth_l, birth_r) <= 1"),
                        AGREE_BIRTH["near"],
                        min(0.5, 30 * birth),
                    ),
                ],
            ),
            *[
                clause(
                    column,
                    [
                        (
                            levels.ArrayIntersectLevel(column, min_intersection=1),
                            m,
                            population.chance(column),
                        )
                    ],
                )
                for column, m in LISTS.items()
            ],
        ],
        blocking_rules_to_generate_predictions=[
            *[block_on(column) for column in BLOCKS],
            *[block_on(column, arrays_to_explode=[column]) for column in BLOCK_LISTS],
        ],
        unique_id_column_name="id",
        retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=["pinyin"],
    )
    compared = ["id", "name", "pinyin", "sex", "birth", *LISTS]
    quiet = logging.getLogger("splink")
    level = quiet.level
    quiet.setLevel(logging.ERROR)
    try:
        database = DuckDBAPI()
        people = known.with_columns(pl.col("person").alias("id")).select(compared).to_arrow()
        tables = [database.register(people, dataset_display_name="known")]
        tables.append(database.register(strays.select(compared).to_arrow(), dataset_display_name="stray"))
        linker = Linker(tables, settings, log_level=logging.ERROR, validate_settings=False)
        scored = pl.DataFrame(linker.inference.predict().as_pyarrow_table())  # type: ignore[no-untyped-call]
    finally:
        quiet.setLevel(level)
    if scored.is_empty():
        return pl.DataFrame(
            schema={
                "id": pl.String,
                "person": pl.String,
                "probability": pl.Float64,
                "agreed": pl.List(pl.String),
                "differs": pl.List(pl.String),
            }
        )
    return _named(scored)


def _named(scored: pl.DataFrame) -> pl.DataFrame:
    """Splink's columns as ``id, person, probability, agreed, differs``."""
    left_is_known = pl.col("source_dataset_l") == "known"
    highest = {"name": 3, "sex": 1, "birth": 2} | dict.fromkeys(LISTS, 1)

    def attributes(test: dict[str, pl.Expr]) -> pl.Expr:
        found = [pl.when(expr).then(pl.lit(name)) for name, expr in test.items()]
        return pl.concat_list(found).list.drop_nulls()

    return scored.select(
        pl.when(left_is_known).then("id_r").otherwise("id_l").alias("id"),
        pl.when(left_is_known).then("id_l").otherwise("id_r").alias("person"),
        pl.col("match_probability").round(6).alias("probability"),
        attributes({c: pl.col(f"gamma_{c}") == top for c, top in highest.items()}).alias("agreed"),
        attributes({c: pl.col(f"gamma_{c}") == 0 for c in highest}).alias("differs"),
    )
