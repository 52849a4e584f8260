"""The English catalogue is complete: every message of the code and everything the packs declare."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from scripts import messages

#: Places for values: ``{name}`` with an optional part and style, and Django's ``%(name)s``.
PLACES = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def english() -> Catalog:
    return messages.read_english()


@pytest.fixture(scope="module")
def said() -> Catalog:
    """What the code says: collecting it takes a while."""
    return messages.collect()


def test_every_message_has_its_english_text(english: Catalog, said: Catalog) -> None:
    lacking = messages.missing(english, said)
    assert lacking == [], "run `make messages` and translate the new ones in django.po"


def test_nothing_stands_in_the_catalogue_that_no_one_says(english: Catalog, said: Catalog) -> None:
    known = {message.id for message in said}
    assert [message.id for message in english if message.id and message.id not in known] == []


def test_messages_are_sorted_so_that_additions_seldom_meet(english: Catalog) -> None:
    order = [
        message.id if isinstance(message.id, str) else message.id[0] for message in english if message.id
    ]
    assert order == sorted(order)


def test_english_texts_have_the_places_of_the_chinese(english: Catalog) -> None:
    wrong = []
    for message in english:
        if isinstance(message.id, str) and message.id:
            here, there = (
                {place.replace(":02d", "") for place in PLACES.findall(str(text))}
                for text in (message.id, message.string)
            )
            if here != there:
                wrong.append((message.id, sorted(here ^ there)))
    assert wrong == []


def test_english_texts_hold_no_chinese_but_what_a_clerk_must_type(english: Catalog) -> None:
    quoted = re.compile(r"[是否、万元]|判定|读取结果|中文：")
    chinese = {
        message.id: message.string
        for message in english
        if message.id and messages.HAN.search(quoted.sub("", str(message.string)))
    }
    assert chinese == {}


def test_sentences_that_a_rule_chooses_between_are_both_found(tmp_path: Path) -> None:
    source = tmp_path / "rules.py"
    source.write_text(
        "hits(rows, because='甲{n}' if wide else '乙'\n'丙{n}')\n"
        "hits(rows, because=a + '丁')\nhits(rows, because=f'己{{n}}{a}庚')\n"
        "hits(rows, because=given)\nother('戊{n}')\n",
        encoding="utf-8",
    )
    assert sorted(messages.of_sentences(source)) == ["乙丙{n}", "甲{n}"]


def test_sentences_that_helpers_put_together_are_found() -> None:
    put_together = [s for s in messages.of_rules() if "现金日记账{entered_on}凭证{voucher_no}" in s]
    assert len(put_together) == 1


def test_a_catalogue_that_lacks_a_message_is_told(tmp_path: Path, said: Catalog) -> None:
    empty = tmp_path / "empty.po"
    empty.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n', encoding="utf-8")
    with empty.open("rb") as stream:
        assert "概览" in messages.missing(read_po(stream, locale="en"), said)
