"""Two follow-ups beside each other: every difference is explained, held against a brute-force twin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobpakke.method.comparison import Cell, Reason, Standing, Standings, compare

PEOPLE = [f"p{number}" for number in range(5)]
FACTS = [f"f{number}" for number in range(4)]


@st.composite
def standings(draw: st.DrawFn) -> dict[str, Standing]:
    """Some of the people, each in a cell by some facts."""
    cells = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"))
    standing = st.builds(Standing, cells, st.frozensets(st.sampled_from(FACTS), max_size=3))
    return draw(st.dictionaries(st.sampled_from(PEOPLE), standing))


def cell_of(where: Standings, person: str) -> Cell | None:
    return where[person].cell if person in where else None


def ways(before: Standings, then: Standings, after: Standings, corrected: set[str]) -> list[tuple[object, ...]]:
    """The twin: asks of one person after another, in words as the definition says it."""
    found: list[tuple[object, ...]] = []
    for person in PEOPLE:
        one, two, three = (cell_of(where, person) for where in (before, then, after))
        if one != two:
            was = before[person].facts if person in before else frozenset()
            became = then[person].facts if person in then else frozenset()
            only_in_one = [fact for fact in FACTS if (fact in was) != (fact in became)]
            touched = any(fact in corrected for fact in only_in_one)
            found.append((one, two, Reason.CORRECTED_FACT if touched else Reason.LATER_REGISTRATION))
        if two != three:
            found.append((two, three, Reason.NEW_FACT))
    return found


@given(standings(), standings(), standings(), st.sets(st.sampled_from(FACTS)))
def test_as_the_twin_says(
    before: dict[str, Standing], then: dict[str, Standing], after: dict[str, Standing], corrected: set[str]
) -> None:
    found = compare(before, then, after, corrected=corrected)
    one_by_one = [(move.source, move.target, move.reason) for move in found.moves for _ in range(move.count)]
    twin = ways(before, then, after, corrected)
    assert sorted(one_by_one, key=str) == sorted(twin, key=str)
    assert len({(move.source, move.target, move.reason) for move in found.moves}) == len(found.moves)
    for change in found.cells:
        assert change.before == sum(each.cell == change.cell for each in before.values())
        assert change.after == sum(each.cell == change.cell for each in after.values())
        for reason in Reason:
            assert change.came.get(reason, 0) == sum(way[1:] == (change.cell, reason) for way in twin)
            assert change.went.get(reason, 0) == sum((way[0], way[2]) == (change.cell, reason) for way in twin)
        assert change.difference == sum(change.came.values()) - sum(change.went.values())
    shown = {change.cell for change in found.cells}
    assert shown == {each.cell for where in (before, after) for each in where.values()} | {
        cell for way in twin for cell in way[:2] if cell is not None
    }


@given(standings())
def test_the_same_twice_is_no_difference(where: dict[str, Standing]) -> None:
    found = compare(where, where, where, corrected=FACTS)
    assert found.is_alike
    assert all(change.difference == 0 for change in found.cells)


@given(standings(), standings())
def test_on_one_date_nothing_is_new_and_with_one_knowledge_everything_is(
    before: dict[str, Standing], after: dict[str, Standing]
) -> None:
    assert Reason.NEW_FACT not in {move.reason for move in compare(before, after, after).moves}
    assert {move.reason for move in compare(before, before, after).moves} <= {Reason.NEW_FACT}


def test_who_moves_twice_goes_through_the_cell_between() -> None:
    before, then, after = ({"p": Standing((cell,), frozenset({cell}))} for cell in "xyx")
    found = compare(before, then, after, corrected={"y"})
    assert [(move.source, move.target, move.reason) for move in found.moves] == [
        (("x",), ("y",), Reason.CORRECTED_FACT),
        (("y",), ("x",), Reason.NEW_FACT),
    ]
    assert not found.is_alike
    assert [change.difference for change in found.cells] == [0, 0]
