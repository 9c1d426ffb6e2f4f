"""A file of Statistikbanken is read whole, or refused with every row that is wrong."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.followup.context import reading
from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.layouts import Span, span_of
from jobpakke.followup.context.reading import CountKey, read_counts
from jobpakke.followup.context.refusals import CountsRefusal, Problem, RowFault
from jobpakke.lib.refusal import Refused
from tests.followup.counts import PLACES, read

JANUARY, FEBRUARY = Span(date(2009, 1, 1), 1), Span(date(2009, 2, 1), 1)
THREE = {
    CountKey("0751", "Kontanthjælp", JANUARY): 3512,
    CountKey("0751", "Kontanthjælp", FEBRUARY): 0,
    CountKey("0580", "Dagpenge", JANUARY): 604,
}
LONG = (
    "OMRÅDE;YDELSESTYPE;TID;INDHOLD",
    "Hele landet;Kontanthjælp;2009M01;99999",
    "Århus;Kontanthjælp;2009M01;3512",
    "751 Aarhus;Kontanthjælp;2009M02;-",
    "0580;Dagpenge;2009M01;604",
    "580;Dagpenge;2009M02;..",
)
MATRIX = (
    '"Modtagere efter område, ydelsestype og tid"',
    "",
    '" ";" ";"2009M01";"2009M02"',
    '"Hele landet";"Kontanthjælp";99999;99999',
    '"Århus";"Kontanthjælp";3512;-',
    '"Aabenraa Kommune";"Dagpenge";604;..',
    "",
    '"Kilde: Danmarks Statistik"',
)
MATRIX_BY_BENEFIT = (
    "YDELSESTYPE;OMRÅDE;2009M01;2009M02;",
    "Kontanthjælp;Hele landet;99999;99999;",
    ";Århus;3512;-;",
    "Dagpenge;Aabenraa;604;..;",
)
TABBED = tuple(line.replace(";", "\t") for line in LONG)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("lines", [LONG, MATRIX, MATRIX_BY_BENEFIT, TABBED])
def test_both_layouts_in_every_encoding_say_the_same(lines: tuple[str, ...], encoding: str) -> None:
    found = read(*lines, encoding=encoding)
    assert found.counts == THREE
    assert found.missing == 1
    assert found.skipped == {"Hele landet": 1}


def test_quarters_and_what_a_file_is_narrowed_to() -> None:
    found = read("OMRÅDE;YDELSESTYPE;KØN;ALDER;TID;INDHOLD", "101 København;KTH;Kvinder;Alder i alt;2009K3;7")
    assert found.counts == {CountKey("0101", "KTH, Kvinder", Span(date(2009, 7, 1), 3)): 7}


def test_what_is_counted_may_be_said_beside_the_file() -> None:
    found = read("OMRÅDE;TID;INDHOLD", "Århus;2009M01;5", benefit=" Ledige ")
    assert found.counts == {CountKey("0751", "Ledige", JANUARY): 5}
    assert read(";2009M01", "Århus;5", benefit="Ledige").counts == found.counts


def test_a_benefit_with_a_code_is_no_area() -> None:
    found = read(";;2009M01", "016 Kontanthjælp;Slagelse;1", ";101 København;2")
    assert found.counts == {CountKey("0101", "016 Kontanthjælp", JANUARY): 2}


@pytest.mark.parametrize("text", ["2009", "2009M13", "2009M00", "2009K5", "2009M1", "M01", "", "2009m012"])
def test_what_is_no_month_or_quarter(text: str) -> None:
    assert span_of(text) is None
    assert span_of("2009q4") == Span(date(2009, 10, 1), 3)


REFUSED = [
    ((), "", "COUNTS_EMPTY"),
    (("Århus;Kontanthjælp;2009;5",), "", "COUNTS_LAYOUT_UNKNOWN"),
    (("TID;YDELSESTYPE;INDHOLD", "2009M01;A;5"), "", "COUNTS_WITHOUT_AREA"),
    ((";;2009M01", "A;B;5"), "", "COUNTS_WITHOUT_AREA"),
    ((";;;2009M01", "Århus;A;B;5"), "", "COUNTS_COLUMNS_UNNAMED"),
    (("OMRÅDE;TID;INDHOLD", "Århus;2009M01;5"), "", "COUNTS_WITHOUT_BENEFIT"),
    ((LONG[0], LONG[2]), "Ledige", "COUNTS_BENEFIT_NAMED_TWICE"),
    (("OMRÅDE;KØN;2009M01", "Århus;Mænd;5", "Århus;Kvinder;6"), "Ledige", "COUNTS_SPLIT"),
    (LONG[:2], "", "COUNTS_OF_OTHER_PLACES"),
    (LONG[:1], "", "COUNTS_OF_OTHER_PLACES"),
    ((LONG[0], LONG[5]), "", "COUNTS_ALL_MISSING"),
    ((LONG[0], 'Århus;"Kontant"hjælp;2009M01;5'), "", "COUNTS_TORN"),
    ((LONG[0], 'Århus;"Kontant;2009M01;5'), "", "COUNTS_TORN"),
]


@pytest.mark.parametrize(("lines", "benefit", "code"), REFUSED)
def test_a_file_is_refused(lines: tuple[str, ...], benefit: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(*lines, benefit=benefit)
    assert [each.code for each in refused.value.refusals] == [code]


@pytest.mark.parametrize("content", [b"\x81\x8d", "OMRÅDE;TID".encode("utf-16"), b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="COUNTS_NOT_TEXT"):
        read_counts(content, Areas(PLACES))


def test_every_wrong_row_is_told_by_row_and_column() -> None:
    with pytest.raises(Refused) as refused:
        read(
            LONG[0],
            "Århus;A;2009M01;1,5",
            "Århus;A;2009;5",
            "",
            ";A;2009M01;5",
            "Århus;;2009M01;5",
            f"Århus;{'x' * 121};2009M01;5",
            "Århus;A;2009M01",
            "Århus;A;2009M02;5",
            "0751;A;2009M02;6",
            "Århus;A;2009M03;",
            "Slagelse;A;2009M03;x",
        )
    refusal = refused.value.refusals[0]
    assert refusal.code == CountsRefusal.COUNTS_ROWS_WRONG
    assert refusal.args["count"] == 8
    assert refusal.args["problems"] == (
        Problem(2, 4, RowFault.NO_COUNT),
        Problem(3, 3, RowFault.NO_MONTH),
        Problem(5, 1, RowFault.NO_AREA),
        Problem(6, 2, RowFault.NO_BENEFIT),
        Problem(7, 2, RowFault.BENEFIT_TOO_LONG),
        Problem(8, 4, RowFault.WRONG_WIDTH),
        Problem(10, 4, RowFault.TWICE),
        Problem(11, 4, RowFault.NO_COUNT),
    )


def test_at_most_a_thousand_faults_are_listed_and_all_are_counted() -> None:
    with pytest.raises(Refused) as refused:
        read(LONG[0], *["Århus;A;2009M01;x"] * 1200)
    refusal = refused.value.refusals[0]
    assert refusal.args["count"] == 1200
    assert len(refusal.args["problems"]) == 1000  # type: ignore[arg-type]  # a tuple


def test_too_much_is_refused_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="COUNTS_TOO_LARGE"):
        read_counts(b"x" * (reading.MOST_BYTES + 1), Areas(PLACES))
    row = "1;A;2009M01;5\n"
    began = time.process_time()
    with pytest.raises(Refused, match="COUNTS_TOO_MANY"):
        read_counts((f"{LONG[0]}\n" + row * (reading.MOST_CELLS + 1)).encode(), Areas(PLACES))
    assert time.process_time() - began < 10
    monkeypatch.setattr(reading, "MOST_CELLS", 4)
    assert read("OMRÅDE;2009M01;2009M02", "Århus;1;2", "0580;3;4", benefit="A").counts
    with pytest.raises(Refused, match="COUNTS_TOO_MANY"):
        read("OMRÅDE;2009M01;2009M02", "Århus;1;2", "0580;3;4", "x;1;1", benefit="A")


NAMES = {"Århus": "0751", "Aarhus": "0751", "751 Århus": "0751", "0580": "0580", "Åbenrå": "0580", "København": "0101"}
OTHERS = ("Hele landet", "Region Syddanmark", "Slagelse", "330", "000")
CELLS = {"0": 0, "17": 17, "2500": 2500, "-": 0, "..": None, ".": None}
MONTHS = ("2008M12", "2009M01", "2009K2", "2009Q3")
ROWS = st.lists(
    st.tuples(
        st.sampled_from((*NAMES, *OTHERS)),
        st.sampled_from(("Kontanthjælp", "Dagpenge")),
        st.lists(st.sampled_from((*CELLS, "x", "1.5", "")), min_size=len(MONTHS), max_size=len(MONTHS)),
    ),
    max_size=8,
)
Rows = list[tuple[str, str, list[str]]]


def naive(rows: Rows) -> tuple[dict[CountKey, int], int, int]:
    """Counts, missing ones, faults: a table at a time, a cell at a time."""
    counts: dict[CountKey, int] = {}
    missing = faults = 0
    for area, benefit, cells in rows:
        for month, cell in zip(MONTHS, cells, strict=True):
            if area not in NAMES:
                continue
            span = span_of(month)
            assert span is not None
            key = CountKey(NAMES[area], benefit, span)
            if cell not in CELLS:
                faults += 1
            elif CELLS[cell] is None:
                missing += 1
            elif key in counts:
                faults += 1
            else:
                counts[key] = CELLS[cell] or 0
    return counts, missing, faults


@given(rows=ROWS, long=st.booleans(), encoding=st.sampled_from(["utf-8-sig", "cp1252"]))
def test_the_reader_agrees_with_a_naive_one(rows: Rows, long: bool, encoding: str) -> None:  # noqa: FBT001
    counts, missing, faults = naive(rows)
    if long:
        lines = [LONG[0]]
        lines += [
            f'"{area}";"{benefit}";{month};{cell}'
            for area, benefit, cells in rows
            for month, cell in zip(MONTHS, cells, strict=True)
        ]
    else:
        lines = [f"OMRÅDE;YDELSESTYPE;{';'.join(MONTHS)}"]
        lines += [";".join([area, benefit, *cells]) for area, benefit, cells in rows]
    try:
        found = read(*lines, encoding=encoding)
    except Refused as refused:
        refusal = refused.refusals[0]
        expected = "COUNTS_ROWS_WRONG" if faults else "COUNTS_ALL_MISSING" if missing else "COUNTS_OF_OTHER_PLACES"
        assert refusal.code == expected
        assert not counts or faults
        assert refusal.args.get("count", 0) == faults
    else:
        assert (found.counts, found.missing, 0) == (counts, missing, faults)
        others = [area for area, _, _ in rows if area not in NAMES]
        assert sum(found.skipped.values()) == len(others) * (len(MONTHS) if long else 1)
