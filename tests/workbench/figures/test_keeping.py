"""What took long to count is kept for a while, for the same question only."""

import threading

import pytest

from shouwang.access.models import Area
from shouwang.workbench.figures import keeping


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    keeping.forget()


@pytest.mark.django_db
def test_only_what_is_slow_is_kept_and_only_for_the_same_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(name: str, code: str) -> int:
        rows = Area.objects.filter(code=code)
        return keeping.kept(name, rows, lambda: asked.append(f"{name} {code}") or len(asked)).answer

    assert [count("a", "1"), count("a", "1")] == [1, 2]  # quick: counted each time
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    assert [count("a", "1"), count("a", "1"), count("a", "2"), count("b", "1"), count("a", "1")] == [
        3,
        3,
        4,
        5,
        3,
    ]
    monkeypatch.setattr(keeping.Counted, "age", property(lambda self: self.term))
    assert count("a", "1") == 6


@pytest.mark.django_db
def test_no_more_is_kept_than_a_process_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    for number in range(keeping.MOST + 10):
        keeping.kept("a", Area.objects.filter(code=str(number)), lambda: 1)
    assert len(keeping._kept) == keeping.MOST


@pytest.mark.django_db
def test_what_takes_longer_is_kept_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 0.0, 30.0])
    monkeypatch.setattr(keeping.time, "monotonic", lambda: next(clock))
    rows = Area.objects.all()
    assert [keeping.kept(name, rows, lambda: 1).term for name in ("a", "b")] == [60.0, 600.0]


@pytest.mark.django_db
def test_one_counts_and_the_others_take_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """While one counts anew, others get the earlier answer; where there is none, they wait for the new."""
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    rows, counting, go_on = Area.objects.all(), threading.Event(), threading.Event()
    asked: list[int] = []
    answers: dict[str, int] = {}

    def slowly() -> int:
        asked.append(1)
        counting.set()
        assert go_on.wait(60)
        return len(asked)

    def ask(name: str) -> threading.Thread:
        def answer() -> None:
            answers[name] = keeping.kept("a", rows, slowly).answer

        thread = threading.Thread(target=answer)
        thread.start()
        return thread

    first = ask("first")
    assert counting.wait(60)
    second = ask("second")
    go_on.set()
    first.join(60), second.join(60)
    assert answers == {"first": 1, "second": 1} and len(asked) == 1  # the second waited, and did not count

    go_on.clear(), counting.clear()
    monkeypatch.setattr(keeping.Counted, "age", property(lambda self: 1.5 * self.term))
    third = ask("third")
    assert counting.wait(60)
    ask("fourth").join(60)  # does not wait for the third
    assert answers["fourth"] == 1
    go_on.set()
    third.join(60)
    assert answers["third"] == 2
    monkeypatch.setattr(keeping.Counted, "age", property(lambda self: 2.5 * self.term))
    assert keeping.kept("a", rows, lambda: 7).answer == 7  # two terms old: not even for the moment


@pytest.mark.django_db
def test_after_a_failure_the_next_one_counts() -> None:
    rows = Area.objects.all()
    with pytest.raises(ZeroDivisionError):
        keeping.kept("a", rows, lambda: 1 // 0)
    assert keeping.kept("a", rows, lambda: 5).answer == 5
