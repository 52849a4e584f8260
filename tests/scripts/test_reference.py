"""The reference pages hold every ledger, column, rule and parameter; the documentation builds from them."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scripts import reference
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.catalogue import parameters, rules

ROOT = Path(__file__).resolve().parents[2]


def test_every_ledger_and_column_is_on_its_page() -> None:
    page = reference.ledgers_page()
    missing = [name for name in ledgers() if f"`{name}`" not in page]
    for spec in ledgers().values():
        section = page.partition(f"`{spec.name}`\n")[2].partition("\n### ")[0]
        labels = (reference._cell(field.label) for field in spec.fields.values())
        missing += [f"{spec.name} {label}" for label in labels if f"\n| {label} |" not in section]
    assert ledgers()
    assert missing == []


def test_every_rule_is_on_its_page_with_its_text() -> None:
    page = reference.rules_page()
    missing = [code for code in rules() if f"`{code}`\n" not in page]
    missing += [code for code, rule in rules().items() if f"def {rule.function.__name__}(" not in page]
    assert rules()
    assert missing == []


def test_every_parameter_is_on_its_page_with_its_sources() -> None:
    page = reference.parameters_page()
    missing = [name for name in parameters() if f"`{name}`\n" not in page]
    for parameter in parameters().values():
        missing += [
            f"{parameter.name} {value.source}"
            for value in parameter.values
            if reference._cell(value.source) not in page
        ]
    for code, rule in rules().items():
        sections = (page.partition(f"`{name}`\n")[2].partition("\n### ")[0] for name in rule.uses)
        missing += [
            f"{code} is not named with its parameter" for section in sections if f"`{code}`" not in section
        ]
    assert parameters()
    assert missing == []


@pytest.mark.parametrize("text", ["a|b", "*bold*", "<script>", "two\nlines", "[x](y)"])
def test_text_in_a_cell_is_shown_as_it_stands(text: str) -> None:
    import markdown

    shown = markdown.markdown("\n".join(reference._table(["h"], [[text]])), extensions=["tables"])
    cells: list[str] = []

    class Cells(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            assert tag in {"table", "thead", "tbody", "tr", "th", "td"}

        def handle_data(self, data: str) -> None:
            cells.extend([data.strip()] if data.strip() else [])

    Cells(convert_charrefs=True).feed(shown)
    assert "".join(cells) == "h" + " ".join(text.split())


def test_the_documentation_builds_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list(site.rglob("*.html"))
    assert {"ledgers.html", "rules.html", "parameters.html"} <= {page.name for page in pages}
    fetched: list[str] = []

    class Fetches(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            address = given.get("href") if tag == "link" else given.get("src")
            if address and address.startswith(("http:", "https:", "//")) and given.get("rel") != "canonical":
                fetched.append(address)

    for page in pages:
        Fetches().feed(page.read_text(encoding="utf-8"))
    assert fetched == []
