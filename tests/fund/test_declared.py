"""Funds that packs declare: the guarantee fund and the insurance fund as books that tie to the fen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.fund import declared
from shouwang.fund.book import Book
from shouwang.fund.catalogue import Asked, Bookkeeper, Kept, bookkeepers
from shouwang.fund.chart import chart
from shouwang.fund.earmark import overdrafts, statements
from shouwang.fund.export import FORMATS
from shouwang.ledger.catalogue import ledgers
from tests.fund.programs import bean_check, beancount_totals, hledger_check, hledger_totals, needs_hledger
from tests.packs.accounting.test_bookkeeping import Sheets

Row = dict[str, Any]
FUND, DEBT, REPAID = "microcredit.guarantee_fund", "microcredit.bad_debt", "microcredit.repayment"


def kept(pack: str, rows: dict[str, list[Row]], unmask: bool = False) -> Kept:
    return bookkeepers()[pack].keep(Sheets(rows), Asked(chart(), unmask))


def arrived(amount: object, day: str | None, **more: object) -> Row:
    return {"source": "区财政", "amount": amount, "arrived_on": day, **more}


def borne(loan: str, loss: object, part: object, day: str | None) -> Row:
    return {"loan_no": loan, "loss": loss, "government_share": part, "shared_on": day}


def repaid(loan: str, principal: object, day: str) -> Row:
    return {"loan_no": loan, "principal": principal, "repaid_on": day}


def of_account(book: Book) -> dict[str, str]:
    sums: Counter[str] = Counter()
    for (code, _sub), amount in book.balances().items():
        sums[code] += amount  # type: ignore[assignment]
    return {code: str(amount) for code, amount in sorted(sums.items())}


@pytest.mark.seed("S8-16", "S8-64")
def test_the_guarantee_fund_as_a_book() -> None:
    rows = {
        FUND: [
            arrived(100_000, "2023-01-05", entry_no="D1", balance="150000"),
            arrived(50_000, None, entry_no="D2"),
            arrived(20_000, "2023-08-01", entry_no="D3", balance="167000.01"),
        ],
        DEBT: [
            borne("L1", 9000, 3000, "2023-03-01"),
            borne("L2", 500, 100, None),
            borne("L3", 100, None, "2023-03-01"),
        ],
        REPAID: [
            repaid("L1", 4000, "2023-03-01"),
            repaid("L1", 100, "2023-04-01"),
            repaid("L1", 200, "2023-05-01"),
            repaid("L9", 700, "2023-05-01"),
        ],
    }
    found = kept("microcredit", rows)
    (book,) = found.books
    assert (book.owner, found.refused) == ("担保基金", [])
    assert [(str(e.on), e.number, e.summary, str(e.debits)) for e in book.entries] == [
        ("2023-01-01", "", "期初结余", "50000.00"),
        ("2023-01-05", "D1", "区财政", "100000.00"),
        ("2023-03-01", "L1", "", "3000.00"),
        ("2023-04-01", "L1", "担保基金账", "33.33"),
        ("2023-05-01", "L1", "担保基金账", "66.67"),
        ("2023-08-01", "D3", "区财政", "20000.00"),
    ]
    assert of_account(book) == {
        "0": "-50000.00",
        "1": "167100.00",
        "41": "-120000.00",
        "43": "-100.00",
        "51": "3000.00",
    }
    (tie,) = found.ties
    assert (str(tie.ours), str(tie.theirs)) == ("167100.00", "167000.01")


@pytest.mark.seed("S10-15", "S10-30")
def test_each_insurance_is_a_purpose_of_the_insurance_fund() -> None:
    rows: dict[str, list[Row]] = {
        "insurance.unit_collection": [
            {
                "unit": "织造厂",
                "kind": "养老",
                "collected": 1000,
                "collected_on": "2023-01-20",
                "month": "2023-01",
            },
            {
                "unit": "织造厂",
                "kind": "医疗",
                "collected": 300,
                "collected_on": "2023-01-20",
                "month": "2023-01",
            },
            {
                "unit": "织造厂",
                "kind": None,
                "collected": 5,
                "collected_on": "2023-01-20",
                "month": "2023-01",
            },
            {"unit": "织造厂", "kind": "失业", "collected": None, "month": "2023-01"},
        ],
        "insurance.contribution": [
            {"identity": "灵活就业", "own_pension": 80, "own_medical": 40, "paid_on": "2023-01-25"},
            {"identity": "单位职工", "own_pension": 99, "paid_on": "2023-01-25"},
        ],
        "insurance.pension_payment": [
            {"amount": 600, "paid_on": "2023-02-10", "month": "2023-02"},
            {"amount": 700, "month": "2023-02"},
            {"amount": 50, "kind": "追回", "paid_on": "2023-03-01", "month": "2023-02"},
            {"amount": -60, "kind": "追回", "paid_on": "2023-03-01", "month": "2023-02"},
        ],
        "insurance.inpatient_stay": [{"fund": 200, "own": 90, "discharged_on": "2023-03-05"}],
        "insurance.benefit_payment": [
            {"kind": "工伤", "amount": 30, "paid_on": "2023-03-06", "payment_no": "F1"},
            {"kind": "养老", "amount": 600, "paid_on": "2023-02-10", "payment_no": "F2"},
            {"kind": None, "amount": 10, "paid_on": "2023-03-07", "payment_no": "F3"},
        ],
    }
    people: Row = {"name": "张三", "person": "999901199302086027"}
    named = {"insurance.contribution", "insurance.pension_payment", "insurance.inpatient_stay"}
    rows = {name: [row | people if name in named else row for row in given] for name, given in rows.items()}
    found = kept("insurance", rows)
    (book,) = found.books
    assert [(one.purpose, str(one.received), str(one.spent)) for one in statements(book)] == [
        ("养老", "1190.00", "1300.00"),
        ("医疗", "340.00", "200.00"),
        ("工伤", "0.00", "30.00"),
    ]
    assert [(one.purpose, str(one.on)) for one in overdrafts(book)] == [
        ("养老", "2023-02-28"),
        ("工伤", "2023-03-06"),
    ]
    refused = [(one.number, str(one.amount), one.error.code, str(one.error.place)) for one in found.refused]
    assert refused == [
        ("", "5.00", "no_purpose", "insurance.unit_collection.xlsx / Sheet1 / 3"),
        ("F3", "10.00", "no_purpose", "insurance.benefit_payment.xlsx / Sheet1 / 3"),
    ]
    assert "没有写明“险种”" in found.refused[0].error.text
    assert not any("张三" in entry.summary + entry.payee for entry in book.entries)
    assert [e.summary for e in book.entries if str(e.on) == "2023-03-01"] == ["2笔合计"]


def test_what_was_collected_for_all_at_once_waits_to_be_parted() -> None:
    row = {"unit": "织造厂", "collected": 1300, "collected_on": "2023-01-20", "month": "2023-01"}
    (book,) = kept("insurance", {"insurance.unit_collection": [row]}).books
    assert [(one.purpose, str(one.left)) for one in statements(book)] == [("五险合并征缴", "1300.00")]


DAY = st.dates(dt.date(2023, 1, 1), dt.date(2023, 12, 31)).map(str)
YUAN = st.decimals("0.01", "99999.99", places=2)
LOANS = st.sampled_from(["L1", "L2", "L3"])


@pytest.mark.seed("S8-64")
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(YUAN, DAY), max_size=4),
    st.dictionaries(LOANS, st.tuples(YUAN, st.fractions(0, 1), DAY), max_size=3),
    st.lists(st.tuples(LOANS, YUAN, DAY), max_size=8),
)
def test_no_fen_is_made_or_lost(
    given_in: list[tuple[Decimal, str]],
    losses: dict[str, tuple[Decimal, Any, str]],
    back: list[tuple[str, Decimal, str]],
) -> None:
    parts = {
        loan: (loss * share.numerator / share.denominator).quantize(Decimal("0.01"))
        for loan, (loss, share, _day) in losses.items()
    }
    rows = {
        FUND: [arrived(amount, day) for amount, day in given_in],
        DEBT: [borne(loan, loss, parts[loan], day) for loan, (loss, _share, day) in losses.items()],
        REPAID: [repaid(loan, amount, day) for loan, amount, day in back],
    }
    found = kept("microcredit", rows)
    assert found.refused == []
    balances = Counter[str]()
    for book in found.books:
        for (code, _sub), amount in book.balances().items():
            balances[code] += amount  # type: ignore[assignment]
        assert book.trial(dt.date(2023, 1, 1), dt.date(2023, 12, 31)).balanced
    assert -balances["41"] == sum((amount for amount, _day in given_in), Decimal(0))
    assert balances["51"] == sum(parts.values(), Decimal(0))
    # Of each loss the fund gets back its share of what came back, to the fen, and never more than it bore.
    expected = Decimal(0)
    for loan, (loss, _share, shared) in losses.items():
        came = min(loss, sum((a for other, a, day in back if other == loan and day > shared), Decimal(0)))
        fen = (2 * came * parts[loan] * 100 + loss) // (2 * loss) if parts[loan] else Decimal(0)
        expected += fen / 100
        assert fen / 100 <= parts[loan]
    assert -balances["43"] == expected
    assert balances["1"] == -balances["41"] - balances["51"] - balances["43"]


@pytest.mark.parametrize("form", ["beancount", pytest.param("hledger", marks=needs_hledger)])
def test_other_programs_accept_and_add_up_the_same(tmp_path: Path, form: str) -> None:
    made = kept(
        "microcredit",
        {
            FUND: [arrived("100000.01", "2023-01-05", balance="150000")],
            DEBT: [borne("L1", 9000, "3000.55", "2023-03-01")],
            REPAID: [repaid("L1", 100, "2023-04-01")],
        },
    ).books
    pensions = [
        {
            "amount": 600,
            "paid_on": "2023-02-10",
            "name": "张三",
            "person": "999901199302086027",
            "month": "2023-02",
        }
    ]
    made += kept("insurance", {"insurance.pension_payment": pensions}).books
    check, totals = (bean_check, beancount_totals) if form == "beancount" else (hledger_check, hledger_totals)
    path = tmp_path / f"books.{form}"
    path.write_text("\n".join(FORMATS[form](made, "基金账")) + "\n", encoding="utf-8")
    check(path)
    money = {name: amount for name, amount in totals(path).items() if "存款" in name}
    assert sorted(money.values()) == [Decimal("-600.00"), Decimal("147032.79")]


def declared_keepers() -> dict[str, Bookkeeper]:
    return {keeper.code: keeper for keeper in declared.keepers()}


def test_every_declaration_names_columns_that_are_there() -> None:
    found = declared_keepers()
    assert set(found) == {"insurance", "microcredit"}
    accounts = chart("dedicated-fund").accounts
    for code, keeper in found.items():
        assert {name.partition(".")[0] for name in keeper.ledgers} == {code}
        path = Path(apps.get_app_config(code).path) / declared.FILE
        for fund in declared.load(path):
            for rows in fund.movements:
                fields = ledgers()[rows.ledger].fields
                named = {rows.amount, rows.number, rows.summary, rows.payee, rows.balance, ""} - {""}
                named |= {column.removesuffix("/month") for column in rows.day}
                named |= {column for column, _values in (*rows.where, *rows.other_than)}
                named |= set() if rows.purpose.startswith("=") or not rows.purpose else {rows.purpose}
                assert named <= set(fields), (fund.code, rows.ledger, named - set(fields))
                for column, among in (*rows.where, *rows.other_than):
                    assert set(among) <= set(fields[column].values)
                assert rows.account in accounts
                if rows.part_of:
                    part = rows.part_of
                    assert {part.by, part.since, part.part, part.whole} <= set(ledgers()[part.ledger].fields)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: {label: 账, movements: []}", "fund"),
        ("a: {label: 账, fund: 金, movements: [{ledger: x.y, amount: z}]}", "day"),
        (
            "a: {label: 账, fund: 金, movements: [{ledger: x.y, day: [d], amount: z, account: '1', hue: 1}]}",
            "hue",
        ),
    ],
)
def test_a_declaration_that_cannot_be_obeyed_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "funds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(declared.DeclarationError, match=f"funds.yaml: a: .*{told}"):
        declared.load(path)
