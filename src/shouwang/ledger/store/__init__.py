"""Ledgers in the database: importing, exporting, searching, and the rows as they go into a snapshot."""
