"""The rules of the pack: dangers and their sources, duties, accidents, surveys, the safety community."""

from shouwang.packs.safety.rules import accidents, building, community, duties, hazards, sources, surveys

__all__ = ["accidents", "building", "community", "duties", "hazards", "sources", "surveys"]
