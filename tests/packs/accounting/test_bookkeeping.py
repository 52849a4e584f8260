"""From vouchers, entries and journals to books: what is entered, what is refused and why, where it ties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from tests.asking import value
from tests.packs.accounting.office import Row, line, voucher

from shouwang.fund.catalogue import Asked, Kept, bookkeepers
from shouwang.fund.catalogue import Row as LedgerRow
from shouwang.fund.chart import chart
from shouwang.fund.earmark import overdrafts, statements
from shouwang.fund.entries import Entry, Place
from shouwang.ledger.catalogue import ledger

seed = pytest.mark.seed
VOUCHER, ENTRY = "accounting.voucher", "accounting.entry"
CASH, BANK = "accounting.cash_journal", "accounting.bank_journal"
ACCOUNTS, BALANCES = "accounting.bank_account", "accounting.account_balance"


class Sheets:
    """The rows of a test as bookkeeping takes them; row 1 is the first."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.given = rows

    def rows(self, name: str) -> Iterator[LedgerRow]:
        fields = ledger(name).fields
        for number, row in enumerate(self.given.get(name, ()), 1):
            assert set(row) <= set(fields), (name, set(row) - set(fields))
            values = {column: value(field, row.get(column)) for column, field in fields.items()}
            yield LedgerRow(values, Place(f"{name}.xlsx", "Sheet1", number))


def keep(rows: Mapping[str, Sequence[Row]], chart_name: str = "village-2023", unmask: bool = False) -> Kept:
    return bookkeepers()["accounting"].keep(Sheets(rows), Asked(chart(chart_name), unmask))


def postings(entry: Entry) -> list[tuple[str, str]]:
    return [(f"{p.account}{'/' if p.sub else ''}{p.sub}", str(p.amount)) for p in entry.postings]


def refused(kept: Kept) -> list[tuple[str, str, int]]:
    return [(one.number, one.error.code, one.error.place.row) for one in kept.refused]


def bank(number: str | None, balance: object, **more: Any) -> Row:
    return line(number, balance, **({"account": "990017009181"} | more))


@seed("S9-13")
def test_a_payment_and_an_income_with_their_journal_lines() -> None:
    kept = keep(
        {
            VOUCHER: [
                voucher("001", amount="3000.10", payee="绿源苗圃", account_title="绿化"),
                voucher(
                    "002", amount=500, direction="收入", account_title="租金", payee="王小明", settlement=None
                ),
            ],
            BANK: [
                bank(None, 10000, summary="上年结转", entered_on="2023-01-01"),
                bank("001", "6999.90", expense="3000.10"),
            ],
            CASH: [line("002", 500, income=500)],
        }
    )
    (book,) = kept.books
    assert (book.owner, kept.refused, kept.unjournaled) == ("石桥村", [], 0)
    opening, payment, income = book.entries
    assert postings(opening) == [("102/9181", "10000.00"), ("000", "-10000.00")]
    assert (opening.on, opening.summary, opening.place.row) == (dt.date(2023, 1, 1), "期初余额", 1)
    assert postings(payment) == [("102/9181", "-3000.10"), ("514", "3000.10")]
    assert (payment.number, payment.summary, payment.payee) == ("001", "补栽苗木", "绿源苗圃")
    assert (payment.on, str(payment.place)) == (dt.date(2023, 1, 4), f"{VOUCHER}.xlsx / Sheet1 / 1")
    assert payment.postings[1].title == "绿化"
    assert postings(income) == [("101", "500.00"), ("501", "-500.00")]
    assert income.payee == "王**"
    assert [(tie.account, tie.ours, tie.theirs) for tie in kept.ties] == [
        ("库存现金", Decimal(500), Decimal(500)),
        ("银行存款 9181", Decimal("6999.90"), Decimal("6999.90")),
    ]


@pytest.mark.parametrize(
    ("payee", "masked"),
    [
        ("王小明", "王**"),
        ("王 明", "王*"),
        ("欧阳小明", "欧阳**"),
        ("绿源苗圃", "绿源苗圃"),
        ("样供电所", "样供电所"),
        ("王小明 13812341234", "王** 138****1234"),
        ("王小明（水电工）", "王**（水电工）"),
        ("样县人民医院", "样县人民医院"),
        (None, ""),
    ],
)
def test_the_name_of_a_person_is_masked_unless_asked_otherwise(payee: str | None, masked: str) -> None:
    rows = {VOUCHER: [voucher("1", payee=payee)]}
    assert keep(rows).books[0].entries[0].payee == masked
    assert keep(rows, unmask=True).books[0].entries[0].payee == (payee or "")


@seed("S9-13", "S9-42")
def test_a_voucher_that_does_not_balance_is_refused_with_its_row() -> None:
    kept = keep(
        {
            VOUCHER: [
                voucher("parts"),
                voucher("differs"),
                voucher("wrong-side"),
                voucher("split", amount=1000),
                voucher("split", amount=2000, account_title="差旅费"),
            ],
            BANK: [
                bank("parts", 0, expense=1000),
                bank("parts", 0, expense=2000, entered_on="2023-01-11"),
                bank("differs", 0, expense="2999.99"),
                bank("wrong-side", 0, income=3000),
                bank("split", 0, expense=3000),
            ],
        }
    )
    assert refused(kept) == [("differs", "unbalanced", 2), ("wrong-side", "unbalanced", 3)]
    told = kept.refused[0]
    assert told.error.text == (
        "凭证differs收付-3000.00元，日记账登记-2999.99元，相差0.01元（收为正，付为负）"
    )
    assert (told.owner, told.on, told.amount) == ("石桥村", dt.date(2023, 1, 4), Decimal(3000))
    made = {entry.number: postings(entry) for entry in kept.books[0].entries if entry.number}
    assert made["parts"] == [("102/9181", "-1000.00"), ("102/9181", "-2000.00"), ("514", "3000.00")]
    assert made["split"] == [("102/9181", "-3000.00"), ("514", "1000.00"), ("513", "2000.00")]


def test_without_a_journal_the_way_of_settlement_tells_the_side() -> None:
    account = {"account": "990017009181", "bank": "农商行", "division": "石桥村"}
    kept = keep(
        {
            VOUCHER: [
                voucher("bank"),
                voucher("cash", settlement="现金"),
                voucher("none", settlement=None),
                voucher("title", account_title="养狗费"),
                voucher("blank", account_title=None),
                voucher("returned", state="退回补充"),
                voucher("void", state="作废"),
            ],
            ACCOUNTS: [account],
        }
    )
    assert refused(kept) == [
        ("blank", "unknown_account", 5),
        ("none", "one_sided", 3),
        ("title", "unknown_account", 4),
    ]
    assert [one.error.text for one in kept.refused][::2] == [
        "凭证blank没有写科目",
        "凭证title的科目“养狗费”不在科目表“农村集体经济组织会计制度”中",
    ]
    assert {entry.number: postings(entry)[0][0] for entry in kept.books[0].entries} == {
        "bank": "102/9181",
        "cash": "101",
    }
    assert (kept.left_out, kept.unjournaled) == (2, 2)
    # Of two accounts nobody can tell which.
    two = [account, {**account, "account": "880017009182"}]
    assert postings(keep({VOUCHER: [voucher("1")], ACCOUNTS: two}).books[0].entries[0])[0][0] == "102"


@seed("S9-44")
def test_journal_lines_without_a_voucher() -> None:
    kept = keep(
        {
            VOUCHER: [voucher("001"), voucher("out", state="退回补充")],
            CASH: [
                line("TX1", 5000, income=5000, summary="提现备用"),
                line(None, 4000, expense=1000, summary="存现", entered_on="2023-02-01"),
            ],
            BANK: [
                bank("001", 7000, expense=3000),
                bank("TX1", 2000, expense=5000, summary="提现备用"),
                bank(None, 3000, income=1000, summary="存现", entered_on="2023-02-01"),
                bank(None, "3000.35", income="0.35", summary="利息", entered_on="2023-03-21"),
                bank("无1", "9000.35", income=6000, summary="代收赞助费", entered_on="2023-04-01"),
                bank("out", "6000.35", expense=3000, entered_on="2023-04-02"),
                bank(None, "6000.35", summary="承前页", entered_on="2023-05-01"),
            ],
        }
    )
    made = [(entry.number, postings(entry)) for entry in kept.books[0].entries if entry.summary != "期初余额"]
    assert made == [
        ("001", [("102/9181", "-3000.00"), ("514", "3000.00")]),
        ("TX1", [("102/9181", "-5000.00"), ("101", "5000.00")]),
        ("", [("102/9181", "1000.00"), ("101", "-1000.00")]),
        ("", [("102/9181", "0.35"), ("504", "-0.35")]),
    ]
    assert [(number, code, row) for number, code, row in refused(kept)] == [
        ("无1", "no_voucher", 5),
        ("out", "no_voucher", 6),
    ]
    assert "代收赞助费" in kept.refused[0].error.text
    assert {tie.account: tie.ours - tie.theirs for tie in kept.ties} == {
        "库存现金": Decimal(0),
        "银行存款 9181": Decimal(-3000),
    }


def test_accounts_that_share_their_last_digits_are_told_apart() -> None:
    kept = keep(
        {
            BANK: [
                bank(None, 10, summary="上年结转"),
                bank(None, 20, summary="上年结转", account="990018009181"),
                bank(None, 30, summary="上年结转", account=None),
            ]
        }
    )
    assert [postings(entry)[0] for entry in kept.books[0].entries] == [
        ("102/7009181", "10.00"),
        ("102/8009181", "20.00"),
        ("102", "30.00"),
    ]


def entry_row(number: str, code: str, debit: object, credit: object, **more: Any) -> Row:
    base = {
        "voucher_no": number,
        "entered_on": "2023-01-04",
        "account_code": code,
        "debit": debit,
        "credit": credit,
        "summary": "购办公桌",
        "division": "石桥村",
    }
    return base | more


@seed("S9-13")
def test_double_entries_of_the_accountant_are_taken_as_they_are() -> None:
    kept = keep(
        {
            VOUCHER: [voucher("001", payee="家具店"), voucher("005", state="退回补充")],
            ENTRY: [
                entry_row("001", "151", 2800, None, account_title="固定资产", entered_on="2023-01-06"),
                entry_row("001", "51301", 200, None, account_title="运费", entered_on="2023-01-06"),
                entry_row("001", "10201", None, 3000, account_title="农商行", entered_on="2023-01-06"),
                entry_row("002", "513", 100, None),
                entry_row("002", "101", None, "99.99"),
                entry_row("003", "511", 100, None, account_title="发包及上交收入"),
                entry_row("003", "101", None, 100),
                entry_row("004", "999", 100, None),
                entry_row("004", "101", None, 100),
                entry_row("005", "513", 100, None),
                entry_row("005", "101", None, 100),
                entry_row("006", "152", None, 50, account_title="累计折旧"),
                entry_row("006", "513", 50, None),
            ],
        }
    )
    made = {entry.number: entry for entry in kept.books[0].entries}
    assert sorted(made) == ["001", "006"]
    assert postings(made["001"]) == [("151", "2800.00"), ("513/01", "200.00"), ("102/01", "-3000.00")]
    assert (made["001"].on, made["001"].payee, made["001"].summary) == (
        dt.date(2023, 1, 4),
        "家具店",
        "补栽苗木",
    )
    assert made["006"].summary == "购办公桌"
    assert refused(kept) == [
        ("002", "unbalanced", 4),
        ("003", "unknown_account", 6),
        ("004", "unknown_account", 8),
        ("005", "kept_out", 10),
    ]


@seed("S9-13")
def test_in_the_system_before_2024_the_same_number_is_income() -> None:
    rows = {
        ENTRY: [
            entry_row("003", "511", None, 100, account_title="发包及上交收入"),
            entry_row("003", "101", 100, None, account_title="现金"),
        ]
    }
    assert postings(keep(rows, "village-2004").books[0].entries[0]) == [("511", "-100.00"), ("101", "100.00")]
    assert refused(keep(rows)) == [("003", "unknown_account", 1)]


def balance_row(code: str, opening: object, **more: Any) -> Row:
    return {"month": "2023-01", "account_code": code, "opening_balance": opening, "division": "石桥村"} | more


@seed("S9-13")
def test_opening_balances_of_all_accounts() -> None:
    rows = {
        BALANCES: [
            balance_row("101", 500),
            balance_row("102", 9500),
            balance_row("10201", 9500, account_title="农商行"),
            balance_row("151", 20000),
            balance_row("152", 5000, account_title="累计折旧"),
            balance_row("241", 4000),
            balance_row("301", 21000),
            balance_row("513", 0),
            balance_row("301", 1, month="2023-02"),
        ],
        CASH: [line(None, 500, summary="上年结转")],
        BANK: [
            bank(None, 9000, summary="上年结转"),
            bank(None, 500, summary="上年结转", account="880000001234"),
        ],
    }
    kept = keep(rows)
    (opening,) = kept.books[0].entries
    assert sorted(postings(opening)) == [
        ("101", "500.00"),
        ("102/1234", "500.00"),
        ("102/9181", "9000.00"),
        ("151", "20000.00"),
        ("152", "-5000.00"),
        ("241", "-4000.00"),
        ("301", "-21000.00"),
    ]
    assert [tie.ours - tie.theirs for tie in kept.ties] == [0, 0, 0]
    # Where journals and balance sheet begin differently, the sheet stands and the difference is told.
    rows[BANK] = [bank(None, "9499.99", summary="上年结转")]
    kept = keep(rows)
    assert ("102/01", "9500.00") in postings(kept.books[0].entries[0])
    assert [str(tie.ours - tie.theirs) for tie in kept.ties] == ["0.00", "0.01"]
    # Openings that do not balance are refused; those of the journals are entered.
    rows[BALANCES] = [balance_row("101", 500), balance_row("301", 499)]
    kept = keep(rows)
    assert refused(kept) == [("期初余额", "unbalanced", 2)]
    assert "期初余额不能入账" in kept.refused[0].error.text
    begun = sorted(postings(entry)[0] for entry in kept.books[0].entries)
    assert begun == [("101", "500.00"), ("102/9181", "9499.99")]


def test_numbers_that_begin_again_find_the_lines_nearest_to_their_day() -> None:
    kept = keep(
        {
            VOUCHER: [
                voucher("记-1", amount=100),
                voucher("记-1", amount=200, voucher_on="2023-02-04"),
            ],
            BANK: [
                bank("记-1", 0, expense=200, entered_on="2023-02-09"),
                bank("记-1", 0, expense=100, entered_on="2023-01-05"),
            ],
        }
    )
    assert refused(kept) == []
    assert [str(entry.debits) for entry in kept.books[0].entries if entry.number] == ["100.00", "200.00"]


@seed("S9-13")
def test_each_village_has_its_own_book() -> None:
    kept = keep(
        {
            VOUCHER: [
                voucher("1", division="望河街道石桥村"),
                voucher("2", division="石桥村"),
                voucher("3", division="石桥村民委员会"),
                voucher("4", division="东渡村"),
                voucher("5", division=None),
            ],
            CASH: [line("6", 1, income=1, division=" ")],
        }
    )
    assert [(book.owner, len(book.entries)) for book in kept.books] == [("东渡村", 1), ("石桥村", 3)]
    assert refused(kept) == [("5", "no_owner", 5), ("6", "no_owner", 1)]
    (alone,) = keep({VOUCHER: [voucher("1", division=None)]}).books
    assert alone.owner == "村（社区）"


@seed("S9-13")
def test_earmarked_money_keeps_its_purpose() -> None:
    kept = keep(
        {
            VOUCHER: [
                voucher("1", amount=5000, direction="收入", account_title="专项应付款-道路"),
                voucher("2", amount=4000, account_title="专项应付款-道路", voucher_on="2023-02-01"),
                voucher("3", amount=1500, account_title="专项应付款-道路", voucher_on="2023-03-01"),
                voucher("4", amount=900, direction="收入", account_title="一事一议筹资款"),
                voucher("5", amount=50, account_title="办公费"),
                voucher("6", amount=10, account_title="专项应付款-道路", voucher_on="2023-03-02"),
                voucher("6", amount=20, account_title="办公费", voucher_on="2023-03-02"),
            ]
        }
    )
    (book,) = kept.books
    assert refused(kept) == []
    assert [(one.fund, one.purpose, str(one.left)) for one in statements(book)] == [
        ("一事一议资金", "一事一议筹资款", "900.00"),
        ("专项应付款", "专项应付款-道路", "-510.00"),
    ]
    (found,) = overdrafts(book)
    assert (found.on, found.entry.number) == (dt.date(2023, 3, 1), "3")
