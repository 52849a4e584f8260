"""The rules of the pack, by topic. Importing the package declares them."""

from shouwang.packs.assistance.rules import (
    deaths,
    fund,
    hidden_income,
    households,
    inclusion,
    payments,
    social_work,
    work,
)

__all__ = [
    "deaths",
    "fund",
    "hidden_income",
    "households",
    "inclusion",
    "payments",
    "social_work",
    "work",
]
