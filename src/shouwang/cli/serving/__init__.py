"""What ``shouwang serve`` runs: web, worker and clock, each a process, looked after by one that starts them.

``supervise`` starts and restarts them, ``leash`` ends a process whose parent is gone, ``__main__`` is what
each of them does, ``ready`` tells before the start whether one can start at all.
"""
