"""Charts of accounts (会计科目表): what a code or a word of a voucher stands for.

A chart is a YAML file in ``charts/`` or one of the office's own. An office's file may say ``extends:
village-2023`` and then holds only what differs: further words (``titles``) of an account, sub-accounts, or
another name. A word that the chart does not know is never guessed at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from django.utils.translation import gettext as _

from shouwang.standards.text import fold

CHARTS: Final = Path(__file__).parent / "charts"
DEFAULT: Final = "village-2023"
FUND: Final = "dedicated-fund"
"""The chart of a fund that is kept apart; no office keeps its books in it."""

Side = Literal["debit", "credit"]


class Kind(StrEnum):
    """The kinds of account; costs (成本类) are what is being made and stand among the assets."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    COST = "cost"
    INCOME = "income"
    EXPENSE = "expense"

    @property
    def label(self) -> str:
        """The Chinese word of the systems."""
        return {
            "asset": "资产",
            "liability": "负债",
            "equity": "所有者权益",
            "cost": "成本",
            "income": "收入",
            "expense": "支出",
        }[self.value]

    @property
    def normal(self) -> Side:
        """The side on which accounts of the kind usually stand."""
        return "credit" if self in (Kind.LIABILITY, Kind.EQUITY, Kind.INCOME) else "debit"


class ChartError(ValueError):
    """A chart file that can't be obeyed; names file, account, value and what to do."""


@dataclass(frozen=True)
class Account:
    """One account of a chart; ``titles`` are further words that mean it."""

    code: str
    name: str
    kind: Kind
    normal: Side
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart of accounts.

    ``money`` are the codes of cash and bank, ``earmarked`` those that hold money for one purpose,
    ``profit`` and ``retained`` where a year's result goes, ``opening`` the account that takes the other
    side of an opening balance whose accounts are not told apart.
    """

    key: str
    name: str
    source: str
    since: dt.date | None
    until: dt.date | None
    accounts: Mapping[str, Account]
    money: tuple[str, ...]
    earmarked: tuple[str, ...]
    profit: str
    retained: str
    opening: str
    _words: Mapping[str, str] = field(repr=False, default_factory=dict)

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """The lengths of the codes, longest first."""
        return tuple(sorted({len(code) for code in self.accounts}, reverse=True))

    @property
    def cash(self) -> str:
        """The account of cash; of a chart that knows only money in a bank, that."""
        return self.money[0]

    @property
    def bank(self) -> str:
        """The account of money in banks."""
        return self.money[-1]

    def by_code(self, code: str) -> Account | None:
        """The account of a code or, for a sub-account that the chart does not list, of the one above it.

        >>> village = chart("village-2023")
        >>> village.by_code("10201").name, village.by_code("999")
        ('银行存款', None)
        """
        plain = re.sub(r"[.\-\s]", "", code)
        for width in self.widths:
            found = self.accounts.get(plain[:width]) if len(plain) >= width else None
            if found is not None:
                return found
        return None

    def find(self, written: str) -> Account | None:
        """The account that a cell names: its code, its name, one of its titles, or ``name/detail``.

        A code with a name must fit each other: ``511 发包及上交收入`` is nothing of the chart of 2023.

        >>> [chart("village-2023").find(word).code for word in ("513 管理费用", "管理费用-办公费", "绿化")]
        ['513', '513', '514']
        """
        text = _bare(written)
        if numbered := re.match(r"(\d[\d.]*\d|\d)[-_:]*(.*)$", text):
            return self.by_code(numbered[1]) if self.agrees(numbered[1], numbered[2]) else None
        whole = self._words.get(text) or self._words.get(_head(text))
        return self.accounts[whole] if whole else None

    def agrees(self, code: str, title: str | None) -> bool:
        """Whether a code and the name beside it can mean the same account.

        The name of a main account must be the chart's or one of its titles. A sub-account has a name of the
        office's own, which must not be that of another account.
        """
        account = self.by_code(code)
        if account is None or not title or not title.strip():
            return account is not None
        text = _bare(title)
        meant = self._words.get(text) or self._words.get(_head(text))
        if meant is not None:
            return meant.startswith(account.code) or account.code.startswith(meant)
        return len(re.sub(r"\D", "", code)) > len(account.code)


def _head(text: str) -> str:
    """What stands before the detail: 管理费用 of 管理费用-办公费."""
    return re.split(r"[-_/:>\\|]", text)[0]


def _bare(text: str) -> str:
    """A word as it is compared: half-width, without spaces, and without a remark in brackets at its end."""
    plain = fold(text).replace(" ", "")
    return plain if plain in ("", "生产(劳务)成本") else re.sub(r"\([^()]*\)$", "", plain) or plain


def _accounts(raw: Mapping[str, Any], where: str, base: Mapping[str, Account]) -> dict[str, Account]:
    found = dict(base)
    for key, entry in raw.items():
        code, here = str(key), f"{where} {key}"
        if not code.isascii() or not code.isdigit():
            raise ChartError(_('{where}：科目编码只能是数字，请加引号写成 "101"').format(where=here))
        if not isinstance(entry, dict):
            raise ChartError(_("{where}：应写明 name（名称）和 kind（类别）").format(where=here))
        above = found.get(code) or next(
            (found[code[:n]] for n in range(len(code), 0, -1) if code[:n] in found), None
        )
        kinds = "、".join(kind.value for kind in Kind)
        try:
            kind = Kind(entry["kind"]) if "kind" in entry else above.kind if above else None
        except ValueError as error:
            message = _("{where}：类别“{kind}”不在 {kinds} 之中")
            raise ChartError(message.format(where=here, kind=entry["kind"], kinds=kinds)) from error
        known = found.get(code)
        name = str(entry.get("name") or (known.name if known else "")).strip()
        if kind is None or not name:
            message = _("{where}：新科目须有名称 name 和类别 kind（{kinds}）")
            raise ChartError(message.format(where=here, kinds=kinds))
        normal = entry.get("normal") or (known.normal if known else kind.normal)
        if normal not in ("debit", "credit"):
            raise ChartError(_("{where}：normal 只能是 debit（借）或 credit（贷）").format(where=here))
        titles = entry.get("titles") or []
        if not isinstance(titles, list):
            raise ChartError(_("{where}：titles 应是列表，如 [办公费, 差旅费]").format(where=here))
        words = dict.fromkeys([*(known.titles if known else ()), *(str(word).strip() for word in titles)])
        found[code] = Account(code, name, kind, normal, tuple(word for word in words if word))
    return dict(sorted(found.items()))


def _words(accounts: Iterable[Account], own: set[tuple[str, str]], where: str) -> dict[str, str]:
    """Every word and the code it means; what an office says of a word (``own``) goes before the chart."""
    names: dict[str, str] = {}
    for account in accounts:
        if (other := names.setdefault(_bare(account.name), account.code)) != account.code:
            message = _("{where}：科目 {one} 和 {other} 名称相同：{name}")
            raise ChartError(message.format(where=where, one=other, other=account.code, name=account.name))
    titles: dict[str, str] = {}
    for account in accounts:
        for word in account.titles:
            bare = _bare(word)
            other = titles.setdefault(bare, account.code)
            if other == account.code:
                continue
            if ((account.code, bare) in own) == ((other, bare) in own):
                message = _("{where}：“{word}”同时列在科目 {one} 和 {other}，请只留一处")
                raise ChartError(message.format(where=where, word=word, one=other, other=account.code))
            titles[bare] = account.code if (account.code, bare) in own else other
    return {**titles, **names}


def load(path: Path) -> Chart:
    """The chart of a file; :class:`ChartError` for one that can't be obeyed."""
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ChartError(_("{path}：不能读取科目文件：{error}").format(path=path, error=error)) from error
    where = path.name
    if not isinstance(body, dict) or not isinstance(body.get("accounts"), dict):
        raise ChartError(_("{path}：科目文件须有 accounts，每个编码一项").format(path=path))
    known = {*_KEYS, "extends"}
    if unknown := sorted(set(map(str, body)) - known):
        message = _("{path}：不认识 {names}，可写的有 {known}")
        raise ChartError(message.format(path=path, names="、".join(unknown), known="、".join(sorted(known))))
    base = None
    if "extends" in body:
        if str(body["extends"]) not in shipped():
            message = _("{path}：没有叫“{name}”的科目表，可写的有 {names}")
            raise ChartError(message.format(path=path, name=body["extends"], names="、".join(shipped())))
        base = chart(str(body["extends"]))
    return _made(body, path.stem, where, base)


_KEYS: Final = ("name", "source", "since", "until", "money", "earmarked", "result", "opening", "accounts")


def _made(body: Mapping[str, Any], key: str, where: str, base: Chart | None) -> Chart:
    accounts = _accounts(body["accounts"], where, base.accounts if base else {})
    own = {
        (str(code), _bare(str(word)))
        for code, entry in body["accounts"].items()
        for word in entry.get("titles") or ()
        if base
    }

    def day(name: str, default: dt.date | None) -> dt.date | None:
        value = body.get(name, default)
        if value is not None and not isinstance(value, dt.date):
            message = _("{where}：{name} 应写成 2024-01-01 的样子")
            raise ChartError(message.format(where=where, name=name))
        return value

    def codes(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = body.get(name)
        if value is None:
            return default
        if not isinstance(value, list):
            raise ChartError(_("{where}：{name} 应是编码的列表").format(where=where, name=name))
        return tuple(str(code) for code in value)

    result = body.get("result")
    opening = body.get("opening")
    if (base is None and not (isinstance(result, dict) and isinstance(opening, dict))) or not all(
        part is None or isinstance(part, dict) for part in (result, opening)
    ):
        message = _("{where}：须有 result（其下 profit、retained 两个编码）和 opening（其下 code、name）")
        raise ChartError(message.format(where=where))
    result, opening = result or {}, opening or {}
    opening_code = str(opening.get("code", base.opening if base else ""))
    if opening_code not in accounts:
        name = str(opening.get("name") or "期初余额")
        accounts[opening_code] = Account(opening_code, name, Kind.EQUITY, "credit")
    made = Chart(
        key=key,
        name=str(body.get("name") or (base.name if base else key)),
        source=str(body.get("source") or (base.source if base else "")),
        since=day("since", base.since if base else None),
        until=day("until", base.until if base else None),
        accounts=dict(sorted(accounts.items())),
        money=codes("money", base.money if base else ()),
        earmarked=codes("earmarked", base.earmarked if base else ()),
        profit=str(result.get("profit", base.profit if base else "")),
        retained=str(result.get("retained", base.retained if base else "")),
        opening=opening_code,
        _words=_words(accounts.values(), own, where),
    )
    named = (*made.money, *made.earmarked, made.profit, made.retained)
    if missing := sorted({code for code in named if code not in accounts}):
        message = _("{where}：money、earmarked、result 里的 {codes} 不在科目之中")
        raise ChartError(message.format(where=where, codes="、".join(missing) or "（空）"))
    if not made.money:
        raise ChartError(_("{where}：money 须写明现金和银行存款的编码").format(where=where))
    return made


@cache
def shipped() -> tuple[str, ...]:
    """The names of the charts that come with the program."""
    return tuple(sorted(path.stem for path in CHARTS.glob("*.yaml")))


def for_offices() -> tuple[str, ...]:
    """The shipped charts in which an office may keep its books."""
    return tuple(name for name in shipped() if name != FUND)


@cache
def chart(name: str = DEFAULT) -> Chart:
    """A chart that comes with the program; ``KeyError`` for a name that none has."""
    if name not in shipped():
        raise KeyError(name)
    return load(CHARTS / f"{name}.yaml")
