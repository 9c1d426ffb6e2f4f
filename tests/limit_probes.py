"""What each limit is asked: of a day, the number of a boundary, and how much more than it (-1, 0 or 1), what is passed
in words, or nothing. Asked of what a page or a verb asks too; no number is read back from the rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from jobpakke.citizens.models import Citizen
from jobpakke.continuity.caseload import Case, caseload
from jobpakke.continuity.findings import findings
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import least_shown, without_small_cells
from jobpakke.followup.tables import COLUMNS, StatusRow, StatusTable
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import new_ref
from jobpakke.lib.refusal import Refused
from jobpakke.method.cards import CardFact, link_until, why_not_open
from jobpakke.method.interviews import interviews
from jobpakke.method.lengths import months_later
from jobpakke.method.progress import Answerer
from jobpakke.method.rulebook import Group
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.cards import CardWaiting
from jobpakke.packages.drafts import fading_of
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import JobPackage, NoteKind, Outcome, Parties
from jobpakke.packages.progress import every
from jobpakke.packages.ready_made import ReadyStep
from jobpakke.packages.retention import locked_on
from jobpakke.packages.services import agree_aftercare, write_note
from jobpakke.packages.services.journal import NoteFacts
from jobpakke.packages.shaping import check_steps
from tests.builders import Cast
from tests.method.ruled import ONE, PERSON, PLACE, RULES, STEP, at, found, lasting


def told(*steps: Any, only: str = "", **asked: Any) -> str:
    """What the rules find, with its severity; ``only``: of one code, whatever else is passed."""
    rows = {f"{each.refusal.code} {each.severity}" for each in found(*steps, **asked)}
    return ", ".join(sorted(row for row in rows if row.startswith(only)))


# Lengths: so many days, or so many months and a day less or more.


def length(kind: StepKind, group: Group, start: date, number: int, more: int) -> str:
    return told(lasting(start, number + more, kind), person=replace(PERSON, group=group))


def special_need(kind: StepKind, start: date, number: int, more: int) -> str:
    return told(lasting(start, number + more, kind), only="STEP_NEEDS_SPECIAL_NEED")


def subsidy(group: Group, sector: str, start: date, number: int, more: int) -> str:
    days = Period(start, months_later(start, number) + more * ONE)
    step = replace(STEP, kind=StepKind.WAGE_SUBSIDY, planned=days)
    return told(step, person=replace(PERSON, group=group), places={PLACE: at(sector, 60)})


def one_run(start: date, number: int, more: int) -> str:
    """Thirteen weeks, so many days with nothing, and one day more."""
    before = replace(lasting(start, 91), ref=UUID(int=2))
    return told(before, lasting(start + timedelta(days=91 + number + more), 1), only="PARTS")


# The workplace, the week and the person.


def ratio(employees: int, start: date, number: int, more: int) -> str:
    others = (Period(start),) * (number + more - 1)
    return told(lasting(start, 20), places={PLACE: at("private", employees, others)})


def hours(start: date, number: int, more: int) -> str:
    return told(replace(lasting(start, 20), weekly_hours=Decimal(number + more)))


def steps(start: date, number: int, more: int) -> str:
    """Of a staircase that is kept; of a plan: tests/packages/test_own_week.py."""
    many = tuple(ReadyStep(StepKind.GUIDANCE, f"Trin {each}", 4) for each in range(number + more))
    try:
        check_steps(many, RULES, on=start)
    except Refused as refused:
        return ", ".join(str(each.code) for each in refused.refusals)
    return ""


def times_written(start: date, number: int, more: int) -> str:
    times = frozenset(WeekTime(weekday, time(9), time(11)) for weekday in range(number + more))
    step = replace(lasting(start, 20), weekly_hours=Decimal(10), times=times)
    return told(step, person=replace(PERSON, window=(time(8), time(15))))


def weeks_again(start: date, number: int, more: int) -> str:
    """Twenty weeks at the place last year, and now so many days that it is the number of weeks, and a day."""
    before = replace(lasting(start - timedelta(weeks=30), 140), ref=UUID(int=2))
    again = lasting(start, 7 * number - 140 + more)
    return told(again, person=replace(PERSON, earlier=(before,)), only="SAME_PLACE_AGAIN")


def years_again(start: date, number: int, more: int) -> str:
    """One day at the place so many years ago, and now half a year."""
    day = months_later(start, -12 * number) + more * ONE
    before = replace(lasting(day, 1), ref=UUID(int=2))
    return told(lasting(start, 182), person=replace(PERSON, earlier=(before,)), only="SAME_PLACE_AGAIN")


def planned_in_the_past(start: date, number: int, more: int) -> str:
    return told(lasting(start, 20), on=start + timedelta(days=number + more))


def contact_people(start: date, number: int, more: int) -> str:
    return told(lasting(start, 20), places={PLACE: at("private", 60, has_contact=bool(number + more))})


def family(start: date, number: int, more: int) -> str:
    return told(lasting(start, 20), places={PLACE: at("private", 60, close_family=bool(number + more))})


def undeclared_family(start: date, number: int, more: int) -> str:
    """Declared, not declared, not declared."""
    close_family = False if number + more < 1 else None
    return told(lasting(start, 20), places={PLACE: at("private", 60, close_family=close_family)})


def age(start: date, number: int, more: int) -> str:
    """So many months old, and a day less or more."""
    born_on = months_later(start - more * ONE, -number)
    return told(lasting(start, 20), person=replace(PERSON, born_on=born_on))


# What *I dag* tells of one case, and what is asked of a row.


def finding(case: Case, on: date) -> str:
    """The kinds that are told on the day of what no step and no gap is the reason for."""
    kinds = {each.kind.value for each in findings([case], on=on)}
    return ", ".join(sorted(kinds - {"gap_now", "no_package"}))


def case(**facts: Any) -> Case:
    """A citizen of whom nothing is known but what is said."""
    blank: dict[str, Any] = {
        "citizen": Citizen(),
        "spoken_on": None,
        "settled": False,
        "supported_until": None,
        "running": None,
        "ended": None,
        "cared": (),
        "promises": (),
        "measured": {},
        "every": None,
    }
    return Case(**{**blank, **facts})


def open_plan(start: date | None, touched_on: date | None = None) -> Plan:
    """A package without steps; ``touched_on``: of a draft of it."""
    package = JobPackage(opened_on=start)
    package.unsettled_touched_on = touched_on
    package.unsettled_proposed_on = None
    return Plan(package, None, (), {}, (), ())


def days_after(start: date, number: int, more: int) -> date:
    return start + timedelta(days=number + more)


def contact(start: date, number: int, more: int) -> str:
    return finding(case(running=open_plan(start)), days_after(start, number, more))


def first_talk(start: date, number: int, more: int) -> str:
    ended = JobPackage(ended_on=start, outcome=Outcome.ORDINARY_JOB)
    return finding(case(settled=True, ended=ended), days_after(start, number, more))


def interview(held: int, start: date, number: int, more: int) -> str:
    on = days_after(start, number, more)
    asked = interviews(RULES, opened_on=start, near=True, held=held)
    return finding(case(running=open_plan(start), spoken_on=on, interviews=asked), on)


def relapse(start: date, number: int, more: int) -> str:
    return finding(case(supported_until=start), months_later(start, number) + more * ONE)


def draft_announced(start: date, number: int, more: int) -> str:
    told_of = finding(case(running=open_plan(None, start)), days_after(start, number, more))
    return told_of.replace("plan_draft", "")


def draft_removed(start: date, number: int, more: int) -> str:
    on = days_after(start, number, more)
    return "removed" if fading_of(start, RULES, on=on).removed_on <= on else ""


def progress(measured: bool, start: date, number: int, more: int) -> str:  # noqa: FBT001  # a column of the table
    on = days_after(start, number, more)
    last = dict.fromkeys(Answerer, start if measured else None)
    facts = case(running=open_plan(start), spoken_on=on, measured=last, every=every(RULES, on=on))
    return finding(facts, on)


def card_link(start: date, number: int, more: int) -> str:
    """Followed so many days after it was made."""
    card = CardFact(start, link_until(RULES, on=start))
    return ", ".join(str(each.code) for each in why_not_open(card, link=1, on=days_after(start, number, more)))


def card_reminded(start: date, number: int, more: int) -> str:
    card = CardWaiting(new_ref(), 1, "Else", start, start, start + timedelta(days=100), None)
    return finding(case(running=open_plan(start), spoken_on=start, cards=(card,)), days_after(start, number, more))


def locked(start: date, number: int, more: int) -> str:
    package = JobPackage(ended_on=start)
    for name in ("end_recorded_at", "cared_until", "own_retention"):
        setattr(package, name, None)
    on = months_later(start, 12 * number) + more * ONE
    return "" if locked_on(package, on=on) is None else "locked"


def small_cell(start: date, number: int, more: int) -> str:
    counts = dict.fromkeys(COLUMNS, 20) | {COLUMNS[0]: number + more}
    rows = (StatusRow(None, counts, "one"), StatusRow(None, dict.fromkeys(COLUMNS, 20), "other"))
    total = StatusRow(None, {status: rows[0].counts[status] + rows[1].counts[status] for status in COLUMNS})
    least = least_shown([], on=start)
    table = without_small_cells(StatusTable(start, rows, total, Grouping.GOAL), least=least)
    return "hidden" if COLUMNS[0] in table.rows[0].hidden else ""


# Aftercare, through its verb: of a package whose job begins on the day.


def aftercare_until(cast: Cast, start: date, number: int, more: int) -> str:
    return agreed_until(cast, start, ends_on=months_later(start, 12 * number) + more * ONE)


def weeks_between_checks(cast: Cast, start: date, number: int, more: int) -> str:
    return agreed_until(cast, start, ends_on=start + timedelta(days=900), every_weeks=number + more)


def second_check(cast: Cast, start: date, number: int, more: int) -> str:
    """So many days after a talk on the first day, where nothing else was agreed."""
    assert agreed_until(cast, start, ends_on=start + timedelta(days=900)) == ""
    talk = NoteFacts("Det går godt", start, NoteKind.CALL, Parties.CITIZEN)
    write_note(actor=cast.bo, citizen=cast.her, facts=talk, on=start)
    on = days_after(start, number, more)
    (found_case,) = caseload(cast.bo, today=on, on=on)
    return finding(found_case, on)


def agreed_until(cast: Cast, start: date, **agreed: Any) -> str:
    package = JobPackage.objects.get()
    try:
        agree_aftercare(actor=cast.bo, package=package, starts_on=start, on=start, **agreed)
    except Refused as refused:
        return ", ".join(str(each.code) for each in refused.refusals)
    return ""
