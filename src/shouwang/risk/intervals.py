"""How far a figure can be trusted: 95 % intervals of shares and of falls, as expressions.

A share of a sample and a fall of small counts are uncertain, and a point alone would say more than
it knows. All bounds come from Wilson's score interval, which stays within 0 and 1 and is honest for
small numbers and for shares of 0 and 1 (where the normal approximation has no width at all):

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

Z = 1.959963984540054
"""The 97.5 % point of the standard normal distribution: two-sided 95 %."""


def wilson(
    hits: ir.NumericValue, asked: ir.NumericValue, population: ir.NumericValue | None = None
) -> tuple[ir.FloatingValue, ir.FloatingValue]:
    """Lower and upper bound of the share ``hits`` of ``asked``, from 0 to 1; null where nobody was asked.

    Where the sample is a good part of a known ``population``, asking the rest could not change the
    share by as much: the sample counts as ``asked × (population - 1) ÷ (population - asked)``
    (finite population correction). Where all were asked, both bounds are the share. A population
    smaller than the sample is a slip and is left out of account.
    """
    one = ibis.literal(1.0)
    n = ibis.ifelse(asked > 0, asked.cast("float64"), ibis.null("float64"))
    share = hits.cast("float64") / n
    if population is not None:
        everybody = population.cast("float64")
        rest = ibis.ifelse(everybody > n, everybody - n, one)
        usable = (everybody > n).fill_null(False)
        complete = (everybody == n).fill_null(False)
        n = ibis.ifelse(usable, n * (everybody - 1) / rest, n)
    width = (share * (1 - share) / n + Z * Z / (4 * n * n)).sqrt() * Z
    middle, scale = share + Z * Z / (2 * n), 1 + Z * Z / n
    low, high = (middle - width) / scale, (middle + width) / scale
    # Rounding may lead a hair's breadth beyond 0 and 1, which are bounds that can be reached.
    low, high = ibis.ifelse(low < 0, 0.0, low), ibis.ifelse(high > 1, 1.0, high)
    if population is not None:
        low, high = ibis.ifelse(complete, share, low), ibis.ifelse(complete, share, high)
    return low, high


def fall(before: ir.NumericValue, after: ir.NumericValue) -> tuple[ir.FloatingValue, ir.FloatingValue]:
    """Lower and upper bound of the fall ``1 - after ÷ before`` of two counts of independent events.

    Given how many events there were in both periods, those of the second are a share of them; its
    interval is turned into one of the ratio of the two rates. Null where nothing happened before.
    The lower bound may be far below 0: the figures then also fit a rise.
    """
    earlier = ibis.ifelse(before > 0, before.cast("float64"), ibis.null("float64"))
    least, most = wilson(after, earlier + after.cast("float64"))
    return 1 - most / (1 - most), 1 - least / (1 - least)


def bounds(
    rows: ir.Table, low: ir.FloatingValue, high: ir.FloatingValue, period: ir.StringValue, scale: int = 1
) -> ir.Table:
    """One row a bound, for an indicator: ``division``, ``period`` (with 下限 or 上限), ``value``."""
    made = [
        rows.select("division", period=period + word, value=(value * scale).round(6))
        for word, value in (("下限", low), ("上限", high))
    ]
    return made[0].union(made[1])
