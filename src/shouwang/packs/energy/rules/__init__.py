"""The rules of the pack: meters and readings, master and sub-meters, quotas, management and control."""

from shouwang.packs.energy.rules import control, management, meters, quotas, supply

__all__ = ["control", "management", "meters", "quotas", "supply"]
