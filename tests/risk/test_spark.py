"""What comes back from Spark is what was stored."""

from __future__ import annotations

from pathlib import Path

import ibis
import pytest
from tests import asking


@pytest.mark.spark
def test_a_reference_with_gaps_keeps_every_digit(tmp_path: Path) -> None:
    made = asking.snapshot({"registry.place": [{"name": "一幢"}, {"name": "二幢"}]}, tmp_path / "snapshot")
    refs = [(made.sources[0].id << 32) + row for row in (1, 2)]
    assert [int(float(ref)) for ref in refs] != refs  # they are not to be had in floating point
    engine = asking.engine("spark", tmp_path)
    places = engine.table(made, "registry.place", made.parts_of("registry.place")).select("ref_place")
    rows = engine.run(places.union(places.mutate(ref_place=ibis.null("int64"))))
    found = rows.column("ref_place").to_pylist()
    assert sorted(ref for ref in found if ref is not None) == refs
    assert found.count(None) == 2
