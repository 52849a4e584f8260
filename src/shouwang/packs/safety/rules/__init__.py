"""The rules of the pack: hidden dangers, inspections and drills, accidents, the building of the community."""

from shouwang.packs.safety.rules import accidents, building, duties, hazards

__all__ = ["accidents", "building", "duties", "hazards"]
