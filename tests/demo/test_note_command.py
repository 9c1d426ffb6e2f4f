"""``jobpakke note``: the published tables and what follows from them, in every format and both languages."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from jobpakke.cli import main
from jobpakke.followup.models import FollowUp
from tests.cli.shell import one_line

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("demo", "own_folder")]
Capture = pytest.CaptureFixture[str]

TABLE_1 = ["Fredensborg 25 61 61", "Gladsaxe 10 97 97", "Slagelse – 49 49", "Aabenraa – 56 61", "Århus 77 50 62"]
TABLE_2 = [
    "Fredensborg 12 0 13 18 0 8 51",
    "Gladsaxe 18 0 44 23 3 9 97",
    "Slagelse 20 0 25 0 4 0 49",
    "Aabenraa 33 1 14 11 0 2 61",
    "Århus 24 13 6 12 4 3 62",
]
DANISH = [
    "330 pakker",
    "mod 313",
    "en vækst på 5 %, talt i pakker og ikke i borgere",
    "vokset i Aabenraa (fra 56 til 61) og Århus (fra 50 til 62).",
    "I Fredensborg er 61 pakker 51 borgere",
    "38 % 1. september 2009: 121 af 320 borgere",
    "Århus 60 %, Aabenraa 56 %, Slagelse 41 %",
    "Fleksjob udgør 14 af 121 job",
    "i Århus 13 af 37 job (35 %)",
    "64 af 320 borgere (20 %)",
    "I alt 112 313 330",
    "I alt 107 14 102 64 11 22 320",
    "70 ambassadører i 38 kommuner og hos 4 andre aktører, mod 33 i 23 kommuner den 31. maj 2009",
    "fik et ekstra hold med start den 16. september 2009, fordi",
    "gik til 2.700 abonnenter",
]
ENGLISH = [
    "330 packages",
    "against 313",
    "a growth of 5 %, counted in packages and not in citizens",
    "grew in Aabenraa (from 56 to 61) and Århus (from 50 to 62).",
    "In Fredensborg 61 packages are 51 citizens",
    "is 38 %: 121 of 320 citizens",
    "Århus 60 %, Aabenraa 56 %, Slagelse 41 %",
    "Of the 121 jobs 14 are flex jobs",
    "in Århus 13 of the 37 jobs (35 %)",
    "64 of the 320 citizens (20 %)",
    "Total 112 313 330",
    "Total 107 14 102 64 11 22 320",
    "70 ambassadors in 38 municipalities and at 4 other actors, against 33 in 23 municipalities on 31 May 2009",
    "was given an extra run, to begin on 16 September 2009, because",
    "went to 2,700 subscribers",
]


def made(folder: Path, kind: str, *more: str) -> Path:
    out = folder / f"note.{kind}"
    assert main(["note", "VIP2", "--on", "2009-09-01", "--format", kind, "--out", str(out), *more]) == 0
    return out


def refused(capsys: Capture, *arguments: str) -> str:
    assert main(["note", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return one_line(captured.err)


@pytest.mark.parametrize(("lang", "sentences"), [("da", DANISH), ("en", ENGLISH)])
def test_the_pdf_has_both_tables_and_every_derived_figure(tmp_path: Path, lang: str, sentences: list[str]) -> None:
    reader = PdfReader(made(tmp_path, "pdf", "--lang", lang))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    for expected in (*TABLE_1, *TABLE_2, *sentences):
        assert expected in text, expected
    assert str(reader.root_object["/Lang"]) == lang
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary


def test_what_one_writes_stands_where_one_wants_it_and_is_never_read_as_code(tmp_path: Path) -> None:
    text = made(tmp_path, "html", "--text", "=1+1 <script>#let</script>", "--after", "jobs").read_text(encoding="utf-8")
    assert "=1+1 &lt;script&gt;#let&lt;/script&gt;" in text
    assert text.index("Jobbene") < text.index("=1+1") < text.index("I mellemrummet")
    reader = PdfReader(made(tmp_path, "pdf", "--text", "=1+1 <script>#let</script>"))
    assert "=1+1 <script>#let</script>" in " ".join(page.extract_text() for page in reader.pages)


def test_the_web_page_is_one_file_that_fetches_nothing(tmp_path: Path) -> None:
    text = made(tmp_path, "html").read_text(encoding="utf-8")
    assert 'src="data:image/svg+xml;base64,' in text
    assert not re.search(r"(src|href)=\"(?!data:)", text)
    for expected in DANISH[:10]:
        assert expected in text, expected


def test_the_workbooks_totals_are_formulas_over_the_rows(tmp_path: Path) -> None:
    book = zipfile.ZipFile(made(tmp_path, "xlsx", "--text", "=HYPERLINK(1)"))
    sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3, 4)]
    assert "<f>" not in sheets[0]
    for column, total in zip("BCD", (112, 313, 330), strict=True):
        assert re.search(rf"<f>SUM\({column}4:{column}8\)</f><v>{total}</v>", sheets[1])
    for column, total in zip("BCDEFGH", (107, 14, 102, 64, 11, 22, 320), strict=True):
        assert re.search(rf"<f>SUM\({column}4:{column}8\)</f><v>{total}</v>", sheets[2])
    assert "0.378125" in sheets[3]


def test_the_workbook_draws_the_statuses_by_itself(tmp_path: Path) -> None:
    chart = zipfile.ZipFile(made(tmp_path, "xlsx")).read("xl/charts/chart1.xml").decode()
    assert '<c:grouping val="stacked"/>' in chart
    series = re.findall(r"<c:val><c:numRef><c:f>([^<]*)</c:f>", chart)
    assert series == [f"'Tabel 2'!${column}$4:${column}$8" for column in "BCDEFG"]


def test_the_word_file_has_headings_tables_and_a_drawing_with_words(tmp_path: Path) -> None:
    read = docx.Document(io.BytesIO(made(tmp_path, "docx").read_bytes()))
    assert [row.cells[0].text for row in read.tables[1].rows] == [
        "Kommune",
        "Fredensborg",
        "Gladsaxe",
        "Slagelse",
        "Aabenraa",
        "Århus",
        "I alt",
    ]
    assert [cell.text for cell in read.tables[1].rows[-1].cells[1:]] == ["107", "14", "102", "64", "11", "22", "320"]
    assert "Heading 1" in {paragraph.style.name for paragraph in read.paragraphs if paragraph.style}
    words = [drawing._inline.docPr.get("descr", "") for drawing in read.inline_shapes]
    assert ["tabel 2" in words[0], "tabel 4" in words[1]] == [True, True]
    assert [word.partition(" ")[0] for word in words[2:]] == ["Stigende", "Bånd", "Bånd", "En"]


STORIES = ("Vjosa", "Salma", "Selim")


def test_the_three_stories_stand_in_every_format_and_are_left_out_when_one_says_so(tmp_path: Path) -> None:
    page = made(tmp_path, "html").read_text(encoding="utf-8")
    assert re.findall(r"<h3>(\w+)</h3>", page) == list(STORIES)
    for own in ("Bukurije", "Lekaj", "Wadeera", "Al-Tai", "Fuat", "Ersoy"):
        assert own not in page
    printed = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in PdfReader(made(tmp_path, "pdf")).pages))
    assert printed.index("Casefortællinger") < printed.index("Selim") < printed.index("Sådan er tallene gjort op")
    read = docx.Document(io.BytesIO(made(tmp_path, "docx").read_bytes()))
    headings = [each.text for each in read.paragraphs if each.style and each.style.name == "Heading 2"]
    assert headings == list(STORIES)
    book = zipfile.ZipFile(made(tmp_path, "xlsx"))
    assert sheets_of(book)[-1] == "Casefortællinger"
    strings = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", book.read("xl/sharedStrings.xml").decode())
    shown = book.read(f"xl/worksheets/sheet{len(sheets_of(book))}.xml").decode()
    rows = re.findall(r'<row r="\d+"[^>]*><c r="A\d+"[^>]*><v>(\d+)</v></c><c r="B\d+"[^>]*><v>(\d+)</v>', shown)
    assert [strings[int(name)] for name, _text in rows] == ["Fortalt under navnet", *STORIES]
    assert all("\n\n" in strings[int(text)] for _name, text in rows[1:])


def sheets_of(book: zipfile.ZipFile) -> list[str]:
    return re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())


def test_without_the_stories_nothing_of_them_is_left(tmp_path: Path) -> None:
    assert "Casefortællinger" not in made(tmp_path, "html", "--no-stories").read_text(encoding="utf-8")
    book = zipfile.ZipFile(made(tmp_path, "xlsx", "--no-stories"))
    assert "Casefortællinger" not in sheets_of(book)
    assert "Vjosa" not in book.read("xl/sharedStrings.xml").decode()


def test_a_note_in_english_says_that_the_stories_are_danish(tmp_path: Path) -> None:
    page = made(tmp_path, "html", "--lang", "en").read_text(encoding="utf-8")
    assert "They are in Danish" in page
    assert page.count('<div lang="da">') == 3
    word = zipfile.ZipFile(made(tmp_path, "docx", "--lang", "en")).read("word/document.xml").decode()
    assert word.count('<w:lang w:val="da-DK"/>') >= 3
    assert "Casefortællinger" not in page


def test_before_anything_began_the_note_says_so(tmp_path: Path) -> None:
    out = tmp_path / "early.html"
    assert main(["note", "VIP2", "--on", "2000-01-01", "--format", "html", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "Ingen var begyndt i en pakke til og med 1. januar 2000." in text
    assert "None" not in re.sub(r'src="data:[^"]*"', "", text)


def test_a_note_of_what_was_frozen_has_its_hash_and_one_as_known_says_until_when(tmp_path: Path) -> None:
    frozen = FollowUp.objects.get(programme__code="VIP2", cut_off_on="2009-09-01")
    out = tmp_path / "frozen.html"
    assert main(["note", "VIP2", "--frozen", str(frozen.ref), "--format", "html", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    for told in ("330 pakker", "mod 313", "121 af 320 borgere", frozen.sha256, "+41 %"):
        assert told in page, told
    for told in (
        "16 % (10–26) inden for 6 måneder",
        "Siden 30. april 2009: 59 gange",
        "som også giver de frosne tabeller",
    ):
        assert told in page, told
    assert page.count("data:image/svg+xml") == 6
    known = made(tmp_path, "html", "--known-on", "2009-09-01", "--by", "municipality").read_text(encoding="utf-8")
    assert "Lavet" in known
    assert "til og med 1. september 2009." in known


def test_the_last_frozen_follow_up_is_what_a_note_compares_with(tmp_path: Path) -> None:
    assert "Siden 30. april 2009: 59 gange" in made(tmp_path, "html").read_text(encoding="utf-8")
    page = made(tmp_path, "html", "--before", "2009-01-01").read_text(encoding="utf-8")
    assert "Siden 1. januar 2009:" in page


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["VIP2", "--frozen", "x"], "there are: "),
        (["VIP2", "--frozen", "x", "--on", "2009-09-01"], "has its own day"),
        (["VIP2"], "say of which day"),
        (["VIP2", "--on", "2009-09-01", "--before", "2009-09-01"], "must lie before"),
        (["VIP2", "--on", "2009-09-01", "--known-on", "i går"], "is not a date"),
        (["VIP2", "--on", "1.9.2009"], "is not a date"),
        (["VIP2", "--on", "9999-12-31"], "lies ahead"),
        (["VIP9", "--on", "2009-09-01"], "unknown programme 'VIP9'; the database has: "),
        (["VIP2", "--on", "2009-09-01", "--text", "a\x0bb"], "cannot be"),
        (["VIP2", "--on", "2009-09-01", "--text", "x" * 4001], "4000"),
        (["VIP2", "--on", "2009-09-01", "--out", "/nowhere/x.pdf"], "cannot write /nowhere/x.pdf"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(capsys: Capture, arguments: list[str], expected: str) -> None:
    assert expected in refused(capsys, *arguments)


def test_a_note_for_others_hides_what_is_small_in_tables_and_sentences(tmp_path: Path) -> None:
    page = made(tmp_path, "html", "--hide-small").read_text(encoding="utf-8")
    shown = re.sub(r'src="data:[^"]*"', "", page)
    assert not re.search(r"<td>[1-4]</td>", shown)
    assert shown.count("<td>skjult</td>") > 10
    assert "Tal fra 1 til 4 er skjult" in shown
    for told in ("38 % 1. september 2009: 121 af 320 borgere", "I alt", "<td>320</td>", "<td>330</td>"):
        assert told in shown
    assert "i Århus 13 af de 37 job" not in shown
    assert "Bånd fra hver status" not in shown
