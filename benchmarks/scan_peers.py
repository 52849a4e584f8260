"""The same questions as an analyst would put them: SQL by hand, Polars, pandas.

Written before looking at what the engine makes of a rule, each with its own passes over the same
Parquet files, fetched as ``subject, name, division, day, amount``. The parameters are those of the
made town (``shouwang synth``): payment by the 10th, base between 4,071 and 20,355 yuan.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

LEDGERS = {
    "payment": "assistance.payment",
    "recipient": "assistance.recipient",
    "death": "registry.death",
    "person": "registry.person",
    "business": "registry.business",
    "contribution": "insurance.contribution",
    "pension": "insurance.pension_payment",
    "stay": "insurance.inpatient_stay",
}
NOT_REGULAR = "补发|追回|退回|扣回|一次性"
REGULAR = "coalesce(kind, '') NOT IN ('补发', '追回', '一次性') AND " + " AND ".join(
    f"NOT coalesce(contains(note, '{word}'), false)" for word in NOT_REGULAR.split("|")
)

SQL = {
    "assistance.paid-late": f"""
        SELECT certificate AS subject, name, division, paid_on, NULL AS amount FROM payment
        WHERE due_on IS NULL AND paid > 0 AND {REGULAR}
          AND paid_on > least(month + 9, last_day(month))""",
    "assistance.paid-after-due-date": f"""
        SELECT certificate AS subject, name, division, paid_on, NULL AS amount FROM payment
        WHERE paid > 0 AND {REGULAR} AND paid_on > due_on""",
    "insurance.base-above-cap": """
        SELECT person AS subject, name, division, month, NULL AS amount FROM contribution
        WHERE base > 20355""",
    "insurance.base-below-floor": """
        SELECT person AS subject, name, division, month, NULL AS amount FROM contribution
        WHERE base < 4071 AND (base > 0 OR coalesce(total, 0) > 0)""",
    "insurance.total-wrong": """
        SELECT person AS subject, name, division, month, parts - total AS amount FROM (
          SELECT *, coalesce(unit_pension, 0) + coalesce(unit_medical, 0) + coalesce(unit_unemployment, 0)
            + coalesce(unit_injury, 0) + coalesce(unit_maternity, 0) + coalesce(own_pension, 0)
            + coalesce(own_medical, 0) + coalesce(own_unemployment, 0) AS parts FROM contribution)
        WHERE parts - total > 0.05""",
    "insurance.stay-fund-exceeds-cost": """
        SELECT person AS subject, name, division, admitted_on, fund + coalesce(own, 0) - cost AS amount
        FROM stay WHERE fund + coalesce(own, 0) - cost >= 1""",
    "insurance.stay-dates-wrong": """
        SELECT person AS subject, name, division, admitted_on, fund AS amount FROM stay
        WHERE discharged_on < admitted_on
           OR days NOT IN (discharged_on - admitted_on, discharged_on - admitted_on + 1)""",
    "assistance.paid-twice": f"""
        WITH p AS (SELECT certificate, name, division, month, paid_on, paid, due FROM payment
                   WHERE paid > 0 AND {REGULAR}),
        m AS (SELECT certificate, month, sum(paid) AS total, coalesce(max(due), max(paid)) AS entitled
              FROM p GROUP BY ALL HAVING count(*) > 1 AND sum(paid) > coalesce(max(due), max(paid)))
        SELECT certificate AS subject, name, division, paid_on, total - entitled AS amount
        FROM p JOIN m USING (certificate, month)""",
    "assistance.paid-after-death": f"""
        WITH dead AS (
          SELECT person, min(died_on) AS died_on FROM death GROUP BY person
          UNION ALL
          SELECT person, min(status_on) FROM person WHERE status = '死亡' AND status_on IS NOT NULL
            AND person NOT IN (SELECT person FROM death WHERE person IS NOT NULL) GROUP BY person),
        late AS (
          SELECT p.person, p.name, p.division, p.month,
            CASE WHEN p.kind = '追回' OR regexp_matches(coalesce(p.note, ''), '追回|退回|扣回')
                 THEN -abs(p.paid) ELSE p.paid END AS stake
          FROM payment p JOIN dead USING (person)
          WHERE p.month > dead.died_on AND p.paid IS NOT NULL
            AND (({REGULAR}) OR p.kind = '追回' OR regexp_matches(coalesce(p.note, ''), '追回|退回|扣回')))
        SELECT person AS subject, name, division, month, stake AS amount FROM late
        QUALIFY sum(stake) OVER (PARTITION BY person) > 0""",
    "insurance.pension-after-death": """
        WITH dead AS (SELECT person, max(died_on) AS died_on FROM death GROUP BY person),
        late AS (
          SELECT DISTINCT ON (p.person, p.month, p.kind, p.amount)
            p.person, p.name, p.division, p.month, p.amount
          FROM pension p JOIN dead USING (person)
          WHERE p.amount <> 0 AND coalesce(p.kind, '') NOT IN ('丧葬抚恤', '补发')
            AND p.month > date_trunc('month', dead.died_on))
        SELECT person AS subject, name, division, month, amount FROM late
        QUALIFY sum(amount) OVER (PARTITION BY person) > 0""",
    "insurance.inpatient-after-death": """
        WITH dead AS (SELECT person, max(died_on) AS died_on FROM death GROUP BY person)
        SELECT person AS subject, name, division, admitted_on, fund AS amount
        FROM stay JOIN dead USING (person)
        WHERE admitted_on > died_on OR discharged_on > died_on""",
    "insurance.inpatient-overlap": """
        SELECT DISTINCT b.person AS subject, b.name, b.division, b.admitted_on, b.fund AS amount
        FROM stay a JOIN stay b
          ON a.person = b.person AND a._ref <> b._ref
         AND b.admitted_on < a.discharged_on AND a.admitted_on <= b.admitted_on
         AND (a.admitted_on, a.discharged_on, a._ref) < (b.admitted_on, b.discharged_on, b._ref)
        WHERE NOT (a.hospital IS NOT DISTINCT FROM b.hospital AND a.admitted_on = b.admitted_on)""",
    "assistance.member-is-trader": """
        WITH r AS (SELECT *, least(stop_month, cut_month) AS ended FROM recipient)
        SELECT DISTINCT r.person AS subject, r.name, r.division, b.opened_on, r.amount
        FROM r JOIN business b USING (person)
        WHERE NOT (coalesce(b.status, '') IN ('注销', '吊销') AND b.closed_on IS NULL)
          AND (b.opened_on IS NULL OR r.ended IS NULL OR b.opened_on < r.ended)
          AND (b.closed_on IS NULL OR r.start_month IS NULL OR b.closed_on > r.start_month)""",
}
"""By rule, the SQL over views named as in ``LEDGERS``."""


def views(connection: Any, snapshot: Path) -> None:
    """One view a ledger over its Parquet files."""
    for view, ledger in LEDGERS.items():
        connection.execute(f"CREATE VIEW {view} AS FROM read_parquet('{snapshot}/{ledger}/*.parquet')")


def _polars_regular() -> Any:
    import polars as pl

    kind = pl.col("kind").fill_null("").is_in(["补发", "追回", "一次性"])
    return ~kind & ~pl.col("note").fill_null("").str.contains(NOT_REGULAR)


def polars_questions(snapshot: Path) -> dict[str, Callable[[], set[str]]]:
    """Five of the questions in Polars, lazily from the same files."""
    import polars as pl

    def ledger(view: str) -> pl.LazyFrame:
        return pl.scan_parquet(f"{snapshot}/{LEDGERS[view]}/*.parquet")

    def subjects(rows: pl.LazyFrame, column: str) -> set[str]:
        return set(rows.select(column, "name", "division").collect(engine="streaming")[column])

    def late() -> set[str]:
        rows = ledger("payment").filter(
            _polars_regular() & (pl.col("paid") > 0) & (pl.col("paid_on") > pl.col("due_on"))
        )
        return subjects(rows, "certificate")

    def above() -> set[str]:
        return subjects(ledger("contribution").filter(pl.col("base") > 20355), "person")

    def twice() -> set[str]:
        paid = ledger("payment").filter(_polars_regular() & (pl.col("paid") > 0))
        paid = paid.select("certificate", "month", "name", "division", "paid", "due")
        months = paid.group_by("certificate", "month").agg(
            pl.len().alias("times"), pl.col("paid").sum().alias("total"),
            pl.coalesce(pl.col("due").max(), pl.col("paid").max()).alias("entitled"),
        )  # fmt: skip
        often = months.filter((pl.col("times") > 1) & (pl.col("total") > pl.col("entitled")))
        return subjects(paid.join(often, on=["certificate", "month"]), "certificate")

    def admitted() -> set[str]:
        dead = ledger("death").group_by("person").agg(pl.col("died_on").max())
        rows = ledger("stay").select("person", "name", "division", "admitted_on", "discharged_on")
        rows = rows.join(dead, on="person")
        return subjects(
            rows.filter(
                (pl.col("admitted_on") > pl.col("died_on")) | (pl.col("discharged_on") > pl.col("died_on"))
            ),
            "person",
        )

    def pensions() -> set[str]:
        dead = ledger("death").group_by("person").agg(pl.col("died_on").max())
        other = pl.col("kind").fill_null("").is_in(["丧葬抚恤", "补发"])
        rows = ledger("pension").filter((pl.col("amount") != 0) & ~other)
        rows = rows.select("person", "name", "division", "month", "kind", "amount").join(dead, on="person")
        rows = rows.filter(pl.col("month") > pl.col("died_on").dt.month_start())
        rows = rows.unique(["person", "month", "kind", "amount"])
        return subjects(rows.filter(pl.col("amount").sum().over("person") > 0), "person")

    return {
        "assistance.paid-after-due-date": late,
        "insurance.base-above-cap": above,
        "assistance.paid-twice": twice,
        "insurance.inpatient-after-death": admitted,
        "insurance.pension-after-death": pensions,
    }


def pandas_questions(snapshot: Path) -> dict[str, Callable[[], set[str]]]:
    """The same five in pandas, each reading the columns that it needs."""
    import pandas as pd

    def ledger(view: str, *columns: str) -> pd.DataFrame:
        return pd.read_parquet(snapshot / LEDGERS[view], columns=list(columns))

    def regular(rows: pd.DataFrame) -> pd.Series:
        kind = rows["kind"].fillna("").isin(["补发", "追回", "一次性"])
        return ~kind & ~rows["note"].astype("string").fillna("").str.contains(NOT_REGULAR)

    def late() -> set[str]:
        rows = ledger(
            "payment", "certificate", "name", "division", "kind", "note", "paid", "paid_on", "due_on"
        )
        rows = rows[regular(rows) & (rows["paid"].astype(float) > 0)]
        return set(rows[pd.to_datetime(rows["paid_on"]) > pd.to_datetime(rows["due_on"])]["certificate"])

    def above() -> set[str]:
        rows = ledger("contribution", "person", "name", "division", "month", "base")
        return set(rows[rows["base"].astype(float) > 20355]["person"])

    def twice() -> set[str]:
        rows = ledger("payment", "certificate", "month", "name", "division", "kind", "note", "paid", "due")
        rows = rows.assign(paid=rows["paid"].astype(float), due=rows["due"].astype(float))
        rows = rows[regular(rows) & (rows["paid"] > 0)]
        months = rows.groupby(["certificate", "month"], as_index=False).agg(
            times=("paid", "size"), total=("paid", "sum"), due=("due", "max"), most=("paid", "max")
        )
        often = months[
            (months["times"] > 1) & (months["total"].round(2) > months["due"].fillna(months["most"]))
        ]
        return set(rows.merge(often[["certificate", "month"]])["certificate"])

    def admitted() -> set[str]:
        dead = ledger("death", "person", "died_on").groupby("person", as_index=False).max()
        rows = ledger("stay", "person", "name", "division", "admitted_on", "discharged_on").merge(
            dead, on="person"
        )
        after = (rows["admitted_on"] > rows["died_on"]) | (rows["discharged_on"] > rows["died_on"])
        return set(rows[after]["person"])

    def pensions() -> set[str]:
        dead = ledger("death", "person", "died_on").groupby("person", as_index=False).max()
        rows = ledger("pension", "person", "name", "division", "month", "kind", "amount")
        rows = rows.assign(amount=rows["amount"].astype(float))
        rows = rows[(rows["amount"] != 0) & ~rows["kind"].fillna("").isin(["丧葬抚恤", "补发"])]
        rows = rows.merge(dead, on="person")
        first = pd.to_datetime(rows["died_on"]).dt.to_period("M").dt.start_time
        rows = rows[pd.to_datetime(rows["month"]) > first]
        rows = rows.drop_duplicates(["person", "month", "kind", "amount"])
        return set(rows[rows.groupby("person")["amount"].transform("sum") > 0]["person"])

    return {
        "assistance.paid-after-due-date": late,
        "insurance.base-above-cap": above,
        "assistance.paid-twice": twice,
        "insurance.inpatient-after-death": admitted,
        "insurance.pension-after-death": pensions,
    }
