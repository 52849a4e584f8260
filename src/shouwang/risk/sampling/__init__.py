"""Audit samples of a ledger: the population, the draw, the working paper and what it says when filled in.

The statistics are pure functions in ``shouwang.standards.sampling``; here they meet the rows of sheets.
"""
