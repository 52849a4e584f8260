"""The rules of the pack: persons in the ledgers, the screening on foot, joint prevention, areas."""

from shouwang.packs.population.rules import areas, persons, prevention, screening

__all__ = ["areas", "persons", "prevention", "screening"]
