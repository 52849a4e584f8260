"""Earmarked money as double entry: charts of accounts, entries, books, closing, reconciliation, export.

Pure functions and values, without tables of their own: packs turn the rows of their ledgers into entries
(``bookkeeping.py`` of a pack, or what it declares in ``funds.yaml``), and everything here follows from those.
An entry that does not balance cannot be made, so a book never holds one.
"""
