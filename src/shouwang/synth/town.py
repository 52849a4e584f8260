"""A town: its communities one after the other, each complete before the next begins."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from shouwang.synth import (
    area,
    books,
    dibao,
    loans,
    medical,
    metering,
    pensions,
    people,
    plants,
    records,
    vocabulary,
    work,
)
from shouwang.synth.settings import Settings
from shouwang.synth.site import Site


def community(settings: Settings, index: int, size: int) -> Site:
    """One community, with nothing wrong in it."""
    site = Site(
        settings,
        index,
        size,
        vocabulary.community(index),
        f"9999{1 + index // 10_000:02d}{index // 100 % 100:03d}{index % 100:03d}",
        np.random.default_rng([settings.seed, index]),
    )
    area.staff(site)
    people.build(site)
    work.build(site)
    pensions.build(site)
    dibao.build(site)
    medical.build(site)
    area.build(site)
    loans.build(site)
    metering.build(site)
    books.build(site)
    return site


def communities(settings: Settings) -> Iterator[Site]:
    """All communities in order; what is made once for the town stands in the first."""
    for index, size in enumerate(settings.sizes):
        site = community(settings, index, size)
        records.build(site)
        if index == 0:
            loans.catalogue(site)
            books.town(site)
            records.town(site)
        plants.plant_all(site)
        yield site
