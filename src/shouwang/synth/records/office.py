"""Who holds which post, as every office keeps it."""

from __future__ import annotations

from shouwang.access.roles import roles
from shouwang.synth.site import Site
from shouwang.synth.table import Row


def posts(level: str) -> list[str]:
    """The posts that every division of a level must have somebody in."""
    return sorted(role.label for role in roles().values() if role.each == level)


def appoint(site: Site, place: str | None, posts: list[str], **changes: object) -> None:
    """Put somebody into each of these posts."""
    for post in posts:
        row: Row = {
            "post": post,
            "name": site.official(),
            "unit": place,
            "since": site.day(1, 6, -2),
            "until": None,
            "document": site.number("任"),
        }
        site.add("office.appointment", None, **{**row, **changes, "division": place})


def build(site: Site) -> None:
    """The posts of the community, by its name."""
    appoint(site, site.name, posts("community"))


def town(site: Site) -> None:
    """The posts of the township."""
    appoint(site, None, posts("township"))
