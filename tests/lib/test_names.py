"""Danish order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.names import sort_key

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
letters = st.text(alphabet=[sign for sign in ALPHABET if sign not in "az"], max_size=6)


@given(letters, letters)
def test_sorts_letter_by_letter_as_the_danish_alphabet(one: str, other: str) -> None:
    def places(word: str) -> list[int]:
        return [ALPHABET.index(sign) for sign in word]

    assert (sort_key(one) < sort_key(other)) == (places(one) < places(other))


def test_double_a_case_and_accents() -> None:
    assert sort_key("Aabenraa") == sort_key("åbenrå")
    assert sorted(["Zoe", "Østergård", "Åberg", "Ærø", "Ali", "Aagaard"], key=sort_key) == [
        "Ali",
        "Zoe",
        "Ærø",
        "Østergård",
        "Åberg",
        "Aagaard",
    ]
    assert sort_key("É") == sort_key("e")
    assert sort_key("Al-Amin") == "al amin"
