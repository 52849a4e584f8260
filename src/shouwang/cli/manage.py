"""``shouwang manage``: Django's own management commands, such as migrate and makemigrations."""

from pathlib import Path

import click
from django.core.management import execute_from_command_line
from django.db import connection
from django.utils.translation import gettext as _


@click.command(
    name="manage",
    help=_("数据库管理：参数原样转交 Django，例如 shouwang manage migrate。"),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Hand every argument to Django; its own messages and exit codes are kept."""
    if connection.vendor == "sqlite" and (name := str(connection.settings_dict["NAME"])) != ":memory:":
        # SQLite makes the file but not the folder around it.
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    execute_from_command_line(["shouwang manage", *(arguments or ("help",))])
