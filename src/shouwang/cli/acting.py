"""Who acts when a command is run on the machine: the account it runs under."""

from __future__ import annotations

import getpass

from shouwang.trail.actor import Actor


def commander() -> Actor:
    """The actor of a command, named by the account that runs it."""
    who = getpass.getuser()
    return Actor(f"command:{who}"[:64], who)
