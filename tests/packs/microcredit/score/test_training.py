"""Cards against optbinning: the same bins, points and scores; and the cards that are refused."""

from __future__ import annotations

import datetime as dt
import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from tests.asking import snapshot
from tests.packs.microcredit.lenders import AS_OF, office

from shouwang.packs.microcredit.score import card as cards
from shouwang.packs.microcredit.score import training
from shouwang.packs.microcredit.score.attributes import BY_NAME, SPECIAL, Outcome, read
from shouwang.packs.microcredit.score.card import CardError, load
from shouwang.packs.microcredit.score.training import (
    LEAST,
    SCALE,
    MissingToolError,
    RefusedError,
    Training,
    train,
)

pytest.importorskip(
    "optbinning", reason="the extra score (optbinning) is not installed: pip install .[score]"
)


EXAMPLE = Path(__file__).resolve().parents[4] / "examples" / "score-card.json"
"""The card of the documentation, of invented borrowers."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Training:
    """A card of six hundred invented borrowers."""
    taken = snapshot(office(), tmp_path_factory.mktemp("office") / "snapshot")
    return train(read(taken), taken.hash, AS_OF)


@pytest.fixture()
def file(made: Training, tmp_path: Path) -> Path:
    path = tmp_path / "card.json"
    path.write_text(made.card.to_json(), encoding="utf-8")
    return path


def records(made: Training) -> list[dict[str, Any]]:
    """The training's people, nothing where a value is missing."""
    rows: list[dict[str, Any]] = made.values.to_dict("records")
    return [{k: None if v is None or v != v else v for k, v in row.items()} for row in rows]


@pytest.mark.seed("S8-76")
def test_the_frozen_file_scores_as_optbinning_does(made: Training, file: Path) -> None:
    card = load(file)
    assert card == made.card
    assert [card.score(row).points for row in records(made)] == made.scorecard.score(made.values).tolist()


def test_values_that_nobody_had_score_as_optbinning_does(made: Training) -> None:
    luck = random.Random(11)
    choices: dict[str, list[Any]] = {}
    for row in made.card.rows:
        words = [w for b in row.bins for w in b.words]
        cuts = [float(x) for s in row.splits for x in (s, math.nextafter(s, -1), s + 0.5)]
        choices[row.name] = [*words, "从未见过"] if words else [*cuts, 0.0, 1e9, SPECIAL]
        choices[row.name].append(None)
    people = [{name: luck.choice(some) for name, some in choices.items()} for _ in range(500)]
    frame = type(made.values)(people)
    for row in made.card.rows:
        if not BY_NAME[row.name].words:
            frame[row.name] = frame[row.name].astype(float)
    assert [made.card.score(p).points for p in people] == made.scorecard.score(frame).tolist()


def test_points_by_hand_from_the_numbers_of_loans(made: Training) -> None:
    card = made.card
    goods, bads = card.made_of["goods"], card.made_of["bads"]
    factor = SCALE["pdo"] / math.log(2)
    offset = SCALE["scorecard_points"] - factor * math.log(SCALE["odds"])
    n = len(card.rows)
    for row in card.rows:
        assert sum(b.goods for b in row.bins) == goods and sum(b.bads for b in row.bins) == bads
        for one in row.bins:
            woe = math.log((one.goods / goods) / (one.bads / bads)) if one.goods and one.bads else 0.0
            assert one.woe == pytest.approx(woe)
            exact = -(row.coefficient * woe + card.intercept / n) * factor + offset / n
            assert abs(one.points - exact) <= 0.5 + 1e-9, (row.name, one)


def test_bins_follow_the_direction_that_is_named(made: Training) -> None:
    directions = set()
    for row in made.card.rows:
        rates = [b.bads / (b.goods + b.bads) for b in row.bins if b.kind == "range"]
        directions.add(row.direction)
        assert row.direction == BY_NAME[row.name].direction
        if row.direction == "ascending":
            assert rates == sorted(rates), row.name
        if row.direction == "descending":
            assert rates == sorted(rates, reverse=True), row.name
        assert all(b.goods >= 5 and b.bads >= 5 for b in row.bins if b.kind == "range")
        assert [b.kind for b in row.bins[-2:]] == ["special", "missing"]
        assert row.coefficient < 0
    assert {"ascending", "descending"} <= directions


@pytest.mark.seed("S8-75")
def test_the_card_says_what_it_was_made_of(made: Training) -> None:
    card = made.card
    assert len(card.made_of["snapshot"]) == 64 and card.version == f"20231231-{card.made_of['snapshot'][:8]}"
    assert card.made_of["goods"] + card.made_of["bads"] == len(made.bad)
    assert card.outcome == {"bad_days": 90, "good_days": 0}
    assert sum(card.banded) == len(made.bad) and len(card.banded) == len(card.bands) + 1
    points = [card.score(row).points for row in records(made)]
    counted = [0] * len(card.banded)
    for p in points:
        counted[card.band(p)] += 1
    assert tuple(counted) == card.banded
    assert (
        0 < card.measured["gini_held_out_low"] < card.measured["gini_held_out"] <= card.measured["gini"] + 0.1
    )
    assert {row.name for row in card.rows} | set(card.left_out) == set(BY_NAME)
    assert {"worst_delay", "other_debt"} <= {row.name for row in card.rows}


def test_the_same_data_give_the_same_file(made: Training, tmp_path: Path) -> None:
    taken = snapshot(office(), tmp_path / "snapshot")
    assert train(read(taken), taken.hash, AS_OF).card.to_json() == made.card.to_json()


@pytest.mark.seed("S8-76")
def test_reasons_say_what_cost_most_in_words(made: Training) -> None:
    worst = {"worst_delay": 120.0, "other_debt": 0.0, "trading_months": 90.0, "training": "合格"}
    score = made.card.score(worst)
    first, *_others = score.reasons()
    assert first.name == "worst_delay" and first.lost == max(part.lost for part in score.parts)
    text = cards.reason(first)
    assert (
        text.startswith("以往最长逾期：")
        and f"得{first.points}分（最高{first.points + first.lost}分）" in text
    )
    assert (
        "首次借款" in cards.bin_label("worst_delay", made.card.rows[0].bins[-2])
        or made.card.rows[0].name != "worst_delay"
    )
    best = {row.name: _best(row) for row in made.card.rows}
    assert made.card.score(best).reasons() == []
    assert made.card.score(best).points == sum(row.best for row in made.card.rows)


def _best(row: cards.Row) -> Any:
    one = max((b for b in row.bins if b.goods + b.bads), key=lambda b: b.points)
    if one.kind == "words":
        return one.words[0]
    if one.kind == "range":
        return one.low if one.low is not None else (one.high or 0) - 0.25
    return SPECIAL if one.kind == "special" else None


def test_scoring_needs_no_optbinning(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "import_module", _not_there)
    assert load(file).score({"worst_delay": 3.0}).points > 0
    with pytest.raises(MissingToolError, match="optbinning"):
        training.tools()


def _not_there(name: str) -> Any:
    raise ImportError(name)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.replace('"points": ', '"points": 1', 1), "改动过"),
        (lambda t: t.replace("shouwang-score-card/1", "shouwang-score-card/2"), "不是评分卡"),
        (lambda t: t[:200], "不是 JSON"),
        (lambda t: "[]", "不是评分卡"),
        (lambda t: t.replace('"checksum"', '"sum"'), "改动过"),
    ],
)
def test_a_file_that_is_no_card_is_refused(file: Path, change: Any, said: str) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CardError, match=said):
        load(file)
    with pytest.raises(CardError, match="读不出"):
        load(file.parent / "nothing.json")


def test_a_card_of_another_version_says_what_it_lacks(made: Training, tmp_path: Path) -> None:
    body = json.loads(made.card.to_json())
    body.pop("checksum")
    path = tmp_path / "card.json"
    for wrong, said in (
        (body | {"rows": [{**body["rows"][0], "name": "zodiac"}]}, "zodiac"),
        ({k: v for k, v in body.items() if k != "bands"}, "内容不全"),
        (body | {"rows": [{"name": "asked"}]}, "内容不全"),
        (body | {"more": 1}, "内容不全"),
    ):
        text = {**wrong, "checksum": cards._checksum(wrong)}
        path.write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
        with pytest.raises(CardError, match=said):
            load(path)


def test_too_few_loans_make_no_card(tmp_path: Path) -> None:
    few = snapshot(office(120), tmp_path / "snapshot")
    with pytest.raises(RefusedError, match=f"各须至少 {LEAST} 笔"):
        train(read(few), few.hash, AS_OF)
    none = snapshot({}, tmp_path / "empty")
    with pytest.raises(RefusedError, match="有 0 笔按期还清、0 笔不良"):
        train(read(none), none.hash, AS_OF)


def test_what_is_no_better_than_chance_makes_no_card(tmp_path: Path) -> None:
    rows = office(300, seed=9)
    luck = random.Random(1)
    for row in rows["microcredit.loan"]:
        due = dt.date.fromisoformat(row["due_on"])
        # The end has nothing to do with anything.
        row["settled_on"] = (due + dt.timedelta(200 if luck.random() < 0.4 else 0)).isoformat()
    chance = snapshot(rows, tmp_path / "snapshot")
    with pytest.raises(RefusedError, match=r"抛硬币|没有一项"):
        train(read(chance), chance.hash, AS_OF)


def test_what_good_and_bad_mean_can_be_set(made: Training, tmp_path: Path) -> None:
    taken = snapshot(office(), tmp_path / "snapshot")
    lax = train(read(taken), taken.hash, AS_OF, Outcome(bad_days=200, good_days=0)).card
    assert LEAST <= lax.made_of["bads"] < made.card.made_of["bads"]
    assert lax.made_of["goods"] == made.card.made_of["goods"]
    assert lax.outcome == {"bad_days": 200, "good_days": 0}


def test_the_example_is_what_the_invented_office_gives(made: Training) -> None:
    # But for the hash: another version of the file format of snapshots gives the same rows other bytes.
    example = load(EXAMPLE)
    assert (example.rows, example.bands, example.banded) == (
        made.card.rows,
        made.card.bands,
        made.card.banded,
    )
    assert example.measured == pytest.approx(dict(made.card.measured))
