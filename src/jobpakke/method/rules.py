"""What a plan breaks of the rulebook: checked while it is built, when it is proposed, and when a step starts.

Each breach names the entry it comes from, so that a page can show the source. A limit is asked for the day the step
begins, planned or real.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

from jobpakke.lib.periods import Period, clip
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal
from jobpakke.method.rulebook import Entry, Group, Limit, Rulebook, Severity
from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from jobpakke.method.week import WeekTime

_DAY = timedelta(days=1)


class RuleRefusal(StrEnum):
    """What is passed. Arguments: ``step``, ``other``, ``workplace`` are refs, days dates, the rest numbers or codes."""

    STEP_TOO_LONG = "STEP_TOO_LONG"
    STEP_NEEDS_ASSESSMENT = "STEP_NEEDS_ASSESSMENT"
    STEP_NEEDS_SPECIAL_NEED = "STEP_NEEDS_SPECIAL_NEED"
    SUPPORT_RATIO_PASSED = "SUPPORT_RATIO_PASSED"
    EMPLOYEES_UNKNOWN = "EMPLOYEES_UNKNOWN"
    HOURS_OVER_WEEK = "HOURS_OVER_WEEK"
    HOURS_OVER_CITIZENS_LIMIT = "HOURS_OVER_CITIZENS_LIMIT"
    TIMES_CLASH = "TIMES_CLASH"
    TIMES_OUTSIDE_LIMIT = "TIMES_OUTSIDE_LIMIT"
    UNDER_AGE = "UNDER_AGE"
    PAST_PENSION_AGE = "PAST_PENSION_AGE"
    START_IN_PAST = "START_IN_PAST"
    CONTACT_PERSON_MISSING = "CONTACT_PERSON_MISSING"
    SAME_PLACE_AGAIN = "SAME_PLACE_AGAIN"
    WORKPLACE_CLOSED = "WORKPLACE_CLOSED"
    TIES_NOT_DECLARED = "TIES_NOT_DECLARED"
    TIES_DECLARED = "TIES_DECLARED"


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """What a plan says of a step, and whether it has begun. Hours are a week's."""

    ref: Ref
    kind: StepKind
    planned: Period
    weekly_hours: Decimal | None = None
    times: frozenset[WeekTime] = frozenset()
    workplace: Ref | None = None
    started_on: date | None = None
    ended_on: date | None = None

    @property
    def days(self) -> Period:
        """From its first day, real or planned, to its end. What begins before its day lasts as long as was agreed."""
        start = self.started_on or self.planned.start
        end = self.ended_on or self.planned.end
        if self.ended_on is None and end is not None and start < self.planned.start:
            end -= self.planned.start - start
        return Period(start, end if end is None or end >= start else start)


@dataclass(frozen=True, slots=True)
class WorkplaceFact:
    """A workplace: ``supported`` are the days of other people there in steps that count for the support ratio;
    ``closed_on`` the first day on which nobody is there; ``close_family`` whether the citizen is close family of who
    owns or leads it (None: nobody has declared it)."""

    sector: str
    ordinary_employees: int | None
    supported: tuple[Period, ...] = ()
    has_contact: bool = True
    closed_on: date | None = None
    close_family: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """The citizen: group None counts as far. ``earlier``: unpaid placements before, by workplace. ``window``: the part
    of the day that the citizen's limits leave free."""

    born_on: date
    group: Group | None = None
    hours_limit: Decimal | None = None
    window: tuple[time, time] | None = None
    earlier: tuple[tuple[Ref, Period], ...] = ()


@dataclass(frozen=True, slots=True)
class RuledPlan:
    """Everything the rules ask about."""

    person: PersonFact
    steps: tuple[PlannedFact, ...]
    workplaces: Mapping[Ref, WorkplaceFact]


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that is passed. ``entry`` None: nothing that could be accepted (a limit of the citizen's own, a closed
    workplace, ties that nobody has declared), which always stops."""

    refusal: Refusal
    step: Ref
    entry: Entry | None

    @property
    def severity(self) -> Severity:
        """Whether it stops or warns."""
        return self.entry.severity if self.entry else Severity.STOP

    @property
    def detail(self) -> str:
        """What exactly is passed: a warning that was accepted is accepted for this, and not for more."""
        args = self.refusal.args
        return ";".join(f"{name}={args[name]}" for name in sorted(args) if name not in ("step", "today", "source"))


def breaches(rules: Rulebook, plan: RuledPlan, *, on: date) -> tuple[Breach, ...]:
    """Every breach of the steps that have not ended, in the order of the steps. ``on``: the day it is asked."""
    return tuple(each for step in plan.steps if step.ended_on is None for each in _of_step(rules, plan, step, on=on))


def breaches_of_step(rules: Rulebook, plan: RuledPlan, ref: Ref, *, on: date) -> tuple[Breach, ...]:
    """The breaches of one step."""
    return tuple(breach for breach in breaches(rules, plan, on=on) if breach.step == ref)


def _of_step(rules: Rulebook, plan: RuledPlan, step: PlannedFact, *, on: date) -> Iterator[Breach]:
    begins = step.days.start
    place = plan.workplaces.get(step.workplace) if step.workplace else None
    group = plan.person.group or Group.FAR
    yield from _length(rules, step, group, place.sector if place else None)
    if place is not None:
        yield from _ratio(rules, step, place)
        if not place.has_contact:
            yield from _passed(rules.entry(Limit.CONTACT_PERSON, on=begins), step, RuleRefusal.CONTACT_PERSON_MISSING)
        yield from _closed(step, place)
        yield from _ties(rules, step, place)
    yield from _age(rules, step, plan.person)
    yield from _again(rules, step, plan)
    yield from _week(rules, plan, step)
    entry = rules.entry(Limit.START_IN_PAST, on=on)
    if entry and step.started_on is None and begins < on - timedelta(days=entry["days"]):
        yield _breach(entry, step, RuleRefusal.START_IN_PAST, planned=begins, today=on)


def _length(rules: Rulebook, step: PlannedFact, group: Group, sector: str | None) -> Iterator[Breach]:
    limit = _LENGTHS.get(step.kind)
    days = step.days
    entry = rules.entry(limit, on=days.start, group=group, sector=sector) if limit else None
    if entry is None or days.end is None:
        return
    latest = longest(entry, days.start)
    if days.end <= latest:
        return
    assessed = entry.values.get("assessed_weeks")
    if assessed is None:
        yield _breach(entry, step, RuleRefusal.STEP_TOO_LONG, latest=latest - _DAY)
    elif days.end <= days.start + timedelta(weeks=assessed):
        yield _breach(entry, step, RuleRefusal.STEP_NEEDS_ASSESSMENT, latest=latest - _DAY)
    else:
        most = days.start + timedelta(weeks=assessed)
        yield _breach(
            entry, step, RuleRefusal.STEP_NEEDS_SPECIAL_NEED, latest=most - _DAY, more=entry.values["more_weeks"]
        )


_LENGTHS = {
    StepKind.INTERNSHIP: Limit.INTERNSHIP_LENGTH,
    StepKind.WAGE_SUBSIDY: Limit.WAGE_SUBSIDY_LENGTH,
}


def longest(entry: Entry, start: date) -> date:
    """The first day that is too late for something that begins on a day and lasts as long as an entry allows."""
    if "weeks" in entry.values:
        return start + timedelta(weeks=entry["weeks"])
    return months_later(start, entry["months"])


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - _DAY)


def allowed_supported(entry: Entry, employees: int) -> int:
    """How many supported people a workplace with so many ordinary employees may have."""
    below, above = min(employees, entry["up_to"]), max(0, employees - entry["up_to"])
    return max(entry["least"], below // entry["per"] + above // entry["per_above"])


def _ratio(rules: Rulebook, step: PlannedFact, place: WorkplaceFact) -> Iterator[Breach]:
    if not STEP_KINDS[step.kind].supported:
        return
    entry = rules.entry(Limit.SUPPORT_RATIO, on=step.days.start)
    if entry is None:
        return
    if place.ordinary_employees is None:
        yield _breach(entry, step, RuleRefusal.EMPLOYEES_UNKNOWN)
        return
    allowed = allowed_supported(entry, place.ordinary_employees)
    for day in _turns([step.days, *place.supported], within=step.days):
        used = 1 + sum(period.contains(day) for period in place.supported)
        if used > allowed:
            yield _breach(entry, step, RuleRefusal.SUPPORT_RATIO_PASSED, day=day, used=used, allowed=allowed)
            return


def _closed(step: PlannedFact, place: WorkplaceFact) -> Iterator[Breach]:
    """Somebody would be there on a day on which nobody is."""
    closed, days = place.closed_on, step.days
    if closed is not None and (days.start >= closed or days.end is None or days.end > closed):
        yield Breach(Refusal(RuleRefusal.WORKPLACE_CLOSED, {"step": step.ref, "closed_on": closed}), step.ref, None)


def _ties(rules: Rulebook, step: PlannedFact, place: WorkplaceFact) -> Iterator[Breach]:
    entry = rules.entry(Limit.FAMILY_TIES, on=step.days.start)
    if entry is None or not STEP_KINDS[step.kind].supported:
        return
    if place.close_family is None:
        refusal = Refusal(RuleRefusal.TIES_NOT_DECLARED, {"step": step.ref, "source": entry.source})
        yield Breach(refusal, step.ref, None)
    elif place.close_family:
        yield _breach(entry, step, RuleRefusal.TIES_DECLARED, workplace=step.workplace)


def _age(rules: Rulebook, step: PlannedFact, person: PersonFact) -> Iterator[Breach]:
    begins = step.days.start
    least = rules.entry(Limit.LEAST_AGE, on=begins)
    if least and begins < months_later(person.born_on, 12 * least["years"]):
        yield _breach(least, step, RuleRefusal.UNDER_AGE, years=least["years"])
    pension = rules.entry(Limit.PENSION_AGE, on=person.born_on)
    if pension and begins >= months_later(person.born_on, pension["months"]):
        since = months_later(person.born_on, pension["months"])
        yield _breach(pension, step, RuleRefusal.PAST_PENSION_AGE, since=since)


def _again(rules: Rulebook, step: PlannedFact, plan: RuledPlan) -> Iterator[Breach]:
    days = step.days
    entry = rules.entry(Limit.SAME_PLACE_AGAIN, on=days.start)
    if entry is None or not STEP_KINDS[step.kind].unpaid or days.end is None:
        return
    since = Period(months_later(days.start, -12 * entry["years"]), days.start)
    unpaid = [(each.workplace, each.days) for each in plan.steps if STEP_KINDS[each.kind].unpaid and each is not step]
    there = (period for place, period in (*plan.person.earlier, *unpaid) if place == step.workplace)
    before = sum(part.days or 0 for part in clip(there, since))
    if before and before + (days.days or 0) > 7 * entry["weeks"]:
        yield _breach(
            entry, step, RuleRefusal.SAME_PLACE_AGAIN, weeks=before // 7, most=entry["weeks"], years=entry["years"]
        )


def _week(rules: Rulebook, plan: RuledPlan, step: PlannedFact) -> Iterator[Breach]:
    others = [other for other in plan.steps if other.ref != step.ref and other.days.intersect(step.days)]
    yield from _hours(rules, plan.person, step, others)
    for other in others:
        shared = next((mine for mine in sorted(step.times) for each in other.times if mine.clashes(each)), None)
        both = other.days.intersect(step.days)
        if shared is not None and both is not None:
            day, weekday = both.start, f"weekday_{shared.weekday}"
            refusal = Refusal(
                RuleRefusal.TIMES_CLASH, {"step": step.ref, "other": other.ref, "weekday": weekday, "day": day}
            )
            yield Breach(refusal, step.ref, None)
    if plan.person.window:
        yield from _window(step, plan.person.window)


def _hours(rules: Rulebook, person: PersonFact, step: PlannedFact, others: Iterable[PlannedFact]) -> Iterator[Breach]:
    """The first day on which the hours of all steps of that day pass the week, or the citizen's own limit."""
    if not step.weekly_hours:
        return
    beside = list(others)
    entry = rules.entry(Limit.WEEKLY_HOURS, on=step.days.start)
    found: set[RuleRefusal] = set()
    for day in _turns([step.days, *(other.days for other in beside)], within=step.days):
        total = step.weekly_hours + sum(
            (other.weekly_hours for other in beside if other.weekly_hours and other.days.contains(day)), Decimal(0)
        )
        if entry and total > entry["hours"] and RuleRefusal.HOURS_OVER_WEEK not in found:
            found.add(RuleRefusal.HOURS_OVER_WEEK)
            yield _breach(entry, step, RuleRefusal.HOURS_OVER_WEEK, day=day, hours=_number(total), most=entry["hours"])
        limit = person.hours_limit
        if limit is not None and total > limit and RuleRefusal.HOURS_OVER_CITIZENS_LIMIT not in found:
            found.add(RuleRefusal.HOURS_OVER_CITIZENS_LIMIT)
            refusal = Refusal(
                RuleRefusal.HOURS_OVER_CITIZENS_LIMIT,
                {"step": step.ref, "day": day, "hours": _number(total), "most": _number(limit)},
            )
            yield Breach(refusal, step.ref, None)


def _window(step: PlannedFact, window: tuple[time, time]) -> Iterator[Breach]:
    outside = next((each for each in sorted(step.times) if each.starts < window[0] or each.ends > window[1]), None)
    if outside is not None:
        first, last = (f"{each:%H.%M}" for each in window)
        weekday = f"weekday_{outside.weekday}"
        refusal = Refusal(
            RuleRefusal.TIMES_OUTSIDE_LIMIT, {"step": step.ref, "weekday": weekday, "first": first, "last": last}
        )
        yield Breach(refusal, step.ref, None)


def _turns(periods: Iterable[Period], *, within: Period) -> list[date]:
    """The days on which a sum over periods can rise: where one begins, within another."""
    return sorted({period.start for period in periods if within.contains(period.start)})


def _passed(entry: Entry | None, step: PlannedFact, code: RuleRefusal) -> Iterator[Breach]:
    if entry is not None:
        yield _breach(entry, step, code)


def _breach(entry: Entry, step: PlannedFact, code: RuleRefusal, **args: object) -> Breach:
    return Breach(Refusal(code, {"step": step.ref, "source": entry.source, **args}), step.ref, entry)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
