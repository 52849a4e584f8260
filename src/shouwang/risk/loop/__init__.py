"""The loop (整改闭环): what happens to a finding from the moment it is noticed until it is closed.

- :mod:`machine` says which step may follow which, and what each needs: one file, no database;
- :mod:`steps` takes steps: rights, scope, versions, events, notices, one transaction;
- :mod:`intake` lets in what scans and people notice; :mod:`similar` offers what may be the same;
- :mod:`responsible` says which post answers for a finding; :mod:`sight` who may see it;
- :mod:`chores` is what time does: deadlines, escalation, dismissals that end.
"""
