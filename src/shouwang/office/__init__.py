"""Ledgers that every office shares, whichever packs it uses; see docs/decisions/office-ledgers.md."""
