"""Every limit of the rulebook on both sides of its boundary, under the rules of 2009, of 2026 and of 2027.

The numbers stand here once more, as somebody who has read the rules would say them: nothing is read back from the
rulebook. ``None`` says that there is no such limit that year; then what would pass it anywhere else passes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from jobpakke.method.rulebook import Group, Limit
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import Outcome
from jobpakke.packages.services import end_package
from tests import builders
from tests.limit_probes import (
    aftercare_until,
    age,
    card_link,
    card_reminded,
    contact,
    contact_people,
    draft_announced,
    draft_removed,
    family,
    first_talk,
    hours,
    interview,
    length,
    locked,
    one_run,
    planned_in_the_past,
    progress,
    ratio,
    relapse,
    second_check,
    small_cell,
    special_need,
    steps,
    subsidy,
    times_written,
    undeclared_family,
    weeks_again,
    weeks_between_checks,
    years_again,
)
from tests.method.ruled import RULES

STARTS = {2009: date(2009, 8, 3), 2026: date(2026, 8, 3), 2027: date(2027, 8, 2)}
"""Mondays; in 2026 after the last part of the reform."""

Probe = Callable[..., str]
"""Of a day, the boundary's number, and how much more than it (-1, 0 or 1): what is passed, in words, or nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One boundary of a limit. ``passes``: whether it is passed one below, at and one above ``number`` (of each year
    where it is not one), where there is such a limit; ``says``: what is told then, with its severity if it has one."""

    limit: Limit
    name: str
    probe: Probe
    passes: tuple[bool, bool, bool]
    number: int | Mapping[int, int]
    says: Mapping[int, str | None]


def years(before: str | None, now: str | None, then: str | None) -> Mapping[int, str | None]:
    """What passing it is called in 2009, 2026 and 2027."""
    return {2009: before, 2026: now, 2027: then}


def always(told: str) -> Mapping[int, str | None]:
    """The same in each of them."""
    return years(told, told, told)


ABOVE, FROM, BELOW, UNTIL = (False, False, True), (False, True, True), (True, False, False), (True, True, False)


near, far = Group.CLOSE, Group.FAR
internship, trial = StepKind.INTERNSHIP, StepKind.WORK_TRIAL
too_long = years("STEP_TOO_LONG warn", "STEP_TOO_LONG stop", "STEP_TOO_LONG warn")
assessed = "STEP_NEEDS_ASSESSMENT warn"
special = years(None, "STEP_NEEDS_SPECIAL_NEED warn", "STEP_NEEDS_SPECIAL_NEED warn")
half_a_year, four_months = {2009: 12, 2026: 6, 2027: 6}, {2009: 12, 2026: 4, 2027: 4}
over = always("SUBSIDY_AFTER_ITS_END warn")
pension = {2009: 65 * 12, 2026: 67 * 12, 2027: 67 * 12}
crowded = years(None, "SUPPORT_RATIO_PASSED stop", "SUPPORT_RATIO_PASSED warn")
again = years(None, "SAME_PLACE_AGAIN warn", "SAME_PLACE_AGAIN warn")
asked = years(None, "interview_due", "interview_due")
measure = years(None, "progress_due", "progress_due")

ROWS = [
    Row(Limit.PLAN_STEPS, "steps", steps, ABOVE, 16, always("READY_STEPS_TOO_MANY")),
    Row(Limit.INTERNSHIP_LENGTH, "near", partial(length, internship, near), ABOVE, 28, too_long),
    Row(
        Limit.INTERNSHIP_LENGTH,
        "far",
        partial(length, internship, far),
        ABOVE,
        91,
        years("STEP_TOO_LONG warn", assessed, assessed),
    ),
    Row(Limit.INTERNSHIP_LENGTH, "far, assessed", partial(special_need, internship), ABOVE, 182, special),
    Row(Limit.WORK_TRIAL_LENGTH, "near", partial(length, trial, near), ABOVE, 91, years(None, assessed, assessed)),
    Row(Limit.WORK_TRIAL_LENGTH, "far", partial(length, trial, far), ABOVE, 91, years(None, assessed, assessed)),
    Row(Limit.WORK_TRIAL_LENGTH, "assessed", partial(special_need, trial), ABOVE, 182, special),
    Row(Limit.WAGE_SUBSIDY_LENGTH, "far", partial(subsidy, far, "public"), ABOVE, half_a_year, over),
    Row(Limit.WAGE_SUBSIDY_LENGTH, "near, private", partial(subsidy, near, "private"), ABOVE, half_a_year, over),
    Row(Limit.WAGE_SUBSIDY_LENGTH, "near, public", partial(subsidy, near, "public"), ABOVE, four_months, over),
    Row(
        Limit.ONE_RUN,
        "days between",
        one_run,
        UNTIL,
        28,
        years("PARTS_TOO_LONG warn", "PARTS_NEED_ASSESSMENT warn", "PARTS_NEED_ASSESSMENT warn"),
    ),
    Row(Limit.SUPPORT_RATIO, "always one", partial(ratio, 0), ABOVE, 1, crowded),
    Row(Limit.SUPPORT_RATIO, "nine", partial(ratio, 9), ABOVE, 1, crowded),
    Row(Limit.SUPPORT_RATIO, "ten", partial(ratio, 10), ABOVE, 2, crowded),
    Row(Limit.SUPPORT_RATIO, "fifty", partial(ratio, 50), ABOVE, 10, crowded),
    Row(Limit.SUPPORT_RATIO, "fifty-nine", partial(ratio, 59), ABOVE, 10, crowded),
    Row(Limit.SUPPORT_RATIO, "sixty", partial(ratio, 60), ABOVE, 11, crowded),
    Row(Limit.WEEKLY_HOURS, "hours", hours, ABOVE, 37, always("HOURS_OVER_WEEK stop")),
    Row(Limit.TIMES_WRITTEN, "times", times_written, BELOW, 1, always("TIMES_NOT_WRITTEN warn")),
    Row(Limit.SAME_PLACE_AGAIN, "weeks", weeks_again, ABOVE, 26, again),
    Row(Limit.SAME_PLACE_AGAIN, "years", years_again, FROM, 3, again),
    Row(Limit.START_IN_PAST, "days", planned_in_the_past, ABOVE, 0, always("START_IN_PAST warn")),
    Row(Limit.CONTACT_PERSON, "people", contact_people, BELOW, 1, always("CONTACT_PERSON_MISSING stop")),
    Row(Limit.FAMILY_TIES, "declared", family, FROM, 1, years(None, "TIES_DECLARED warn", "TIES_DECLARED warn")),
    Row(
        Limit.FAMILY_TIES,
        "not declared",
        undeclared_family,
        FROM,
        1,
        years(None, "TIES_NOT_DECLARED stop", "TIES_NOT_DECLARED stop"),
    ),
    Row(Limit.LEAST_AGE, "eighteen years", age, BELOW, 18 * 12, always("UNDER_AGE stop")),
    Row(Limit.PENSION_AGE, "by birth", age, FROM, pension, always("PAST_PENSION_AGE warn")),
    Row(Limit.CONTACT_EVERY, "days", contact, FROM, 28, always("no_contact")),
    Row(Limit.FIRST_CONTACT_AFTER_JOB, "days", first_talk, FROM, 14, always("aftercare_check")),
    Row(Limit.JOB_INTERVIEWS, "the first of four", partial(interview, 0), FROM, 46, asked),
    Row(Limit.JOB_INTERVIEWS, "the third of four, for six months", partial(interview, 2), BELOW, 184, asked),
    Row(Limit.RELAPSE_SHOWN, "months", relapse, BELOW, 6, always("relapse")),
    Row(Limit.DRAFT_KEPT, "announced", draft_announced, FROM, 7 * 12, always("draft_fading")),
    Row(Limit.DRAFT_KEPT, "removed", draft_removed, FROM, 7 * 14, always("removed")),
    Row(Limit.PROGRESS_EVERY, "first", partial(progress, False), FROM, 28, measure),
    Row(Limit.PROGRESS_EVERY, "then", partial(progress, True), FROM, 91, measure),
    Row(Limit.CARD_LINK, "days", card_link, ABOVE, 14, always("CARD_LINK_EXPIRED")),
    Row(Limit.CARD_REMINDED, "days", card_reminded, FROM, 7, always("card_waiting")),
    Row(Limit.RETENTION, "years", locked, FROM, 5, always("locked")),
    Row(Limit.SMALL_COUNTS, "persons", small_cell, UNTIL, 4, always("hidden")),
]


AFTERCARE = [
    Row(Limit.AFTERCARE_LENGTH, "years", aftercare_until, ABOVE, 5, always("AFTERCARE_TOO_LONG")),
    Row(
        Limit.AFTERCARE_CHECK_EVERY,
        "most weeks",
        weeks_between_checks,
        ABOVE,
        52,
        always("AFTERCARE_INTERVAL_OUT_OF_RANGE"),
    ),
    Row(Limit.AFTERCARE_CHECK_EVERY, "twelve weeks", second_check, FROM, 84, always("aftercare_check")),
]


def each_year(rows: list[Row]) -> list[Any]:
    return [pytest.param(row, year, id=f"{row.limit}, {row.name}, {year}") for row in rows for year in STARTS]


def expected(row: Row, year: int) -> list[str]:
    says = row.says[year]
    return [says if passed and says is not None else "" for passed in row.passes]


def number_of(row: Row, year: int) -> int:
    return row.number if isinstance(row.number, int) else row.number[year]


@pytest.mark.parametrize(("row", "year"), each_year(ROWS))
def test_one_below_at_and_one_above_the_boundary(row: Row, year: int) -> None:
    got = [row.probe(STARTS[year], number_of(row, year), more) for more in (-1, 0, 1)]
    assert got == expected(row, year)


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "year"), each_year(AFTERCARE))
def test_the_same_of_what_its_verb_refuses(row: Row, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start = STARTS[year]
    monkeypatch.setattr(builders, "SINCE", start - timedelta(days=60))
    cast = builders.build_cast()
    package = builders.agreed(cast.bo, cast.her, start - timedelta(days=30)).package
    end_package(actor=cast.bo, package=package, ended_on=start, outcome=Outcome.ORDINARY_JOB, on=start)
    got = []
    for more in (-1, 0, 1):
        with transaction.atomic():
            got.append(row.probe(cast, start, number_of(row, year), more))
            transaction.set_rollback(True)  # noqa: FBT003  # Django's own
    assert got == expected(row, year)


def test_no_limit_is_left_out_and_each_is_told_of_in_every_year() -> None:
    assert {row.limit for row in ROWS + AFTERCARE} == set(Limit)
    assert all(set(row.says) == set(STARTS) for row in ROWS + AFTERCARE)


def test_where_no_limit_is_known_nothing_says_otherwise() -> None:
    """A row that says "none" for a year is right about it: not one of its limit binds then, but a shorter length."""
    for row in ROWS + AFTERCARE:
        for year, says in row.says.items():
            entry = RULES.entry(row.limit, on=STARTS[year], group=near, sector="private")
            assert says is not None or entry is None or "assessed" in row.name, (row.limit, year)
