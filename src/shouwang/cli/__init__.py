"""The commands: one file each, loaded only when called. ``main.py`` holds the group."""

from typing import Final

import click

UNUSABLE: Final = 3
"""The exit code of a call that did nothing: it found nothing to work on, or was used wrongly."""

# A scan that found something it could not read ends with 2; a call that did nothing must not look like one.
click.UsageError.exit_code = UNUSABLE
