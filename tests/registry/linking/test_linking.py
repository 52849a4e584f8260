"""Linking: what is certainly the same is used, what may be is listed, an ID is never touched."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import asking

from shouwang.registry import linking
from shouwang.registry.linking.decisions import DecisionError
from shouwang.registry.linking.organisations import canonical, near, plain
from shouwang.snapshot.store import PartView, Snapshot

#                 999901 19800101 001x, right check characters
ZHANG = "999901198001010018"
PEOPLE = [
    {"person": ZHANG, "name": "张伟民", "phone": "19000000001", "dwelling": "A-1-101", "division": "甲社区"},
    {"person": "999901197505050024", "name": "李秀英", "phone": "19000000002", "dwelling": "A-1-102"},
    {"person": "999901199012120035", "name": "王建国", "phone": "19000000003", "dwelling": "A-1-103"},
    *[
        {
            "person": f"9999011960{m:02d}{d:02d}1234",
            "name": f"赵{c}",
            "phone": f"1900001{m:02d}{d:02d}",
            "dwelling": f"B-{m}-{d}",
        }
        for m in range(1, 10)
        for d, c in enumerate("甲乙丙丁戊己庚", 1)
    ],
]


def stray(**values: Any) -> dict[str, Any]:
    return {"person": None, **values}


def run(tmp_path: Path, strays: list[dict[str, Any]], decisions: Path | None = None) -> linking.Linking:
    made = asking.snapshot({"registry.person": PEOPLE, "registry.disability": strays}, tmp_path)
    return linking.link([PartView(made, p) for p in made.parts], decisions)


def persons(linked: linking.Linking) -> list[str | None]:
    (table,) = [t for k, t in linked.rewritten.items() if k[0] == "registry.disability"]
    return table.column("person").to_pylist()


def test_a_homophone_is_listed_for_a_person_to_decide(tmp_path: Path) -> None:
    rows = [stray(name="张卫民", phone="19000000001", dwelling="A-1-101")]
    made = asking.snapshot({"registry.person": PEOPLE, "population.floating_person": rows}, tmp_path)
    (match,) = linking.link([PartView(made, p) for p in made.parts]).matches
    assert (match.candidate, match.state, match.reason) == (ZHANG, "open", "电话、住址相符")


def test_a_pair_of_many_rows_is_written_and_decided_once(tmp_path: Path) -> None:
    rows = [stray(name="李秀英", phone="19000000002")] * 3
    linked = run(tmp_path / "1", rows)
    assert len(linked.matches) == 3
    linked.write(tmp_path / "matches.csv")
    with (tmp_path / "matches.csv").open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["行"], line["理由"]) == ("1", "姓名、电话相符（共3行）")
    decide(tmp_path / "matches.csv", "同一人")
    assert persons(run(tmp_path / "2", rows, tmp_path / "matches.csv")) == ["999901197505050024"] * 3


def test_certain_needs_two_attributes_beside_the_name(tmp_path: Path) -> None:
    made = asking.snapshot(
        {
            "registry.person": PEOPLE,
            "population.floating_person": [
                stray(name="张伟民", phone="19000000001", dwelling="A-1-101"),
                stray(name="李秀英", phone="19000000002"),
            ],
        },
        tmp_path,
    )
    linked = linking.link([PartView(made, p) for p in made.parts])
    states = {m.candidate_name: m.state for m in linked.matches}
    assert states == {"张伟民": "automatic", "李秀英": "open"}
    (table,) = linked.rewritten.values()
    assert table.column("person").to_pylist() == [ZHANG, None]
    assert linked.undecided == 1


def test_the_same_name_alone_is_no_match(tmp_path: Path) -> None:
    linked = run(tmp_path, [stray(name="张伟民"), stray(name="钱多多", phone="19000009999")])
    assert not linked.rewritten
    assert all(m.state == "open" for m in linked.matches)


def test_rows_with_an_id_cost_nothing_and_stay(tmp_path: Path) -> None:
    linked = run(tmp_path, [{"person": "999901199012120035", "name": "张伟民", "phone": "19000000001"}])
    assert linked == linking.Linking()


def decide(path: Path, word: str, line: int = 1) -> Path:
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    rows[line][rows[0].index("判定")] = word
    with path.open("w", encoding="gb18030", newline="") as out:  # as Excel would save it
        csv.writer(out).writerows(rows)
    return path


def test_a_decision_is_obeyed_next_time_even_if_rows_moved(tmp_path: Path) -> None:
    question = stray(name="李秀英", phone="19000000002")
    run(tmp_path / "1", [question]).write(tmp_path / "matches.csv")
    text = (tmp_path / "matches.csv").read_text(encoding="utf-8-sig")
    assert "李秀英" not in text and "999901197505050024" not in text, "the file may be handed on"
    decide(tmp_path / "matches.csv", "同一人")
    moved = [stray(name="钱多多"), {"person": ZHANG, "name": "张伟民"}, question]
    linked = run(tmp_path / "2", moved, tmp_path / "matches.csv")
    assert persons(linked) == [None, ZHANG, "999901197505050024"]
    linked.write(tmp_path / "again.csv")
    assert "同一人" in (tmp_path / "again.csv").read_text(encoding="utf-8-sig")
    decide(tmp_path / "again.csv", "不是")
    assert not run(tmp_path / "3", moved, tmp_path / "again.csv").rewritten


@pytest.mark.parametrize(
    ("word", "change", "named"),
    [("也许", None, "也许"), ("同一人", "xyz", "标识")],
)
def test_a_wrong_decision_is_told_with_its_line(tmp_path, word, change, named) -> None:  # type: ignore[no-untyped-def]
    run(tmp_path / "1", [stray(name="李秀英", phone="19000000002")]).write(tmp_path / "m.csv")
    path = decide(tmp_path / "m.csv", word)
    if change:
        text = path.read_text(encoding="gb18030").rstrip()
        path.write_text(text[: text.rindex(",") + 1] + change, encoding="gb18030")
    with pytest.raises(DecisionError, match="第 2 行") as caught:
        run(tmp_path / "2", [], path)
    assert named in str(caught.value)


NAMES = st.sampled_from(["张伟民", "张卫民", "李秀英", "王建国", None])
STRAY = st.fixed_dictionaries(
    {
        "person": st.sampled_from([None, None, ZHANG]),
        "name": NAMES,
        "phone": st.sampled_from(["19000000001", "19000000002", None]),
        "dwelling": st.sampled_from(["A-1-101", None]),
    }
)


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(STRAY, min_size=1, max_size=6))
def test_linking_is_deterministic_idempotent_and_never_changes_an_id(rows: list[dict[str, Any]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        data = {"registry.person": PEOPLE, "population.floating_person": rows}
        made = asking.snapshot(data, Path(folder) / "1")
        parts = [PartView(made, p) for p in made.parts]
        one, two = linking.link(parts), linking.link(parts[::-1])
        assert one.matches == two.matches
        assert {k: t.to_pylist() for k, t in one.rewritten.items()} == {
            k: t.to_pylist() for k, t in two.rewritten.items()
        }
        for part in made.parts:
            view = PartView(made, part)
            if view.key in one.rewritten:
                before = made.read(part)
                after = one.rewritten[view.key]
                assert after.drop(["person"]) == before.drop(["person"])
                kept = zip(before["person"].to_pylist(), after["person"].to_pylist(), strict=True)
                assert all(a == b for a, b in kept if a is not None)
                made.rewrite(part, after)
        again = linking.link([PartView(made, p) for p in made.parts])
        assert not again.rewritten


def test_spellings_of_an_organisation_are_one() -> None:
    names = {"云溪样织(纺织)有限责任公司": 2, "云溪样织（纺织）有限公司": 5, "云溪样织二厂": 1}
    known = canonical(names, {})
    assert known["云溪样织(纺织)有限责任公司"] == "云溪样织（纺织）有限公司"
    assert known["云溪样织二厂"] == "云溪样织二厂"


def test_one_credit_code_is_one_organisation() -> None:
    names = {"云溪样织厂": 1, "样织纺织": 3, "别的厂": 1}
    known = canonical(names, {"云溪样织厂": {"X1"}, "样织纺织": {"X1"}, "别的厂": {"X2"}})
    assert known == {"云溪样织厂": "样织纺织", "样织纺织": "样织纺织", "别的厂": "别的厂"}


def test_a_place_before_the_name_is_doubtful_not_certain() -> None:
    assert near(["样织纺织厂", "云州市望河街道样织纺织厂", "甲市样盒包装厂", "乙市样盒包装厂"]) == [
        ("样织纺织厂", "云州市望河街道样织纺织厂", "去掉地名后名称相同")
    ]
    assert plain("云州 样织（厂）") == "云州样织厂"


def test_an_empty_household_number_comes_from_the_register(tmp_path: Path) -> None:
    from shouwang.ledger.catalogue import ledgers

    having = [n for n, s in ledgers().items() if {"household_no", "person"} <= set(s.fields)]
    other = next(n for n in having if n != "registry.person")
    register = [{"person": ZHANG, "name": "张伟民", "household_no": "H1"}]
    rows = [{"person": ZHANG}, {"person": ZHANG, "household_no": "H9"}, {"person": "999901199012120035"}]
    made = asking.snapshot({"registry.person": register, other: rows}, tmp_path)
    linked = linking.link([PartView(made, p) for p in made.parts])
    assert linked.rewritten[(other, f"{other}.xlsx", "Sheet1")].column("household_no").to_pylist() == [
        "H1",
        "H9",
        None,
    ]


def test_an_empty_snapshot_links_to_nothing() -> None:
    assert linking.link([]) == linking.Linking()
    assert Snapshot(Path("unused")).parts == []
