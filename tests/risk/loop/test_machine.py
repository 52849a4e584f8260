"""The loop as a pure function: what may follow what, who may not, and what each step needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.risk.loop.machine import (
    ACTIONS,
    FOUND,
    OPEN,
    Act,
    Refused,
    Stale,
    State,
    Status,
    after,
    possible,
    replay,
)

TODAY = dt.date(2024, 3, 1)
LATER, PAST = TODAY + dt.timedelta(days=30), TODAY - dt.timedelta(days=1)


def act(action: str, by: int | None = 1, on: dt.date = TODAY, **data: Any) -> Act:
    answers = data.pop("answers", ACTIONS[action].answering)
    return Act(action, on, by, answers, data.pop("reason", ""), data)


ASSIGN = act("assign", 9, post=3, due=LATER)
START = act("start", 1, measures="停发")
SUBMIT = act("submit", 1, measures="已停发并追回", proof="收据12号")
VERIFY, CLOSE = act("verify", 2), act("close", 4)


def test_the_whole_way() -> None:
    done = replay([ASSIGN, START, act("progress", 5, measures="已约谈"), SUBMIT, VERIFY, CLOSE])
    assert (done.status, done.post, done.due, done.rectifiers) == (Status.CLOSED, 3, LATER, {1, 5})


@pytest.mark.seed("S7-40")
def test_what_can_be_rectified_at_once_is_closed_with_evidence() -> None:
    """能整改的立即予以整改: from assignment straight to the result, which needs proof all the same."""
    assert replay([ASSIGN, SUBMIT, VERIFY, CLOSE]).status == Status.CLOSED
    with pytest.raises(Refused, match="附件或佐证"):
        replay([ASSIGN, act("submit", 1, measures="已清理")])
    assert replay([ASSIGN, act("submit", 1, measures="已清理", attachments=[7])]).status == Status.SUBMITTED


@pytest.mark.seed("S7-41")
@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([act("assign", 9, post=3)], "期限"),
        ([act("assign", 9, due=LATER)], "责任岗位"),
        ([ASSIGN, act("start", 1)], "整改措施"),
        ([ASSIGN, act("submit", 1, proof="x")], "整改措施"),
        ([act("assign", 9, post=3, due=PAST)], "已经过了"),
    ],
)
def test_what_takes_time_needs_measures_a_responsible_post_and_a_deadline(
    steps: list[Act], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        replay(steps)


def test_a_post_assigned_by_rule_without_deadline_sets_it_when_it_starts() -> None:
    assigned = replay([act("assign", None, post=3)])
    assert assigned.due is None
    with pytest.raises(Refused, match="期限"):
        after(assigned, START)
    assert after(assigned, act("start", 1, measures="停发", due=LATER)).due == LATER


def test_the_deadline_is_put_off_by_extension_alone() -> None:
    with pytest.raises(Refused, match="申请延期"):
        replay([ASSIGN, act("start", 1, measures="停发", due=LATER + dt.timedelta(days=1))])
    sooner = replay([ASSIGN, act("start", 1, measures="停发", due=TODAY)])
    assert sooner.due == TODAY


@pytest.mark.seed("S7-50")
@pytest.mark.parametrize("action", ["verify", "return", "close", "dismiss"])
def test_nobody_judges_their_own_work(action: str) -> None:
    before = [ASSIGN, START, SUBMIT] + ([VERIFY] if action == "close" else [])
    own = act(action, 1, reason="好了", until=LATER, proof="x")
    with pytest.raises(Refused, match="参与整改的人"):
        replay([*before, own])


def test_the_responsible_post_does_not_dismiss_what_it_answers_for() -> None:
    with pytest.raises(Refused, match="不能自行排除"):
        replay([ASSIGN, act("dismiss", 6, answers=True, reason="合法", until=LATER, proof="x")])


def test_only_the_responsible_post_rectifies() -> None:
    for action in ("start", "submit", "ask-extension"):
        with pytest.raises(Refused, match="别的岗位负责"):
            replay([ASSIGN, act(action, 6, answers=False, measures="x", proof="x", reason="x", due=LATER)])


def test_verification_may_send_back_and_the_work_goes_on() -> None:
    back = replay([ASSIGN, START, SUBMIT, act("return", 2, reason="收据不清")])
    assert back.status == Status.RECTIFYING
    again = replay([act("submit", 1, measures="补收据", proof="y"), VERIFY], back)
    assert replay([act("return", 4, reason="还差一张")], again).status == Status.RECTIFYING
    with pytest.raises(Refused, match="理由"):
        replay([act("return", 2)], again)


def test_an_extension_is_asked_with_a_reason_and_granted_by_somebody_else() -> None:
    more = LATER + dt.timedelta(days=10)
    asked = replay([ASSIGN, act("ask-extension", 1, reason="材料未到", due=more)])
    assert (asked.due, asked.asked_due) == (LATER, more)
    with pytest.raises(Refused, match="自己同意"):
        after(asked, act("grant-extension", 1))
    granted = after(replace(asked, level=1, above=8), act("grant-extension", 9))
    assert (granted.due, granted.asked_due, granted.level, granted.above) == (more, None, 0, None)
    refused = after(asked, act("refuse-extension", 9, reason="期限已宽"))
    assert (refused.due, refused.asked_due) == (LATER, None)
    for wrong, said in ((LATER, "须晚于"), (PAST, "须晚于")):
        with pytest.raises(Refused, match=said):
            replay([ASSIGN, act("ask-extension", 1, reason="x", due=wrong)])
    with pytest.raises(Stale):
        replay([ASSIGN, act("grant-extension", 9)])
    with pytest.raises(Stale):
        after(asked, act("ask-extension", 1, reason="再延", due=more + dt.timedelta(days=1)))


def test_a_dismissal_has_reason_proof_and_an_end() -> None:
    full = {"reason": "去世当月照发", "until": LATER, "proof": "文件第三条"}
    for lacking in full:
        with pytest.raises(Refused):
            replay([act("dismiss", 2, **{k: v for k, v in full.items() if k != lacking})])
    for until in (TODAY, TODAY + dt.timedelta(days=2000)):
        with pytest.raises(Refused):
            replay([act("dismiss", 2, **{**full, "until": until})])
    dismissed = replay([act("dismiss", 2, **full)])
    assert dismissed.until == LATER
    with pytest.raises(Refused, match="尚未到期"):
        after(dismissed, act("expire", None, on=LATER))
    back = after(dismissed, act("expire", None, on=LATER + dt.timedelta(days=1)))
    assert (back.status, back.occurrence, back.until) == (Status.NEW, 2, None)


def test_recurrence_begins_anew_with_nobody_barred() -> None:
    closed = replay([ASSIGN, START, SUBMIT, VERIFY, CLOSE])
    for again in (after(closed, act("recur", None)), after(closed, act("reopen", 2, reason="举报属实"))):
        assert again == State(Status.NEW, occurrence=2)


def test_merged_ones_come_back_as_they_were() -> None:
    before = replay([ASSIGN, START])
    merged = after(before, act("merge", 2, into=77))
    assert (merged.status, merged.into) == (Status.MERGED, 77)
    assert after(merged, act("unmerge", 2)) == before


def test_escalation_waits_for_the_deadline_to_pass() -> None:
    assigned = replay([ASSIGN])
    with pytest.raises(Refused, match="尚未逾期"):
        after(assigned, act("escalate", None, on=LATER, above=8))
    late = after(assigned, act("escalate", None, on=LATER + dt.timedelta(days=1), above=8))
    assert (late.status, late.level, late.above, late.post) == (Status.ASSIGNED, 1, 8, 3)


def test_being_gone_changes_nothing_else() -> None:
    before = replay([ASSIGN, START])
    gone = after(before, act("gone", None))
    assert gone == replace(before, present=False)
    assert after(gone, act("back", None)) == before


def test_people_do_not_act_for_the_clock_nor_the_clock_for_people() -> None:
    with pytest.raises(Refused):
        replay([ASSIGN, act("escalate", 2, on=LATER + dt.timedelta(days=3), above=8)])
    with pytest.raises(Refused):
        replay([ASSIGN, START, SUBMIT, act("verify", None)])


ANY_ACT = st.builds(
    lambda action, by, answers, on, due, until: Act(
        action,
        TODAY + dt.timedelta(days=on),
        by,
        answers,
        "理由",
        {
            "post": 3,
            "due": TODAY + dt.timedelta(days=due),
            "until": TODAY + dt.timedelta(days=until),
            "measures": "m",
            "proof": "p",
            "into": 7,
            "above": 8,
            "text": "t",
            "users": [1],
        },
    ),
    st.sampled_from(sorted(ACTIONS)),
    st.sampled_from([None, 1, 2, 3]),
    st.booleans(),
    st.integers(0, 60),
    st.integers(0, 120),
    st.integers(1, 400),
)


@given(st.lists(ANY_ACT, max_size=40))
@pytest.mark.seed("S7-44", "S3-28")
def test_whatever_is_tried_the_laws_hold(acts: list[Act]) -> None:
    """Round after round: no illegal jump, nobody verifies their own work, and every round can begin again."""
    state, taken, worked = FOUND, list[Act](), set[int]()
    for one in acts:
        try:
            new = after(state, one)
        except Refused:
            continue
        action = ACTIONS[one.action]
        assert state.status in action.sources
        assert new.status == (action.target or new.status)
        if action.target is None and one.action != "unmerge":
            assert new.status == state.status
        if new.occurrence > state.occurrence:
            assert new.occurrence == state.occurrence + 1 and not new.rectifiers
            worked.clear()
        if one.action in ("start", "progress", "submit"):
            worked.add(one.by or 0)
        if one.action in ("verify", "close", "return", "dismiss"):
            assert one.by is not None and one.by not in worked
        assert worked == new.rectifiers
        assert (new.status == Status.MERGED) == (new.into is not None) == (new.before is not None)
        assert (new.status == Status.DISMISSED) == (new.until is not None) or new.status == Status.MERGED
        if new.status in (Status.SUBMITTED, Status.VERIFIED, Status.RECTIFYING):
            assert new.post is not None and new.rectifiers
        if new.status in OPEN:
            assert any(a.target for a in possible(new))
        taken.append(one)
        state = new
    assert replay(taken) == state
