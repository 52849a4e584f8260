"""The rules of the pack: meters and readings, master and sub-meters, quotas, management."""

from shouwang.packs.energy.rules import management, meters, quotas, supply

__all__ = ["management", "meters", "quotas", "supply"]
