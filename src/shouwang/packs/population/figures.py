"""Population figures with their qualifier: exact, "more than" (余) or "about" (约) (S1-14).

The ledger keeps a figure as it is written ("9000余人", "约1万"), so that its qualifier can't get
lost; here it is taken apart for reckoning, in Python and as an expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import ibis
from ibis.expr import types as ir

_ABOUT = ("约", "大约", "左右", "近", "大概", "上下")
_MORE = ("余", "多", "以上", "+")
_FIGURE = re.compile(r"^\D*?(\d[\d,，]*(?:\.\d+)?)\s*(万?)[^\d]*$")


class Qualifier(StrEnum):
    """How exact a figure is."""

    EXACT = "exact"
    MORE_THAN = "more than"
    ABOUT = "about"


@dataclass(frozen=True)
class Figure:
    """A number with its qualifier; ``str()`` writes both, in Chinese: ``9000余``, ``约10000``."""

    number: int
    qualifier: Qualifier

    def __str__(self) -> str:
        match self.qualifier:
            case Qualifier.MORE_THAN:
                return f"{self.number}余"
            case Qualifier.ABOUT:
                return f"约{self.number}"
            case _:
                return str(self.number)


def parse(text: str | None) -> Figure | None:
    """The figure in a text such as ``3600余户``, ``约1万人`` or ``9,228``; None where there is none.

    A text with two numbers (``9000-10000``) is no figure.
    """
    found = _FIGURE.match(text.strip()) if text else None
    if not found:
        return None
    number = Decimal(found[1].replace(",", "").replace("，", "")) * (10000 if found[2] else 1)
    if number != int(number):
        return None
    if any(word in text for word in _ABOUT):  # type: ignore[operator]
        return Figure(int(number), Qualifier.ABOUT)
    more = any(word in text for word in _MORE)  # type: ignore[operator]
    return Figure(int(number), Qualifier.MORE_THAN if more else Qualifier.EXACT)


def number(text: ir.StringValue) -> ir.DecimalValue:
    """The number of a figure as an expression, null where there is none; see :func:`parse`."""
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    digits = plain.re_extract(r"^[^0-9]*([0-9]+(\.[0-9]+)?)万?[^0-9]*$", 1)
    value = ibis.ifelse(digits == "", ibis.null("string"), digits).cast("decimal(18, 4)")
    return ibis.ifelse(plain.contains("万"), value * 10000, value)
