"""What took long to count is kept for a minute, for the same question only."""

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
        return keeping.kept(name, rows, lambda: asked.append(f"{name} {code}") or len(asked))

    assert [count("a", "1"), count("a", "1")] == [1, 2]  # quick: counted each time
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    assert [count("a", "1"), count("a", "1"), count("a", "2"), count("b", "1"), count("a", "1")] == [
        3,
        3,
        4,
        5,
        3,
    ]
    monkeypatch.setattr(keeping, "KEPT", 0.0)
    assert count("a", "1") == 6


@pytest.mark.django_db
def test_no_more_is_kept_than_a_process_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    for number in range(keeping.MOST + 10):
        keeping.kept("a", Area.objects.filter(code=str(number)), lambda: 1)
    assert len(keeping._kept) == keeping.MOST
