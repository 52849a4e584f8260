"""A town as an office keeps it: workbooks with titles, synonyms, month sheets, merged cells, footers."""

from shouwang.synth.office.folder import write

__all__ = ["write"]
