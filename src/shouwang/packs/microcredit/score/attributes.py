"""What a score may rest on: ten numbers and words that ledgers held on the day of application.

The list is closed. Nobody's character, conduct, family, sex, age, address or community is on it, and the
columns that hold them are not even read (:data:`SOURCES`); a test holds both. Nothing that happened after
the day of application is seen, or the score would foretell what it knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from shouwang.snapshot.store import Snapshot
from shouwang.standards.reading import N_

SOURCES: Mapping[str, tuple[str, ...]] = {
    "microcredit.application": (
        "application_no",
        "name",
        "person",
        "applied_on",
        "startup_money",
        "asked",
        "approved",
        "licence",
        "result",
        "approved_on",
    ),
    "microcredit.loan": (
        "loan_no",
        "application_no",
        "name",
        "person",
        "paid_out_on",
        "due_on",
        "amount",
        "outstanding",
        "settled_on",
        "overdue_kind",
    ),
    "microcredit.bad_debt": ("loan_no",),
    "microcredit.bad_record": ("person", "recorded_on", "removed_on"),
    "microcredit.credit_file": ("person", "recorded_on", "other_debt"),
    "microcredit.economic_file": ("person", "opened_on", "yearly_income", "debts"),
    "microcredit.training": ("person", "completed_on", "result"),
    "registry.business": ("person", "credit_code", "opened_on"),
}
"""The ledgers and the only columns of them that are read. Name and ID join rows and head the results."""

SPECIAL = -1.0
"""Stands for "the question does not arise" in a number; what that means, each attribute says."""

Direction = Literal["ascending", "descending", "free"]


@dataclass(frozen=True)
class Attribute:
    """One attribute of a card.

    ``direction`` is that of the share of bad loans as the number grows: what the text and common sense say
    must be so, and the bins are held to it; ``free`` claims nothing. ``special`` says what :data:`SPECIAL`
    means.
    """

    name: str
    label: str
    unit: str
    direction: Direction
    special: str = ""
    words: bool = False


ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("asked", N_("申请金额"), N_("元"), "free"),
    Attribute("share_of_need", N_("申请金额与开办经费之比"), "", "ascending"),
    Attribute("repaid_before", N_("以往按期还清的贷款"), N_("笔"), "descending"),
    Attribute("worst_delay", N_("以往最长逾期"), N_("天"), "ascending", N_("首次借款")),
    Attribute("open_loans", N_("申请时未结清的贷款"), N_("笔"), "ascending"),
    Attribute("bad_records", N_("申请时有效的不良信用记录"), N_("条"), "ascending"),
    Attribute("other_debt", N_("申请时档案记有的其他债务"), N_("元"), "ascending"),
    Attribute("debt_to_income", N_("债务连同申请金额与家庭年收入之比"), "", "ascending", N_("年收入为零")),
    Attribute("trading_months", N_("申请时已经营"), N_("个月"), "descending", N_("商户名单中没有")),
    Attribute("training", N_("申请前的创业培训"), "", "free", words=True),
)
"""All that a card may use; training takes what the ledgers of an office bear out."""

BY_NAME: Mapping[str, Attribute] = {one.name: one for one in ATTRIBUTES}
NO_TRAINING = N_("没有记录")

Ledgers = Mapping[str, pl.DataFrame]


def read(snapshot: Snapshot) -> dict[str, pl.DataFrame]:
    """The rows of the ledgers in :data:`SOURCES`, those columns alone; an absent ledger is left out."""
    found = {}
    for name, columns in SOURCES.items():
        parts = [
            pl.DataFrame(pl.from_arrow(snapshot.read(part).select(list(columns))))
            for part in snapshot.parts_of(name)
        ]
        if parts:
            found[name] = pl.concat(parts)
    return found


def _empty(name: str) -> pl.DataFrame:
    from shouwang.ledger.catalogue import ledger

    rows = ledger(name).schema.empty_table().select(list(SOURCES[name]))
    return pl.DataFrame(pl.from_arrow(rows))


def _rows(ledgers: Ledgers, name: str) -> pl.DataFrame:
    return ledgers[name] if name in ledgers else _empty(name)


def cases(ledgers: Ledgers) -> pl.DataFrame:
    """One row an application: who asked for how much on which day.

    Columns: ``case`` (its number), ``loan_no`` of the first loan paid out for it, ``name``, ``person``,
    ``on``, ``asked``, ``need``, ``licence``. One without person or day is left out: its attributes can't be
    known. A loan without an application is too, for a score is asked for on the day of application.
    """
    loans = _rows(ledgers, "microcredit.loan").filter(pl.col("application_no").is_not_null())
    firsts = loans.sort("paid_out_on", "loan_no", nulls_last=True).unique(
        "application_no", keep="first", maintain_order=True
    )
    rows = _rows(ledgers, "microcredit.application").filter(pl.col("application_no").is_not_null())
    rows = rows.unique("application_no", keep="first", maintain_order=True)
    rows = rows.join(firsts.select("application_no", "loan_no"), "application_no", how="left").select(
        case="application_no",
        loan_no="loan_no",
        name="name",
        person="person",
        on="applied_on",
        asked=pl.coalesce("asked", "approved").cast(pl.Float64),
        need=pl.col("startup_money").cast(pl.Float64),
        licence="licence",
    )
    return rows.filter(pl.col("person").is_not_null() & pl.col("on").is_not_null()).sort("case")


def attributes(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """The attributes of ``some`` cases (of :func:`cases`), a column each, null where it is not known.

    ``worst_delay``, ``debt_to_income`` and ``trading_months`` may be :data:`SPECIAL`.
    """
    found = some.with_columns(
        share_of_need=pl.when(pl.col("need") > 0).then(pl.col("asked") / pl.col("need"))
    )
    for step in (_earlier_loans, _records, _debts, _trade, _courses):
        found = step(ledgers, found)
    return found.select("case", "loan_no", "name", "person", "on", *BY_NAME)


def _earlier_loans(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """What the person's loans paid out before the day told on that day."""
    loans = _rows(ledgers, "microcredit.loan").select(
        "person", "due_on", "paid_out_on", "settled_on", other="loan_no", open=pl.col("outstanding") != 0
    )
    both = some.select("case", "person", "on", "loan_no").join(loans, "person")
    both = both.filter((pl.col("paid_out_on") < pl.col("on")) & pl.col("other").ne_missing(pl.col("loan_no")))
    settled = (pl.col("settled_on") < pl.col("on")).fill_null(False)
    # Repaid on a day that nobody wrote down: it may have been before or after.
    unknown = pl.col("settled_on").is_null() & ~pl.col("open").fill_null(True)
    until = pl.when(settled).then(pl.col("settled_on")).otherwise(pl.col("on"))
    delay = (until - pl.col("due_on")).dt.total_days().clip(lower_bound=0)
    seen = both.group_by("case").agg(
        repaid_before=(settled & (pl.col("settled_on") <= pl.col("due_on"))).sum().cast(pl.Float64),
        worst_delay=pl.when(unknown).then(None).otherwise(delay).max().cast(pl.Float64),
        open_loans=(~settled & ~unknown).sum().cast(pl.Float64),
    )
    found = some.join(seen, "case", how="left")
    first = pl.col("repaid_before").is_null()
    return found.with_columns(
        pl.col("repaid_before").fill_null(0.0),
        pl.col("open_loans").fill_null(0.0),
        worst_delay=pl.when(first).then(SPECIAL).otherwise(pl.col("worst_delay")),
    )


def _records(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """Entries of the shared record that stood on that day; unknown where the office keeps no such record."""
    if "microcredit.bad_record" not in ledgers:
        return some.with_columns(bad_records=pl.lit(None, pl.Float64))
    both = some.select("case", "person", "on").join(ledgers["microcredit.bad_record"], "person")
    stood = both.filter(
        (pl.col("recorded_on") < pl.col("on"))
        & (pl.col("removed_on").is_null() | (pl.col("removed_on") >= pl.col("on")))
    )
    counted = stood.group_by("case").agg(bad_records=pl.len().cast(pl.Float64))
    return some.join(counted, "case", how="left").with_columns(pl.col("bad_records").fill_null(0.0))


def _latest(rows: pl.DataFrame, some: pl.DataFrame, day: str, value: str) -> pl.DataFrame:
    """The value of the latest entry up to the day of each case; the greater of two of one day."""
    both = some.select("case", "person", "on").join(rows.filter(pl.col(value).is_not_null()), "person")
    both = both.filter(pl.col(day) <= pl.col("on")).sort("case", day, value)
    return both.group_by("case", maintain_order=True).agg(pl.col(value).last().cast(pl.Float64))


def _debts(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """Debts and income as the files had them: on debts the credit file goes before the economic file."""
    homes = _rows(ledgers, "microcredit.economic_file")
    files = _rows(ledgers, "microcredit.credit_file")
    for rows, day, value in (
        (files, "recorded_on", "other_debt"),
        (homes, "opened_on", "debts"),
        (homes, "opened_on", "yearly_income"),
    ):
        some = some.join(_latest(rows, some, day, value), "case", how="left")
    debt = pl.coalesce("other_debt", "debts")
    burden = (debt.fill_null(0.0) + pl.col("asked")) / pl.col("yearly_income")
    return some.with_columns(
        other_debt=debt,
        debt_to_income=pl.when(pl.col("yearly_income") == 0)
        .then(SPECIAL)
        .when(pl.col("yearly_income") > 0)
        .then(burden),
    )


def _trade(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """Full months since the oldest shop of the applicant, or of the licence named, was opened."""
    if "registry.business" not in ledgers:
        return some.with_columns(trading_months=pl.lit(None, pl.Float64))
    shops = ledgers["registry.business"].filter(pl.col("opened_on").is_not_null())
    by_person = some.select("case", "person", "on").join(shops.select("person", "opened_on"), "person")
    by_licence = some.select("case", "licence", "on").join(
        shops.select("opened_on", licence="credit_code"), "licence"
    )
    columns = ["case", "on", "opened_on"]
    both = pl.concat([by_person.select(columns), by_licence.select(columns)])
    both = both.filter(pl.col("opened_on") <= pl.col("on"))
    opened, on = pl.col("opened_on"), pl.col("on")
    months = (
        (on.dt.year() - opened.dt.year()) * 12
        + on.dt.month().cast(pl.Int32)
        - opened.dt.month().cast(pl.Int32)
    )
    full = months - (on.dt.day() < opened.dt.day()).cast(pl.Int32)
    oldest = both.group_by("case").agg(trading_months=full.max().cast(pl.Float64))
    return some.join(oldest, "case", how="left").with_columns(pl.col("trading_months").fill_null(SPECIAL))


def _courses(ledgers: Ledgers, some: pl.DataFrame) -> pl.DataFrame:
    """The best result of a course completed before the day; unknown where the office keeps no such list."""
    if "microcredit.training" not in ledgers:
        return some.with_columns(training=pl.lit(None, pl.String))
    both = some.select("case", "person", "on").join(ledgers["microcredit.training"], "person")
    both = both.filter((pl.col("completed_on") < pl.col("on")) & pl.col("result").is_in(["合格", "不合格"]))
    best = both.group_by("case").agg(passed=(pl.col("result") == "合格").any())
    word = (
        pl.when(pl.col("passed"))
        .then(pl.lit("合格"))
        .when(pl.col("passed").not_())
        .then(pl.lit("不合格"))
        .otherwise(pl.lit(NO_TRAINING))
    )
    return some.join(best, "case", how="left").with_columns(training=word).drop("passed")


def applied(ledgers: Ledgers, as_of: dt.date, *, everybody: bool) -> pl.DataFrame:
    """The :func:`cases` that are applications of up to the day; without ``everybody`` those not decided yet.

    Decided is an application with a result other than 在办, or with a day of the bank's approval.
    """
    rows = _rows(ledgers, "microcredit.application")
    waiting = pl.col("result").is_null() & pl.col("approved_on").is_null() | (pl.col("result") == "在办")
    chosen = rows if everybody else rows.filter(waiting.fill_null(False))
    return (
        cases(ledgers)
        .filter(pl.col("on") <= as_of)
        .join(chosen.select(case="application_no").unique(), "case", how="semi")
    )


@dataclass(frozen=True)
class Outcome:
    """When a loan counts as bad, and when as good; what lies between is left out of the training.

    Bad: repaid or still owing more than ``bad_days`` after the due day, marked as wilful default, or in the
    register of bad debts. Good: repaid in full not more than ``good_days`` after the due day.
    """

    bad_days: int = 90
    good_days: int = 0


def outcomes(ledgers: Ledgers, as_of: dt.date, rule: Outcome) -> pl.DataFrame:
    """``loan_no`` and ``bad`` of every loan whose end is known by the day."""
    loans = _rows(ledgers, "microcredit.loan").filter(pl.col("due_on").is_not_null())
    lost = _rows(ledgers, "microcredit.bad_debt").select("loan_no").unique().with_columns(lost=True)
    loans = loans.join(lost, "loan_no", how="left").with_columns(pl.col("lost").fill_null(False))
    settled = (pl.col("settled_on") <= as_of).fill_null(False)
    owing = ~settled & (pl.col("outstanding").is_null() | (pl.col("outstanding") > 0))
    late = (
        pl.when(settled).then(pl.col("settled_on")).otherwise(pl.lit(as_of)) - pl.col("due_on")
    ).dt.total_days()
    wilful = pl.col("overdue_kind") == "恶意拖欠"
    bad = pl.col("lost") | wilful.fill_null(False) | ((settled | owing) & (late > rule.bad_days))
    good = settled & (late <= rule.good_days)
    known = loans.with_columns(bad=bad, good=good).filter(pl.col("bad") | pl.col("good"))
    return known.select("loan_no", "bad").unique("loan_no", keep="first", maintain_order=True)
