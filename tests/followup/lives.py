"""Invented lives of a programme without a database, and what each says about any day by looking at that day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from jobpakke.access.models import Municipality
from jobpakke.followup.groups import Grouping, Groups
from jobpakke.followup.lives import Begun, FollowedLife, Lives, Move
from jobpakke.lib.periods import Period
from jobpakke.method.status import PRECEDENCE, LabourMarketStatus, SpellFact
from jobpakke.packages.models import Programme, Target

FIRST = date(2008, 1, 7)
SPAN = 160
"""Days in which everything happens."""
PLACES = (Municipality(pk=1, code="0751", name="Århus"), Municipality(pk=2, code="0580", name="Aabenraa"))
ELSEWHERE = 3
"""A municipality that nobody is asked about."""
RECORDED = tuple(
    status for status in PRECEDENCE if status not in {LabourMarketStatus.IN_PACKAGE, LabourMarketStatus.CASH_BENEFIT}
)
days = st.integers(0, SPAN).map(lambda number: FIRST + timedelta(days=number))
places = st.sampled_from([1, 1, 2, ELSEWHERE])
groups = st.sampled_from(["ordinary", "flex", ""])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    length = draw(st.none() | st.integers(0, 80))
    return Period(start, None if length is None else start + timedelta(days=length))


@st.composite
def followed(draw: st.DrawFn, citizen: int) -> FollowedLife:
    begun = sorted(draw(st.lists(days, min_size=1, max_size=3)))
    spells = draw(st.lists(st.builds(SpellFact, st.sampled_from(RECORDED), periods()), max_size=4))
    moved = draw(st.none() | st.tuples(st.sampled_from([(1, 2), (2, 1), (1, 3), (3, 1)]), days, st.integers(0, 20)))
    moves = (Move(*moved[0], moved[1], moved[1] + timedelta(days=moved[2])),) if moved else ()
    return FollowedLife(
        citizen,
        tuple(Begun(day, draw(places)) for day in begun),
        tuple(spells),
        tuple(draw(st.lists(periods(), max_size=3))),
        moves,
    )


@st.composite
def lives(draw: st.DrawFn, by: Grouping = Grouping.MUNICIPALITY, most: int = 12) -> Lives:
    every = tuple(draw(followed(number)) for number in range(draw(st.integers(0, most))))
    chosen = {} if by is Grouping.MUNICIPALITY else {life.citizen: [(Period(FIRST), draw(groups))] for life in every}
    parts = tuple(Target(municipality=place, position=number) for number, place in enumerate(PLACES))
    return Lives(Programme(code="P"), FIRST + timedelta(days=SPAN), parts, every, Groups(by, chosen))


def place_on(life: FollowedLife, on: date) -> int | None:
    """Where the package that began last is, among those that had begun."""
    found = None
    for package in life.packages:
        if package.on <= on:
            found = package.municipality
    return found


def last_told(life: FollowedLife, on: date) -> date:
    """The day itself, or the last on which the municipality had the case."""
    told = on
    for move in life.moves:
        if move.accepted_on <= on and move.sender == place_on(life, on):
            told = max(move.moved_on, move.accepted_on - timedelta(days=1))
        elif move.accepted_on <= on and move.receiver == place_on(life, on):
            told = on
    return told


def given_away(life: FollowedLife, on: date) -> bool:
    return any(move.accepted_on <= on and move.sender == place_on(life, on) for move in life.moves)


def holds(period: Period, on: date) -> bool:
    return period.start <= on and (period.end is None or period.end > on)


def raw_status(life: FollowedLife, on: date, *, active: bool = True) -> LabourMarketStatus:
    """By trying each status in turn."""
    for status in PRECEDENCE:
        if status is LabourMarketStatus.IN_PACKAGE and active and any(holds(each, on) for each in life.activities):
            return status
        if any(spell.status is status and holds(spell.period, on) for spell in life.spells):
            return status
    return LabourMarketStatus.CASH_BENEFIT


def told_status(life: FollowedLife, on: date) -> LabourMarketStatus:
    """What the status table says of a citizen."""
    return raw_status(life, last_told(life, on), active=not given_away(life, on))
