"""What a file really is: each kind taken, each thing refused, and nothing that escapes."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.refusal import Refused
from jobpakke.packages.models.signed import ScanKind
from jobpakke.packages.scans import MOST_BYTES, read_scan
from jobpakke.print.engine import pdf as printed
from tests.packages import papers
from tests.print.samples import filled


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        (papers.pdf(), ScanKind.PDF, "ark.pdf"),
        (papers.picture("JPEG"), ScanKind.JPEG, "ark.jpg"),
        (papers.picture("PNG"), ScanKind.PNG, "ark.png"),
    ],
)
def test_a_kind_is_told_by_content_whatever_it_is_called(content: bytes, kind: ScanKind, name: str) -> None:
    found = read_scan("ark.exe", content)
    assert (found.kind, found.name, found.content) == (kind, name, content)


def test_what_we_print_ourselves_can_be_filed() -> None:
    made = printed("plan.typ", filled(), at=datetime(2026, 1, 1, tzinfo=UTC))
    assert read_scan("udskrift.pdf", made).kind == ScanKind.PDF


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "COPY_EMPTY"),
        (b"%PDF-1.7" + b"x" * MOST_BYTES, "COPY_TOO_LARGE"),
        (b"<html><script>alert(1)</script>", "COPY_KIND_NOT_TAKEN"),
        (b"PK\x03\x04", "COPY_KIND_NOT_TAKEN"),
        (b"\n" + papers.pdf(), "COPY_KIND_NOT_TAKEN"),
        (b"GIF89a" + papers.picture("PNG"), "COPY_KIND_NOT_TAKEN"),
        (b"%PDF-1.7\n", "COPY_DAMAGED"),
        (papers.written(papers.paper(pages=0)), "COPY_DAMAGED"),
        (papers.picture("PNG")[:-20], "COPY_DAMAGED"),
        (papers.picture("JPEG", (400, 400))[:-300], "COPY_DAMAGED"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "COPY_DAMAGED"),
        (papers.picture("PNG", (8000, 6000)), "COPY_DAMAGED"),
        (papers.locked(), "COPY_LOCKED"),
        (papers.locked(to_open=""), "COPY_LOCKED"),
        (papers.with_script(), "COPY_ACTS"),
        (papers.with_file(), "COPY_ACTS"),
        (papers.with_launch(), "COPY_ACTS"),
        (papers.with_note(), "COPY_ACTS"),
        (papers.with_opening(), "COPY_ACTS"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_scan("ark.pdf", content)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\bo\\Asta plan.PDF", "Asta plan.pdf"),
        ("Asta 010170-1234 underskrevet.pdf", "Asta underskrevet.pdf"),
        ("0101701234.pdf", "scan.pdf"),
        ('x"\r\nSet-Cookie: a.pdf', "xSet-Cookie a.pdf"),
        ("fdp.\u202egpj.pdf", "fdp.gpj.pdf"),
        ("...", "scan.pdf"),
        ("", "scan.pdf"),
        ("æ" * 300 + ".pdf", "æ" * 100 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert read_scan(given_name, papers.pdf()).name == kept


@given(data=st.data())
def test_a_damaged_file_is_refused_and_never_breaks_the_reader(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([papers.with_launch(), papers.picture("PNG"), papers.picture("JPEG")]))
    torn = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        torn[data.draw(st.integers(0, len(torn) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        read_scan("ark.pdf", bytes(torn[: data.draw(st.integers(1, len(torn)))]))
