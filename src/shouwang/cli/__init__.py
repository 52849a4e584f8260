"""The commands: one file each, loaded only when called. ``main.py`` holds the group."""

import click

# A scan that found something it could not read ends with 2; a call that did nothing must not look like one.
click.UsageError.exit_code = 3
