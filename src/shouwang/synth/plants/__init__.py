"""Planted cases: what is wrong in the town, and what only looks wrong.

Importing this package registers the plants of all kinds.
"""

from shouwang.synth.plants import (
    areas,
    audits,
    bureau,
    claims,
    contributions,
    credit,
    dibao,
    lending,
    means,
    pensioners,
    persons,
    rows,
)
from shouwang.synth.plants.registry import PLANTS, Plant, plant_all

__all__ = [
    "PLANTS",
    "Plant",
    "areas",
    "audits",
    "bureau",
    "claims",
    "contributions",
    "credit",
    "dibao",
    "lending",
    "means",
    "pensioners",
    "persons",
    "plant_all",
    "rows",
]
