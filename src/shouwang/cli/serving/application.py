"""The WSGI application as a web process loads it: on a leash, so that it ends with its master."""

from shouwang.cli.serving.leash import leash
from shouwang.wsgi import application

leash()

__all__ = ["application"]
