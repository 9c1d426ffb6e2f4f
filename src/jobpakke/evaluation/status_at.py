"""How many persons have each status on a date: for as many dates as one likes, the spells are read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import reduce

import ibis
from ibis.expr.types import IntegerValue, Table

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.reach import check_days
from jobpakke.evaluation.spells import groups_of
from jobpakke.method.status import PRECEDENCE

WIDTH = 62
"""Dates to one mask: the bits of a signed 64-bit number that are free on every engine."""
_DAY = timedelta(days=1)


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(mask: int) -> int:  # type: ignore[empty-body]
    """The bits set in any row; all three engines call it so, though Ibis knows it on two only."""


def status_at(
    spells: Table,
    dates: Sequence[date],
    *,
    by: Sequence[str] = (),
    precedence: Sequence[str] | None = None,
    default_status: str | None = None,
    population: Table | None = None,
) -> Table:
    """Persons by status on each date, each person once: the first status of the precedence that holds on the date.

    A spell holds on a date from its start up to, not including, its end; an empty end is open. `precedence` names the
    statuses in order; others follow in alphabetical order. Without it the order of the job package's method comes first
    (disability pension, ordinary job, flex job, in package, other, cash benefit). With `by` a person counts in the
    groups of the spell that decided (of two that say the same, the first in alphabetical order); an empty group is the
    group "". Persons without a spell on the date do not count, unless `default_status` says what they are; then a
    person counts in the first of their groups in alphabetical order. `population`, a row a person with the columns of
    `by`, says whom to count: nobody else does, groups are taken from it, and those without any spell are included
    (with `default_status`).

    Columns: `on`, the columns of `by`, `status`, `persons`. A row for every date, every group with a spell that reaches
    the dates and every status, also when nobody has it; in order of date, group and precedence. Which statuses occur is
    asked at once; the rest is lazy. Refused: NO_DATES, OUT_OF_RANGE (1900 to 2199).
    """
    days = sorted(set(dates))
    if not days:
        raise refused(TableFault.NO_DATES)
    check_days("a date", days[0], days[-1])
    by = groups_of(by, "on", "status", "persons", "person_id", "start", "end")
    spells = _narrow(spells, by, population)
    statuses = order_of(spells, precedence, default_status)
    if not statuses:
        types = {"on": "date", **dict.fromkeys(by, "string"), "status": "string", "persons": "int64"}
        return ibis.memtable([], schema=ibis.schema(types))
    own = by if population is None else []
    persons = _masks(spells, days, own, statuses, keep_all=default_status is not None)
    if population is not None:
        persons = _of_population(persons, population, by)
    if not by or population is not None:
        return _counted(_first_that_holds(persons, days, by, statuses, default_status), days, by, statuses)
    rows = persons.group_by("person_id").agg(rows_=persons.count())
    several = rows.filter(rows.rows_ > 1)
    alone = _first_that_holds(persons.anti_join(several, "person_id"), days, by, statuses, default_status)
    among = _first_among_groups(persons.semi_join(several, "person_id"), days, by, statuses, default_status)
    return _counted(alone.union(among), days, by, statuses)


def order_of(spells: Table, precedence: Sequence[str] | None, default_status: str | None = None) -> list[str]:
    """Every status there is, in order of precedence. Asks the engine which occur."""
    occurring = set(spells.select("status").distinct().to_pyarrow()["status"].to_pylist())
    shipped = [status.value for status in PRECEDENCE if status.value in occurring]
    first = list(dict.fromkeys(shipped if precedence is None else precedence))
    last = [] if default_status is None or default_status in first else [default_status]
    return [*first, *sorted(occurring - {*first, *last}), *last]


def _narrow(spells: Table, by: Sequence[str], population: Table | None) -> Table:
    """The columns in use; an empty group is ""."""
    groups = {} if population is not None else {name: spells[name].fill_null("") for name in by}
    return spells.select("person_id", "status", "start", "end", **groups)


def _chunks(days: Sequence[date]) -> list[list[date]]:
    return [list(days[first : first + WIDTH]) for first in range(0, len(days), WIDTH)]


def _calendar(days: Sequence[date]) -> Table:
    """For every day from the first date to past the last: for each chunk of dates, 2 to the number of dates before."""
    span = [days[0] + number * _DAY for number in range((days[-1] - days[0]).days + 2)]
    columns: dict[str, list[date] | list[int]] = {"day_": span}
    for number, chunk in enumerate(_chunks(days)):
        passed, powers = 0, []
        for day in span:
            while passed < len(chunk) and chunk[passed] < day:
                passed += 1
            powers.append(1 << passed)
        columns[f"power{number}_"] = powers
    types = {name: "date" if name == "day_" else "int64" for name in columns}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return ibis.memtable(rows, schema=ibis.schema(types))


def _masks(spells: Table, days: Sequence[date], by: Sequence[str], statuses: Sequence[str], *, keep_all: bool) -> Table:
    """A row a person and group: for each status and chunk a number whose bits are the dates on which it holds.

    The dates a spell holds are consecutive, so its mask is 2^(dates before its end) - 2^(dates before its start).
    """
    first, past = ibis.literal(days[0]), ibis.literal(days[-1] + _DAY)
    begins = ibis.greatest(spells.start, first)
    ends = ibis.ifelse(spells.end < past, spells.end, past)
    reaches = [spells.start < past, spells.end.isnull() | (spells.end > first)]
    if keep_all:
        held = reaches[0] & reaches[1]
        found = spells.mutate(begins_=ibis.ifelse(held, begins, first), ends_=ibis.ifelse(held, ends, first))
    else:
        found = spells.filter(reaches).mutate(begins_=begins, ends_=ends)
    at_start = _calendar(days)
    at_end = at_start.view()
    joined = found.join(at_start, found.begins_ == at_start.day_)
    joined = joined.join(at_end, joined.ends_ == at_end.day_, rname="{name}end_")
    chunks = range(len(_chunks(days)))
    masks = {f"mask{number}_": joined[f"power{number}_end_"] - joined[f"power{number}_"] for number in chunks}
    marked = joined.select("person_id", *by, "status", **masks)
    return marked.group_by("person_id", *by).agg(
        **{
            _name(number, place): bit_or(ibis.ifelse(marked.status == status, marked[f"mask{number}_"], 0))
            for number in chunks
            for place, status in enumerate(statuses)
        }
    )


def _name(chunk: int, place: int) -> str:
    return f"held{chunk}_{place}_"


def _of_population(persons: Table, population: Table, by: Sequence[str]) -> Table:
    counted = population.select("person_id", **{name: population[name].fill_null("") for name in by}).distinct()
    joined = counted.left_join(persons, "person_id")
    held = [name for name in persons.columns if name != "person_id"]
    return joined.select("person_id", *by, **{name: joined[name].fill_null(0) for name in held})


def _first_that_holds(
    persons: Table, days: Sequence[date], by: Sequence[str], statuses: Sequence[str], default_status: str | None
) -> Table:
    """The same masks, each date of a person with one row in one status only."""
    found: dict[str, IntegerValue] = {}
    for number, chunk in enumerate(_chunks(days)):
        before: IntegerValue = ibis.literal(0, "int64")
        for name in (_name(number, place) for place in range(len(statuses))):
            found[name] = _without(persons[name], before)
            before = before | persons[name]
        if default_status is not None:
            name = _name(number, statuses.index(default_status))
            found[name] = found[name] | _without(ibis.literal((1 << len(chunk)) - 1, "int64"), before)
    return persons.select(*by, **found)


def _first_among_groups(
    persons: Table, days: Sequence[date], by: Sequence[str], statuses: Sequence[str], default_status: str | None
) -> Table:
    """The same for persons with several rows, one a group: each date in one status and one group only."""
    whole = ibis.window(group_by="person_id")
    earlier = ibis.window(group_by="person_id", order_by=list(by), preceding=(None, 1))
    place = ibis.row_number().over(ibis.window(group_by="person_id", order_by=list(by)))
    persons = persons.mutate(row_=place)
    found: dict[str, IntegerValue] = {}
    for number, chunk in enumerate(_chunks(days)):
        before: IntegerValue = ibis.literal(0, "int64")
        for name in (_name(number, place) for place in range(len(statuses))):
            mine = persons[name]
            found[name] = _without(mine, before | bit_or(mine).over(earlier).fill_null(0))
            before = before | bit_or(mine).over(whole)
        if default_status is not None:
            name = _name(number, statuses.index(default_status))
            all_dates = ibis.ifelse(persons.row_ == 0, ibis.literal((1 << len(chunk)) - 1, "int64"), 0)
            found[name] = found[name] | _without(all_dates, before)
    return persons.select(*by, **found)


def _without(mask: IntegerValue, blocked: IntegerValue) -> IntegerValue:
    """``mask & ~blocked``, which Ibis 12 writes without the parentheses that ``blocked`` may need."""
    return mask - (mask & blocked)


def _counted(held: Table, days: Sequence[date], by: Sequence[str], statuses: Sequence[str]) -> Table:
    """Bits to counts: every row meets every date, and every count its status."""
    dates = [(day, number, place) for number, chunk in enumerate(_chunks(days)) for place, day in enumerate(chunk)]
    asked = ibis.memtable(dates, schema=ibis.schema({"on": "date", "chunk_": "int64", "bit_": "int32"}))
    met = held.cross_join(asked)
    chunks = range(len(_chunks(days)))

    def mask(place: int) -> IntegerValue:
        columns = [met[_name(number, place)] for number in chunks]
        return (
            columns[0]
            if len(columns) == 1
            else ibis.cases(*((met.chunk_ == n, each) for n, each in enumerate(columns)))
        )

    counts = {f"count{place}_": ((mask(place) >> met.bit_) & 1).sum() for place in range(len(statuses))}
    wide = met.group_by("on", *by).agg(**counts)
    if not by:  # nobody at all still is a count
        wide = (
            asked.select("on").left_join(wide, "on").select("on", **{name: wide[name].fill_null(0) for name in counts})
        )
    names = ibis.memtable(list(enumerate(statuses)), schema=ibis.schema({"place_": "int64", "status": "string"}))
    long = wide.cross_join(names)
    persons = reduce(
        lambda other, place: ibis.ifelse(long.place_ == place, long[f"count{place}_"], other),
        range(1, len(statuses)),
        long["count0_"],
    )
    table = long.select("on", *by, "status", "place_", persons=persons.cast("int64"))
    return table.order_by("on", *by, "place_").drop("place_")
