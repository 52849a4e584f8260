"""Numbers of the town are valid by the standards, and belong to nobody."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from shouwang.standards import credit_code, resident_id
from shouwang.synth.numbers import (
    accounts,
    block,
    credit_codes,
    either,
    money,
    phones,
    quantity,
    resident_ids,
    sequences,
)


def test_every_resident_id_is_valid_and_says_sex_and_birth() -> None:
    births = np.array([19600229, 19991231, 20230101, 19450715] * 50)
    male = np.arange(200) % 2 == 0
    births = births[:40]
    numbers = resident_ids(999901, births, sequences(births, male[:40], 20))
    assert numbers.n_unique() == 40
    for number, birth, man in zip(numbers, births, male, strict=False):
        read = resident_id.parse(number).value
        assert read is not None
        assert f"{read.birth_date:%Y%m%d}" == str(birth)
        assert read.sex == (resident_id.Sex.MALE if man else resident_id.Sex.FEMALE)
        assert read.region == "999901"


def test_more_persons_on_a_day_than_the_block_holds_are_refused() -> None:
    births = np.full(11, 19800101)
    with pytest.raises(ValueError, match="share a birth date"):
        sequences(births, np.zeros(11, bool), 20)


def test_communities_never_share_a_number() -> None:
    blocks = [block(c, floating) for c in range(1000) for floating in (False, True)]
    assert len(set(blocks)) == len(blocks)
    assert all(999901 <= region <= 999999 and 20 <= first <= 980 for region, first in blocks)


def test_every_credit_code_is_valid() -> None:
    codes = credit_codes("92", np.arange(500) * 97)
    assert codes.n_unique() == 500
    for code in codes:
        reading = credit_code.parse(code)
        assert reading.value is not None
        assert reading.problem is None
        assert code[2:8] == "999901"


def test_phones_and_accounts_are_of_the_invented_kind() -> None:
    assert phones(np.array([7, 10_012])).to_list() == ["19000000007", "19000000012"]
    assert accounts(np.array([5])).to_list() == ["9900000000000000005"]


def test_money_is_exact_also_below_nought() -> None:
    assert money(np.array([1, -12345, 10**14])).to_list() == [
        Decimal("0.01"),
        Decimal("-123.45"),
        Decimal("1000000000000.00"),
    ]
    assert quantity(np.array([43500])).to_list() == [Decimal("4.3500")]


def test_either_leaves_nothing_where_no_other_text_is_given() -> None:
    assert either(np.array([True, False]), "在").to_list() == ["在", None]
    assert either(pl.Series([True, False]), "在", "不在").to_list() == ["在", "不在"]
