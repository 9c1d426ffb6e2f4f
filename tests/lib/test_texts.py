"""Texts: what is taken, what is refused, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.refusal import Refused
from jobpakke.lib.texts import plain


@dataclass
class Short:
    max_length: int | None = 5


@given(st.text(max_size=8))
def test_what_is_taken_fits_and_can_be_shown(text: str) -> None:
    try:
        taken = plain(text, Short())
    except Refused as refused:
        (refusal,) = refused.refusals
        expected = {
            "TEXT_NEEDED": not text.strip(),
            "TEXT_NOT_PLAIN": any((ord(sign) < 32 and sign not in "\n\r\t") or 127 <= ord(sign) < 160 for sign in text),
            "TEXT_TOO_LONG": len(text.strip()) > 5,
        }
        assert expected[refusal.code]
    else:
        assert taken == text.strip()
        assert 0 < len(taken) <= 5
        assert "\x00" not in taken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  ", "TEXT_NEEDED"),
        ("123456", "TEXT_TOO_LONG"),
        ("a\x00b", "TEXT_NOT_PLAIN"),
        ("a\x1bb", "TEXT_NOT_PLAIN"),
        ("a\ud800", "TEXT_NOT_PLAIN"),
    ],
)
def test_each_refusal(text: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        plain(text, Short())


def test_lines_and_letters_of_all_peoples_are_plain() -> None:
    assert plain(" æøå\n\tÅse ", Short(None)) == "æøå\n\tÅse"
    assert plain("  ", Short(), needed=False) == ""
    assert plain("12345", Short()) == "12345"
