"""The books of many villages over a year, invented: what their workbooks say, and what it must add up to.

The sums are kept in whole fen while the rows are written and owe nothing to the program under test.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

VILLAGES, COMMUNITIES = 23, 6
"""As in S9-04."""
NAMES = """
石桥 东渡 南坪 北岭 西畈 上湖 下塘 前洋 后垅 大岙 小朴 白沙 青山 红岩 黄泥 紫竹 金竹 银溪 龙井 虎啸 凤坑
鹿角 马鞍 柳岸 槐荫 云溪 望海 中兴 新城
"""
SPENDING = {
    "办公用品": "513",
    "差旅费": "513",
    "管理费用-会议费": "513",
    "慰问支出": "514",
    "绿化": "514",
    "道路维修": "514",
    "利息支出": "515",
    "购置固定资产": "151",
    "专项应付款-道路": "241",
}
INCOME = {"租金": "501", "鱼塘承包款": "501", "财政补助": "503", "专项应付款-道路": "241"}

Fen = dict[tuple[str, str], int]


@dataclass
class Office:
    """The rows of the workbooks, and the balance of every account (owner, code) by the end of each month."""

    vouchers: list[list[Any]] = field(default_factory=list)
    cash: list[list[Any]] = field(default_factory=list)
    bank: list[list[Any]] = field(default_factory=list)
    closings: dict[dt.date, Fen] = field(default_factory=dict)
    entries: int = 0
    _now: Fen = field(default_factory=lambda: defaultdict(int))

    def move(self, owner: str, debit: str, credit: str, fen: int) -> None:
        """Book an amount."""
        self._now[owner, debit] += fen
        self._now[owner, credit] -= fen
        self.entries += 1

    def balance(self, owner: str, code: str) -> int:
        """What an account has now."""
        return self._now[owner, code]

    def close(self, day: dt.date) -> None:
        """Keep the balances of a month's end."""
        self.closings[day] = dict(self._now)


def owners() -> list[str]:
    """The 29 owners of accounts."""
    names = NAMES.split()
    return [name + ("村" if n < VILLAGES else "社区") for n, name in enumerate(names)]


def invent(seed: int, year: int = 2024, per_month: int = 6, villages: list[str] | None = None) -> Office:
    """The books of a year; the same seed gives the same."""
    draw = random.Random(seed)
    office = Office()
    accounts = {
        owner: f"9900{n:03d}{draw.randrange(10**8):08d}" for n, owner in enumerate(villages or owners())
    }
    for owner, account in accounts.items():
        held = draw.randrange(1, 10**6), draw.randrange(10**7, 10**8)
        office.move(owner, "101", "000", held[0])
        office.move(owner, "102", "000", held[1])
        first = dt.date(year, 1, 1)
        office.cash.append([owner, first, None, "上年结转", None, None, held[0] / 100])
        office.bank.append([owner, account, first, None, "上年结转", None, None, held[1] / 100])
    number: defaultdict[str, int] = defaultdict(int)
    for month in range(1, 13):
        for owner, account in accounts.items():
            days = sorted(draw.randrange(2, 26) for _ in range(per_month))
            for day in days:
                on = dt.date(year, month, day)
                number[owner] += 1
                _voucher(
                    office,
                    draw,
                    owner,
                    account,
                    on,
                    f"{owner[:2]}{year % 100}{month:02d}-{number[owner]:04d}",
                )
            last = dt.date(year, month, calendar.monthrange(year, month)[1])
            if month % 3 == 0:
                interest = draw.randrange(1, 50000)
                office.move(owner, "102", "504", interest)
                _bank(office, owner, account, last, None, "利息", interest)
        office.close(dt.date(year, month, calendar.monthrange(year, month)[1]))
    return office


def _bank(
    office: Office, owner: str, account: str, on: dt.date, number: str | None, text: str, fen: int
) -> None:
    balance = office.balance(owner, "102") / 100
    row = [owner, account, on, number, text, fen / 100 if fen > 0 else None, -fen / 100 if fen < 0 else None]
    office.bank.append([*row, balance])


def _cash(office: Office, owner: str, on: dt.date, number: str | None, text: str, fen: int) -> None:
    balance = office.balance(owner, "101") / 100
    row = [owner, on, number, text, fen / 100 if fen > 0 else None, -fen / 100 if fen < 0 else None]
    office.cash.append([*row, balance])


def _voucher(office: Office, draw: random.Random, owner: str, account: str, on: dt.date, number: str) -> None:
    fen = draw.randrange(1, 10**6)
    comes = draw.random() < 0.3
    title = draw.choice(sorted(INCOME if comes else SPENDING))
    code = (INCOME if comes else SPENDING)[title]
    in_cash = fen < 200000 and draw.random() < 0.4
    if in_cash and not comes and office.balance(owner, "101") < fen:
        # The till is filled first; nobody pays out more cash than there is.
        office.move(owner, "101", "102", 10**6)
        _cash(office, owner, on, f"提{number}", "提现备用", 10**6)
        _bank(office, owner, account, on, f"提{number}", "提现备用", -(10**6))
    money = "101" if in_cash else "102"
    office.move(owner, *((money, code) if comes else (code, money)), fen)
    signed = fen if comes else -fen
    booked = on + dt.timedelta(days=draw.randrange(0, 3))
    if in_cash:
        _cash(office, owner, booked, number, title, signed)
    elif draw.random() < 0.2 and fen > 1:
        # One voucher in two lines; the balance between them is that of the first line.
        part = draw.randrange(1, fen)
        first = signed * part // fen if signed > 0 else -(fen * part // fen)
        before = office.balance(owner, "102") - signed
        for amount in (first, signed - first):
            if amount:
                before += amount
                line = [owner, account, booked, number, title]
                income, expense = (amount / 100, None) if amount > 0 else (None, -amount / 100)
                office.bank.append([*line, income, expense, before / 100])
    else:
        _bank(office, owner, account, booked, number, title, signed)
    office.vouchers.append(
        [
            owner,
            number,
            on,
            "收入" if comes else "支出",
            title,
            fen / 100,
            "电子发票",
            f"E{number}",
            "易荣",
            f"{title}；{on.month}月",
            "卢凤",
            "卢海志",
            "现金" if in_cash else "银行",
            "已入账",
        ]
    )


HEADERS = {
    "凭证审核登记": "村社区 凭证编号 凭证日期 收支 科目 金额 票据种类 票据号码 经办人 用途说明 "
    "财务审核 领导审批 结算方式 入账状态",
    "现金日记账": "村社区 日期 凭证编号 摘要 收入 支出 余额",
    "银行存款日记账": "村社区 账号 日期 凭证编号 摘要 收入 支出 余额",
}


def write(office: Office, folder: Path) -> Path:
    """The workbooks of the office: vouchers and journals, each with a title as the centre writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    for title, rows in zip(HEADERS, (office.vouchers, office.cash, office.bank), strict=True):
        book = xlsxwriter.Workbook(str(folder / f"{title}.xlsx"), {"strings_to_numbers": False})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(title)
        page.write(0, 0, f"会计服务中心{title}")
        page.write_row(1, 0, HEADERS[title].split())
        for r, row in enumerate(rows, 2):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(r, c, cell, day)
                elif cell is not None:
                    page.write(r, c, cell)
        book.close()
    return folder
