"""Posts and holders: read as offices write them, and a post without a holder is a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.asking import ask
from tests.packs.written import taken

seed = pytest.mark.seed
ENGINES = pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])


@seed("S9-06")
@pytest.mark.parametrize(
    ("title", "columns"),
    [
        (
            "望河街道岗位任职登记表",
            [
                ("所属社区", "division", "云溪社区"),
                ("岗位名称", "post", "报账员"),
                ("任职人", "name", "侯红"),
                ("科室", "unit", "财务科"),
                ("任职日期", "since", "2021-03-01"),
                ("离任日期", "until", "2023-02-28"),
                ("任命文件", "document", "望街〔2021〕3号"),
                ("联系电话", "phone", "19000001234"),
            ],
        ),
        (
            "村级岗位责任人名单",
            [
                ("村名称", "", "石桥村"),
                ("责任岗位", "post", "出纳"),
                ("岗位责任人", "name", "易荣"),
                ("任职时间", "since", "2021-03-01"),
                ("免职日期", "until", "2023-02-28"),
            ],
        ),
    ],
)
def test_the_ledger_is_read_as_offices_write_it(
    tmp_path: Path, title: str, columns: list[tuple[str, str, str]]
) -> None:
    assert taken(tmp_path, "office.appointment", title, columns)["name"] in ("侯红", "易荣")


def place(name: str, level: str = "社区") -> dict[str, Any]:
    return {"code": name, "name": name, "level": level}


def holds(post: str, division: str | None, **more: Any) -> dict[str, Any]:
    return {"post": post, "name": "侯红", "division": division, "since": "2021-01-01"} | more


@ENGINES
@seed("S1-09", "S4-03", "S7-10", "S9-05", "S9-06")
def test_a_post_without_a_holder_is_a_finding(engine: str) -> None:
    rows = {
        "registry.division": [
            place("望河街道", "街道"),
            place("云溪社区"),
            place("柳岸社区"),
            place("石桥村", "行政村"),
            place("第一网格", "网格"),
        ],
        "office.appointment": [
            holds("村报账员", "石桥村"),
            holds("报账员", "望河街道云溪社区", until="2023-12-30"),
            holds("报账员", "云溪社区", since="2024-01-01"),
            holds("报账员", "柳岸社区", until="2023-12-31", since=None),
            holds("出纳", "石桥村", since="2023-12-31"),
            holds("出纳", "云溪社区"),
            holds("出纳", "柳岸社区"),
            holds("管片民警", "云溪社区"),
            holds("管片民警", None),
            holds("安全社区档案管理员", "望河街道"),
            holds("社区文化活动专员", "云溪社区", until="2022-12-31"),
        ],
    }
    found = ask("office.post-without-holder", rows, engine_name=engine)
    assert sorted((one.subject_id, one.key) for one in found) == [
        ("报账员", "云溪社区"),
        ("社区文化活动专员", ""),
        ("社区管片民警", "柳岸社区"),
        ("社区管片民警", "石桥村"),
    ]
    told = {one.subject_id: one.because for one in found}
    assert told["报账员"] == "云溪社区没有人担任报账员"
    assert all(one.evidence for one in found)
