"""The shape of answers, and that every message is complete."""

import pytest

from shouwang.standards import coal, credit_code, dates, division, money, quantity, resident_id
from shouwang.standards.reading import Message, Reading, table

TABLES = [module.MESSAGES for module in (coal, credit_code, dates, division, money, quantity, resident_id)]


def test_a_refused_cell_has_a_code_and_no_value() -> None:
    refused: Reading[int] = Reading(problem=Message("x", "坏"))
    assert (refused.ok, refused.code, refused.value) == (False, "x", None)


def test_an_accepted_cell_may_carry_a_note() -> None:
    accepted = Reading(1, note=Message("n", "注"))
    assert (accepted.ok, accepted.code, accepted.note_code) == (True, None, "n")


def test_codes_are_unique_over_the_room() -> None:
    codes = [code for messages in TABLES for code in messages]
    assert len(codes) == len(set(codes))
    with pytest.raises(ValueError, match="share a code"):
        table(Message("x", "一"), Message("x", "二"))


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    for messages in TABLES:
        for message in messages.values():
            assert message.text and message.advice, message.code
