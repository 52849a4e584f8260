"""Use that follows the weather: what is saved shows, what only a warmer year spared does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import evaluate
from shouwang.risk.engine import DuckDB
from shouwang.snapshot.store import Snapshot
from shouwang.synth import parquet
from shouwang.synth.settings import Settings
from tests.asking import with_values

CODES = (
    "energy.saved-against-base-year",
    "energy.saved-against-weather",
    "energy.saved-against-weather-margin",
)


@pytest.mark.seed("S6-58", "S6-61")
def test_a_warm_year_is_no_saving(tmp_path: Path) -> None:
    settings = Settings(600, 4, cases=0, claims=0.1)
    parquet.write(settings, tmp_path / "town")
    snapshot = Snapshot.load(tmp_path / "town" / "snapshot")
    engine = DuckDB(tmp_path / "scratch", "1GB", 1)
    try:
        asked = [indicators()[code] for code in CODES]
        given = with_values({"energy.base_year": settings.year - 1})
        found = evaluate(engine, snapshot, asked, given, settings.as_of)
    finally:
        engine.close()
    period = f"{settings.year} 天然气"
    plain, saved, margin = (
        {v.division: float(v.value or 0) for v in one.values if v.period == period} for one in found
    )
    warm, thrifty = "县供热一站", "县供热二站"
    # Both used less than the year before; held against the weather, only the one that saved did.
    assert plain[warm] > 100 and plain[thrifty] > plain[warm]
    assert abs(saved[warm]) <= max(margin[warm], 1) and saved[thrifty] > 500
    assert saved[thrifty] > margin[thrifty]
