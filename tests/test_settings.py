"""Which apps are installed: rooms and packs that exist, then packs of other distributions."""

from importlib.metadata import EntryPoint

import pytest

from shouwang import settings


def test_only_what_exists_is_installed() -> None:
    assert settings._is_built("shouwang.cli")
    assert not settings._is_built("shouwang.no_such_room")


def test_packs_of_other_distributions_come_last_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = [
        EntryPoint("b", "other.pack_b", "shouwang.packs"),
        EntryPoint("a", "other.pack_a", "shouwang.packs"),
        EntryPoint("ours", "shouwang.packs.insurance", "shouwang.packs"),
    ]
    monkeypatch.setattr(settings, "entry_points", lambda group: offered)
    monkeypatch.setattr(settings, "_is_built", lambda name: name == "shouwang.packs.insurance")
    assert settings.installed_packs() == ["shouwang.packs.insurance", "other.pack_a", "other.pack_b"]
