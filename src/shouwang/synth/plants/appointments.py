"""Cases of posts that nobody holds."""

from __future__ import annotations

from shouwang.synth.plants.areas import hamlet, listed, mechanism
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import office
from shouwang.synth.site import Site


@plant("office.post-without-holder")
def post_without_holder(site: Site, near: bool) -> tuple[str, str]:
    """A post of a community is vacant; held until the last day for the near miss."""
    name, vacant = hamlet(site), office.posts("community")[0]
    listed(site, name, site.official())
    mechanism(site, name)
    table = site.table("office.appointment")
    ((number, _row),) = [(i, r) for i, r in table.rows("division", name) if r["post"] == vacant]
    table.set(number, until=site.as_of if near else site.day(9, 30))
    return f"{vacant}@{name}", vacant + ("当日离任" if near else "九月离任")
