"""The HTTP API: the same rights and scopes as the pages, by token.

- ``tokens.py``, ``auth.py``: who asks; ``problems.py``: how errors are told (RFC 9457);
- ``describing.py``: the OpenAPI document, with the errors that each operation can give;
- ``idempotency.py``: a write sent twice is done once; ``paging.py``: lists that stay fast at any depth;
- ``fields.py``: types that take what the document says and no more;
- ``ledgers.py``, ``findings.py``, ``scans.py``, ``session.py``: what there is, in ``urls.py`` put together.

Modules with operations do without ``from __future__ import annotations``: the framework reads the types of an
operation behind its decorators, where names in quotes can't be found.
"""
