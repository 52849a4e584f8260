"""Planted cases: what is wrong in the town, and what only looks wrong.

Importing this package registers the plants of all kinds.
"""

from shouwang.synth.plants import dibao
from shouwang.synth.plants.registry import PLANTS, Plant, plant_all

__all__ = ["PLANTS", "Plant", "dibao", "plant_all"]
