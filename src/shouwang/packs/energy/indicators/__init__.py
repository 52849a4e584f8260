"""The numbers of the pack: of meters, quotas and coal equivalents, and what was saved."""

from shouwang.packs.energy.indicators import metering, savings

__all__ = ["metering", "savings"]
