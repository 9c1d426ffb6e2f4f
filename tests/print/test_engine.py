"""From data to an accessible PDF: tagged, named, in its language; text of people is text, whatever it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from jobpakke.print.engine import pdf
from jobpakke.print.signs import BOX, shown
from tests.print.samples import filled

AT = datetime(2026, 3, 2, 10, 30, 15, 123456, tzinfo=UTC)
HOSTILE = [
    '#read("/etc/passwd")',
    '#import "look.typ": ink',
    "#{ while true {} }",
    "*fed* _kursiv_ `kode` $x^2$ @her <der> // væk /* væk */ = Overskrift",
    '\\u{41} "}] ]} #"); let data = 1',
    "- en\n+ to\n/ tre: fire",
    "https://eksempel.dk/?a=1&b=2 <script>alert(1)</script>",
    "{{ data }} {% url 'x' %} %(name)s",
]


def words_of(content: bytes) -> str:
    """The text of every page, without the ways in which lines and words break."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()).replace("-", "")


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("-", "")


def made(**arguments: Any) -> bytes:
    return pdf("plan.typ", filled(**arguments), at=AT)


def test_it_is_tagged_named_and_in_its_language_and_says_that_it_is_pdf_ua() -> None:
    reader = PdfReader(BytesIO(made()))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Titel"
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "/StructTreeRoot" in root


def tags(node: Any, found: list[Any]) -> list[Any]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            tags(each, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_headings_table_lists_and_the_text_for_the_drawing_are_in_its_structure() -> None:
    reader = PdfReader(BytesIO(made(text="Praktik i butik")))
    root: Any = reader.root_object
    found = tags(root["/StructTreeRoot"]["/K"], [])
    kinds = [str(each["/S"]) for each in found]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= set(kinds)
    assert kinds.count("/TH") == 5
    assert [each["/Alt"] for each in found if each["/S"] == "/Figure"] == ["En trappe: Praktik i butik"]


def test_the_same_data_give_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_code(text: str) -> None:
    content = made(text=text)
    assert squeezed(text) in words_of(content)
    assert "root:" not in words_of(content)


def test_long_texts_fill_pages_and_are_all_there() -> None:
    text = " ".join(f"ord{number}" for number in range(600))[:4000]
    content = made(text=text)
    assert squeezed(text) in words_of(content)
    assert len(made(text="x" * 4000)) > 0


def test_names_in_other_alphabets_are_drawn() -> None:
    for name in ("محمد", "Зоя Ђорђевић", "Đặng Thị Hạnh", "Ελένη", "Łukasz Żółć"):
        assert BOX not in str(shown(name)), name
        made(text=name)


def test_what_cannot_be_drawn_is_a_box_and_the_print_says_so() -> None:
    content = made(text="Li 王 👩‍💻")
    assert "Li□□" in words_of(content)
    assert "<incomplete>" in words_of(content)
    assert "<incomplete>" not in words_of(made(text="Ja □ nej"))


def test_signs_that_turn_the_direction_of_reading_go() -> None:
    assert shown("fdp.\u202egpj \u2066x\u2069\x00\x07") == "fdp.gpj x"


@given(text=st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_can_be_printed(text: str) -> None:
    assert made(text=text, steps=1).startswith(b"%PDF")


@pytest.mark.parametrize("steps", [0, 1, 16])
def test_from_no_step_to_the_most(steps: int) -> None:
    assert made(steps=steps).startswith(b"%PDF")


def test_what_is_no_text_and_no_number_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        pdf("plan.typ", {"day": AT}, at=AT)
    with pytest.raises(FileNotFoundError):
        pdf("../../settings.py", {}, at=AT)
    with pytest.raises(typst.TypstError):
        pdf("plan.typ", {"words": {}}, at=AT)
