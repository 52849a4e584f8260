"""Pure functions of national standards and of the forms Chinese offices write: no Django, no database.

The lowest room of the house. Every parser comes twice: a scalar form that returns a ``Reading`` and a
column form that takes a polars Series and returns the same answers for each of its rows.
"""
