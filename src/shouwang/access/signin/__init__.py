"""Signing in (登录): allauth with what an office needs around it.

Nobody signs up by themselves; :mod:`shouwang.access.people` makes users. ``adapter`` is how allauth is told
so, ``lockout`` shuts out who guesses, ``sessions`` ends what lasts too long, ``demands`` asks for a new
password or a second factor before anything else, ``log`` writes all of it into the trail.
"""
