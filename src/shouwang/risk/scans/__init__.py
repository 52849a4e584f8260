"""Scans of the database: who asked for one, the one that runs, and how its answers come on record.

- :mod:`requests` asks for a scan, and is what imports and the clock call;
- :mod:`running` runs one: snapshot, rules, record;
- :mod:`record` turns the answers of a scan into findings on record, in one transaction;
- :mod:`comparing` puts two scans beside each other, :mod:`reporting` writes the report of one;
- :mod:`keeping` keeps snapshots and answers in the home, privately, and removes old ones.
"""

from django.dispatch import Signal

asked = Signal()
"""Sent by a scan when all rules are asked and the engine is still there: ``run``, ``engine``, ``snapshot``,
``parameters``. Who listens opens a change of its own."""
