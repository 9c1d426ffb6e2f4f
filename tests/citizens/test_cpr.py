"""CPR numbers."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.citizens.cpr import decrypt, encrypt, fingerprint, parse
from jobpakke.demo.people import replacement_cpr
from jobpakke.lib.refusal import Refused

ON = date(2026, 11, 1)


@given(st.dates(date(1937, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_a_replacement_number_gives_its_date_of_birth(born_on: date, serial: int) -> None:
    assert parse(replacement_cpr(born_on, serial), on=ON)[1] == born_on


@pytest.mark.parametrize(
    ("text", "born_on"),
    [
        ("010170-1001", date(1970, 1, 1)),
        ("0101701002", date(1970, 1, 1)),  # fails modulus 11, valid since 2007
        (" 010104 4001 ", date(2004, 1, 1)),
        ("610170-1001", date(1970, 1, 1)),
    ],
)
def test_valid(text: str, born_on: date) -> None:
    assert parse(text, on=ON) == (text.replace("-", "").replace(" ", ""), born_on)


@pytest.mark.parametrize(
    "text",
    ["", "12345", "010170100", "01017010011", "310270-1001", "001370-1001", "920170-1001", "abcdefghij", "٠١٠١٧٠١٠٠١"],
)
def test_wrong(text: str) -> None:
    with pytest.raises(Refused, match="CPR_WRONG") as refused:
        parse(text, on=ON)
    assert not refused.value.refusals[0].args


def test_not_born() -> None:
    with pytest.raises(Refused, match="CPR_NOT_BORN"):
        parse("010130-4001", on=ON)


@given(st.text())
def test_any_text_ends_in_a_number_or_a_refusal(text: str) -> None:
    try:
        number, _born = parse(text, on=ON)
    except Refused:
        return
    assert len(number) == 10


def test_encrypted_under_the_key_and_found_through_it(settings: pytest.MonkeyPatch) -> None:
    number = "6101701001"
    token, mark = encrypt(number), fingerprint(number)
    assert number not in token
    assert number not in mark
    assert decrypt(token) == number
    settings.CPR_KEY = "another key" * 6  # type: ignore[attr-defined]  # pytest-django's settings
    assert fingerprint(number) != mark
    with pytest.raises(InvalidToken):
        decrypt(token)
