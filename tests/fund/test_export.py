"""What beancount and hledger make of our books: accepted, the same texts, the same totals."""

from __future__ import annotations

import datetime as dt
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core import account as beancount_account
from beancount.core.data import Open, Transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.fund.book import Book
from shouwang.fund.chart import chart
from shouwang.fund.entries import Entry, Place, Posting
from shouwang.fund.export import FORMATS
from shouwang.fund.export.names import CHINESE, ENGLISH, component, names, plain
from tests.fund.programs import (
    HLEDGER,
    bean_check,
    beancount_totals,
    hledger_check,
    hledger_totals,
    needs_hledger,
)

NASTY = (
    'a "quoted" \\ payee\\',
    "分号；;注释 | 竖线 # 井号",
    "两行\n文字\t制表\x00\u200b",
    "(SQ-1) * ! 开头的括号",
    "2024-01-02 open Assets:X",
    'include "/etc/passwd"',
    "= 1 USD @ 2, a:b",
    "  ",
    "％＠𠮷🏮",
    "Y2024 D 1000 ~ P",
)


def entry(row: int, text: str) -> Entry:
    postings = (
        Posting("513", Decimal("1.10"), title=text, fund=text, purpose=text),
        Posting("102", Decimal("-1.10"), sub="9181", fund=text, purpose=text),
    )
    place = Place("凭证.xlsx", "1月", row)
    return Entry(f"记)-{row}{text}", dt.date(2024, 1, 5), postings, text, text, place)


def books(*owners: str, texts: tuple[str, ...] = NASTY) -> list[Book]:
    made = []
    for owner in owners:
        book = Book(owner, chart())
        opening = (Posting("102", Decimal("99.90"), sub="9181"), Posting("000", Decimal("-99.90")))
        book.post(Entry("", dt.date(2024, 1, 1), opening, "期初余额"))
        for row, text in enumerate(texts, 1):
            book.post(entry(row, text))
        made.append(book)
    return made


def write(folder: Path, form: str, made: list[Book]) -> Path:
    path = folder / f"books.{form}"
    path.write_text("\n".join(FORMATS[form](made, 'a "title" \\ ; x')) + "\n", encoding="utf-8")
    return path


OWNERS = ("石桥村", "东-一-村", "东（一）村", "a村·b", "0号村", "🏮", "村（社区）")


@pytest.mark.seed("S9-13")
def test_bean_check_accepts_the_books(tmp_path: Path) -> None:
    made = books(*OWNERS)
    path = write(tmp_path, "beancount", made)
    bean_check(path)
    called = names(made, ENGLISH)
    ours = {
        called.account(book, code, sub): amount
        for book in made
        for (code, sub), amount in book.balances().items()
        if amount
    }
    assert beancount_totals(path) == ours
    assert len(ours) == 3 * len(OWNERS)


@pytest.mark.seed("S9-13")
@needs_hledger
def test_hledger_accepts_the_books(tmp_path: Path) -> None:
    made = books(*OWNERS)
    path = write(tmp_path, "hledger", made)
    hledger_check(path)
    called = names(made, CHINESE)
    ours = {
        called.account(book, code, sub): amount
        for book in made
        for (code, sub), amount in book.balances().items()
        if amount
    }
    assert hledger_totals(path) == ours
    types = subprocess.run(
        [str(HLEDGER), "-f", str(path), "balance", "--flat", "--no-total", "-O", "csv", "type:X"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert types.count("513管理费用") == len(OWNERS)


@pytest.mark.parametrize("form", ["beancount", pytest.param("hledger", marks=needs_hledger)])
def test_a_closing_balance_that_is_a_fen_off_is_noticed_by_their_checkers(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, form, books("石桥村"))
    check = {"beancount": bean_check, "hledger": hledger_check}[form]
    check(path)
    right = path.read_text(encoding="utf-8")
    head, sign, tail = right.rpartition("99.90" if form == "beancount" else "= -99.90")
    path.write_text(head + sign.replace("99.90", "99.89") + tail, encoding="utf-8")
    with pytest.raises(AssertionError):
        check(path)


@pytest.mark.parametrize("form", ["beancount", pytest.param("hledger", marks=needs_hledger)])
def test_no_books_and_books_without_entries_are_a_file_too(tmp_path: Path, form: str) -> None:
    check = {"beancount": bean_check, "hledger": hledger_check}[form]
    check(write(tmp_path, form, []))
    check(write(tmp_path, form, [Book("石桥村", chart())]))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_whatever_is_written_beancount_reads_the_same_texts(texts: list[str]) -> None:
    made = books("石桥村", texts=tuple(texts))
    body = "\n".join(FORMATS["beancount"](made, "t"))
    entries, errors, _options = loader.load_string(body)
    assert errors == []
    read = [one for one in entries if isinstance(one, Transaction)][1:]
    for text, one in zip(texts, read, strict=True):
        assert (one.payee or "", one.narration) == (plain(text), plain(text))
        assert one.postings[0].meta.get("purpose", "") == plain(text)


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=1, max_size=30))
@needs_hledger
def test_whatever_is_written_hledger_accepts(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = write(tmp_path_factory.mktemp("books"), "hledger", books("石桥村", texts=tuple(texts)))
    hledger_check(path)
    assert hledger_totals(path)["支出:V石桥村:513管理费用"] == Decimal("1.10") * len(texts)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_every_owner_has_a_name_of_its_own_that_beancount_allows(owners: list[str]) -> None:
    made = books(*owners, texts=())
    called = names(made, ENGLISH)
    found = {owner: called.account(made[i], "102") for i, owner in enumerate(owners)}
    assert len(set(found.values())) == len(set(owners))
    assert all(beancount_account.is_valid(name) for name in found.values())


def test_names_keep_what_may_stand_and_the_rest_is_metadata(tmp_path: Path) -> None:
    assert component("生产（劳务）成本") == "生产-劳务-成本"
    entries, errors, _ = loader.load_file(str(write(tmp_path, "beancount", books("东（一）村"))))
    assert errors == []
    opened = {one.account: one.meta for one in entries if isinstance(one, Open)}
    meta = opened["Assets:V东-一-村:102银行存款:A9181"]
    assert (meta["owner"], meta["code"], meta["name"], meta["sub"]) == (
        "东（一）村",
        "102",
        "银行存款",
        "9181",
    )
