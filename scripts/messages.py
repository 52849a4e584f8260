"""Bring the English catalogue up to date with the messages in the code and the templates: ``make messages``.

Messages are Chinese in the code (``gettext``, ``N_``, ``{% translate %}``, and the labels and sentences that
ledgers, rules, indicators, parameters and packs declare). The new ones are written into
``src/shouwang/locale/en/LC_MESSAGES/django.po`` with an empty translation, those that are gone are dropped,
translations that stand are kept. The build compiles the catalogue (``hatch_build.py``). Unlike Django's
``makemessages`` this needs no gettext programs.

usage: python scripts/messages.py [--check]   (--check writes nothing and fails where English is missing)
"""

from __future__ import annotations

import ast
import datetime as dt
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from shouwang.cli.main import set_up_django

if TYPE_CHECKING:
    from shouwang.risk.parameters import Parameter
    from shouwang.risk.rule import Rule, Tables

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "shouwang"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

#: Function to the positions of its messages, as Babel words them; "c" is the context.
KEYWORDS = {
    **dict.fromkeys(("N_", "_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}

STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")

HAN = re.compile("[\u3400-\u9fff]")

#: A message, or its singular and plural, and the context that tells it from one spelled alike.
Message = tuple[str | tuple[str, ...], str | None]


def of_python(source: Path) -> Iterator[Message]:
    """Messages of a Python file."""
    with source.open("rb") as stream:
        for _line, message, _comments, context in extract("python", stream, keywords=KEYWORDS):
            yield message, context


def of_template(source: Path) -> Iterator[Message]:
    """Messages of a Django template, which Django itself rewrites as gettext calls between fillers."""
    for call in CALL.finditer(templatize(source.read_text(encoding="utf-8"), origin=str(source))):
        strings = ast.literal_eval(f"({call[2]},)")
        context = strings[0] if "p" in call[1] else None
        forms = strings[1:] if "p" in call[1] else strings
        yield (forms if len(forms) > 1 else forms[0]), context


def of_sentences(source: Path) -> Iterator[str]:
    """The sentences that rules write findings with: ``because=`` is a literal, or a choice of literals.

    :func:`of_rules` finds those that a helper puts together, but not both of a choice.
    """
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "because" and not _is_put_together(node.value):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and HAN.search(part.value):
                    yield part.value


def _is_put_together(value: ast.expr) -> bool:
    """Whether a sentence is made of pieces, none of which is a message by itself."""
    return any(isinstance(part, ast.BinOp | ast.JoinedStr) for part in ast.walk(value))


def of_rules() -> Iterator[str]:
    """The sentences that rules answer with when they are asked of ledgers without rows.

    This finds those that a helper puts together, which no reader of the source text can see.
    """
    from shouwang.risk.catalogue import parameters, rules
    from shouwang.risk.parameters import ParameterView

    filled = {name: given if given.values else _with_any_value(given) for name, given in parameters().items()}
    for rule in rules().values():
        view = ParameterView(filled, dt.date(2023, 12, 31), frozenset(rule.uses))
        yield rule.function(_without_rows(rule), view).because


def _with_any_value(parameter: Parameter) -> Parameter:
    from shouwang.risk.parameters import SINCE_EVER, Value

    day = dt.date(2023, 1, 1)
    samples: dict[str, object] = {"date": day, "month": day, "text": "", "list": ("",)}
    whole = parameter.kind in ("integer", "days", "months")
    sample = samples.get(parameter.kind, 1 if whole else Decimal(1))
    return replace(parameter, values=(Value(SINCE_EVER, sample, ""),))


def _without_rows(rule: Rule) -> Tables:
    import ibis

    from shouwang.ledger.catalogue import ledgers
    from shouwang.risk.findings import ref_column
    from shouwang.risk.rule import Tables

    made = {}
    for name in rule.ledgers:
        schema = dict(ibis.Schema.from_pyarrow(ledgers()[name].schema))
        schema[ref_column(name)] = schema.pop("_ref")
        made[name] = ibis.table(schema, name=name)
    year = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    return Tables(made, dict.fromkeys(rule.spans, year))


def of_declarations() -> Iterator[str]:
    """What ledgers, rules and parameters declare in Chinese and outputs show in the user's language."""
    from django.apps import apps

    from shouwang.access.roles import roles
    from shouwang.indicator.catalogue import indicators
    from shouwang.ledger.catalogue import ledgers
    from shouwang.risk.catalogue import parameters, rules

    for spec in ledgers().values():
        yield from (spec.title, spec.about)
        for field in spec.fields.values():
            yield from (field.label, field.unit, field.note)
    for rule in rules().values():
        yield from (rule.title, rule.severity.label, rule.looks_alike, rule.remedy, rule.basis)
    for parameter in parameters().values():
        yield from (parameter.label, parameter.unit, parameter.about)
    for indicator in indicators().values():
        yield from (indicator.label, indicator.unit, indicator.formula)
    for role in roles().values():
        yield from (role.label, role.about)
    for app in apps.get_app_configs():
        yield str(app.verbose_name)


def collect() -> Catalog:
    """Every message of the package, in the order of the files."""
    catalogue = Catalog(domain="django", project="shouwang", charset="utf-8")
    for source in sorted(PACKAGE.rglob("*")):
        if source.suffix == ".py" and "migrations" not in source.parts:
            found = of_python(source)
        elif source.suffix in {".html", ".txt"} and "templates" in source.parts:
            found = of_template(source)
        else:
            continue
        for message, context in found:
            catalogue.add(message, context=context)
        if source.suffix == ".py":
            for sentence in of_sentences(source):
                catalogue.add(sentence)
    for declared in (*of_rules(), *of_declarations()):
        if HAN.search(declared):
            catalogue.add(declared)
    return catalogue


def missing(english: Catalog, said: Catalog) -> list[str]:
    """The messages of the code (``said``) that have no English text."""
    found = []
    for message in said:
        known = english.get(message.id, message.context) if message.id else None
        if message.id and not (known and all(_forms(known.string))):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def read_english() -> Catalog:
    """The English catalogue as it is."""
    with ENGLISH.open("rb") as stream:
        return read_po(stream, locale="en", domain="django")


def main(check: bool) -> None:
    """Update the English catalogue, or only look whether it is complete."""
    set_up_django()
    english = Catalog(locale="en", domain="django", project="shouwang", fuzzy=False)
    if ENGLISH.is_file():
        english = read_english()
    said = collect()
    if check:
        without = missing(english, said)
        for message in without:
            print(f"no English: {message!r}")
        raise SystemExit(1 if without else 0)
    english.update(said, no_fuzzy_matching=True, update_creation_date=False)
    english.header_comment = "# English messages of Shouwang."
    english.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as stream:
        # Sorted, so that two who add messages seldom meet in one place.
        write_po(stream, english, width=110, no_location=True, ignore_obsolete=True, sort_output=True)
    print(f"{len(english)} messages, {len(missing(english, said))} without English: {ENGLISH.name}")


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if string is None or isinstance(string, str) else tuple(string)


if __name__ == "__main__":
    main(sys.argv[1:] == ["--check"])
