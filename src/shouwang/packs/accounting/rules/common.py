"""What several rules of the pack mean by entered, spending, and a person's name."""

from __future__ import annotations

import datetime as dt
import re

import ibis
from ibis.expr import types as ir

from shouwang.risk.areas import community_key
from shouwang.risk.expressions import mentions

_PERSON = "^[一-龥·]{2,4}$"
_BODY = "(社|会|村|厂|部|站|所|店|行|局|院|校|组|队|中心|公司|社区|专户|专用|基本户|账户)$"


ZERO = ibis.literal(0).cast("decimal(18, 2)")
"""Nought yuan."""
KEPT_OUT = ("退", "未", "作废", "不", "否", "待")
"""What the state of a voucher says that was sent back, kept out or cancelled."""
INCOME = ("收入", "收款")
"""What the direction of a voucher says that is income."""


def entered(voucher: ir.Table) -> ir.BooleanValue:
    """In the books: its state does not say that it was sent back, kept out or cancelled.

    A register without a state lists what was entered.
    """
    return ~mentions(voucher.state, *KEPT_OUT)


def spending(voucher: ir.Table) -> ir.BooleanValue:
    """A payment, as far as the voucher does not say that it is income."""
    return ~mentions(voucher.direction, *INCOME)


def voucher_key(voucher: ir.Table) -> ir.StringValue:
    """Tells vouchers of one number apart: offices begin again with 1 for each village or month."""
    day = ibis.coalesce(voucher.voucher_on.cast("string"), ibis.literal(""))
    return (ibis.coalesce(voucher.division, ibis.literal("")) + " " + day).strip()


def names_a_person(holder: ir.StringValue) -> ir.BooleanValue:
    """Whether an account holder is written like a person (two to four characters, no body's ending)."""
    bare = holder.replace(" ", "").re_replace("[（(].*$", "")
    return (bare.re_search(_PERSON) & ~bare.re_search(_BODY)).fill_null(False)


def is_a_person(holder: str) -> bool:
    """The same of one text, outside an expression."""
    bare = re.sub("[（(].*$", "", holder.replace(" ", ""))
    return bool(re.search(_PERSON, bare)) and not re.search(_BODY, bare)


def number_of(text: ir.StringValue) -> ir.IntegerValue:
    """The trailing figures of a number as an integer (``收0018001`` → 18001); null where there are none."""
    digits = text.re_extract("([0-9]{1,15})$", 1)
    return ibis.cases((digits != "", digits.cast("int64")), else_=ibis.null("int64"))


def located(table: ir.Table) -> ir.Table:
    """The table with ``owner``: the bare name of its village or community."""
    return table.mutate(owner=community_key(table.division))


def last_full_month(day: dt.date) -> dt.date:
    """The first day of the latest month that has ended by the evening of ``day``."""
    first = day.replace(day=1)
    if (day + dt.timedelta(days=1)).day == 1:
        return first
    return (first - dt.timedelta(days=1)).replace(day=1)
