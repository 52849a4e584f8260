"""The packs (业务包): one Django app per field of community work.

A pack only declares: ledgers in ``models.py``, rules in ``rules.py``, indicators in ``indicators.py``,
dated parameters in ``parameters.yaml``. The kernel finds and runs them. Packs never import one another; a
rule that needs another pack's ledger names it by its key.
"""
