"""The registers, by what they are about: areas, people, and work."""

from shouwang.registry.models.areas import Division, Place
from shouwang.registry.models.people import Death, Disability, Household, Person, Retirement
from shouwang.registry.models.work import Business, Employment, Organisation, Unemployment

__all__ = [
    "Business",
    "Death",
    "Disability",
    "Division",
    "Employment",
    "Household",
    "Organisation",
    "Person",
    "Place",
    "Retirement",
    "Unemployment",
]
