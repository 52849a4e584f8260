"""Grids and communities as offices write them."""

from __future__ import annotations

import ibis
import pytest
from tests import asking

from shouwang.risk.areas import (
    below_township,
    community_key,
    community_name,
    grid_key,
    located,
    matched,
    township_key,
)


@pytest.fixture(scope="module", params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A connection of each engine."""
    engine = asking.engine(request.param, tmp_path_factory.mktemp("scratch"))
    yield engine.backend
    engine.close()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("第一网格", "1"),
        ("一网格", "1"),
        ("1号网格", "1"),
        ("第 1 网格", "1"),
        ("01", "1"),
        ("云溪社区第一网格", "1"),
        ("云溪社区001网格", "1"),
        ("第十网格", "10"),
        ("第十二网格", "12"),
        ("第二十网格", "20"),
        ("二十三网格", "23"),
        ("第10网格", "10"),
        ("三里屯网格", "三里屯"),
        ("云溪花园", "云溪花园"),
        ("WG-07", "WG-07"),
        ("", None),
        (None, None),
    ],
)
def test_a_numbered_grid_is_its_number(backend, written: str | None, key: str | None) -> None:
    assert backend.to_pyarrow(grid_key(ibis.literal(written, "string"))).as_py() == key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("云溪社区", "云溪"),
        ("望河街道云溪社区", "云溪"),
        ("望河街道云溪社区居委会", "云溪"),
        ("云溪社区居民委员会", "云溪"),
        ("望河镇柳岸村", "柳岸"),
        ("望河街道城乡社区", "城乡"),
        ("云溪", "云溪"),
        ("410102001003", "410102001003"),
        ("望河街道", None),
        ("望河街道办事处", None),
        ("", None),
        (None, None),
    ],
)
def test_a_community_is_its_bare_name(backend, written: str | None, key: str | None) -> None:
    assert backend.to_pyarrow(community_key(ibis.literal(written, "string"))).as_py() == key
    # Outside an expression the same is said of one text.
    assert community_name(written) == (key or "")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("望河街道云溪社区", "望河街道"),
        ("望河街道办事处", "望河街道"),
        ("某县青山镇石桥村", "青山镇"),
        ("110101001002", "110101001"),
        ("110101001002003", "110101001"),
        ("云溪社区", None),
        ("东乡村", None),
        (None, None),
    ],
)
def test_a_township_is_what_is_named_above(backend, written: str | None, key: str | None) -> None:
    assert backend.to_pyarrow(township_key(ibis.literal(written, "string"))).as_py() == key


def test_an_unknown_community_may_be_any(backend) -> None:
    left = ibis.memtable(
        {
            "ref": [1, 2, 3, 4, 5],
            "division": ["云溪社区", "柳岸社区", None, "云溪社区", "枫林社区"],
            "grid": ["第一网格", "第一网格", "第二网格", None, "第三网格"],
        }
    )
    right = ibis.memtable(
        {
            "division": ["望河街道云溪社区", "柳岸社区", None],
            "grid": ["1号网格", "第二网格", "第三网格"],
            "day": [10, 20, 30],
        }
    )
    found = matched(located(left), located(right), "ref", ["grid_key"])
    assert sorted(backend.to_pyarrow(found).column("ref").to_pylist()) == [1, 3, 5]
    late = matched(located(left), located(right), "ref", ["grid_key"], lambda both: both.day > 20)
    assert backend.to_pyarrow(late).column("ref").to_pylist() == [5]
    anywhere = matched(located(left), located(right), "ref", [], lambda both: both.day == 10)
    assert sorted(backend.to_pyarrow(anywhere).column("ref").to_pylist()) == [1, 3, 4]


def test_a_community_is_shown_without_what_lies_above_it() -> None:
    assert below_township("望河街道 石桥村") == "石桥村"
    assert below_township("石桥村") == "石桥村"
    assert below_township("望河街道") == "望河街道"
