"""What a plan breaks of the rulebook: checked while it is built, when it is proposed, and when a step starts.

Each breach names the entry it comes from, so that a page can show the source. A length is asked for the day the step
begins, planned or real; a sum over people or hours is asked of each day by the entry of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

from jobpakke.lib.periods import Period, clip
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal
from jobpakke.method.lengths import RunUp, longest, months_later, run_up
from jobpakke.method.rulebook import Entry, Group, Limit, Rulebook, Severity
from jobpakke.method.ruled import PersonFact, PlannedFact, RuledPlan, WorkplaceFact
from jobpakke.method.step_kinds import STEP_KINDS, StepKind

_DAY = timedelta(days=1)


class RuleRefusal(StrEnum):
    """What is passed. Arguments: ``step``, ``other``, ``workplace`` are refs, days dates, the rest numbers or codes."""

    STEP_TOO_LONG = "STEP_TOO_LONG"
    STEP_NEEDS_ASSESSMENT = "STEP_NEEDS_ASSESSMENT"
    STEP_NEEDS_SPECIAL_NEED = "STEP_NEEDS_SPECIAL_NEED"
    PARTS_TOO_LONG = "PARTS_TOO_LONG"
    PARTS_NEED_ASSESSMENT = "PARTS_NEED_ASSESSMENT"
    PARTS_NEED_SPECIAL_NEED = "PARTS_NEED_SPECIAL_NEED"
    SUBSIDY_AFTER_ITS_END = "SUBSIDY_AFTER_ITS_END"
    SUPPORT_RATIO_PASSED = "SUPPORT_RATIO_PASSED"
    EMPLOYEES_UNKNOWN = "EMPLOYEES_UNKNOWN"
    HOURS_OVER_WEEK = "HOURS_OVER_WEEK"
    HOURS_OVER_CITIZENS_LIMIT = "HOURS_OVER_CITIZENS_LIMIT"
    TIMES_CLASH = "TIMES_CLASH"
    TIMES_OUTSIDE_LIMIT = "TIMES_OUTSIDE_LIMIT"
    TIMES_NOT_WRITTEN = "TIMES_NOT_WRITTEN"
    UNDER_AGE = "UNDER_AGE"
    PAST_PENSION_AGE = "PAST_PENSION_AGE"
    START_IN_PAST = "START_IN_PAST"
    CONTACT_PERSON_MISSING = "CONTACT_PERSON_MISSING"
    WORKPLACE_MISSING = "WORKPLACE_MISSING"
    SAME_PLACE_AGAIN = "SAME_PLACE_AGAIN"
    WORKPLACE_CLOSED = "WORKPLACE_CLOSED"
    TIES_NOT_DECLARED = "TIES_NOT_DECLARED"
    TIES_DECLARED = "TIES_DECLARED"


COLLISIONS = frozenset(
    {
        RuleRefusal.TIMES_CLASH,
        RuleRefusal.HOURS_OVER_WEEK,
        RuleRefusal.HOURS_OVER_CITIZENS_LIMIT,
        RuleRefusal.SUPPORT_RATIO_PASSED,
    }
)
"""What is passed because of what else goes on, or is agreed, on the same days."""
OF_OTHERS = COLLISIONS | {RuleRefusal.TIMES_OUTSIDE_LIMIT, RuleRefusal.WORKPLACE_CLOSED}
"""What a plan that kept the rules can come to break by nothing but what is recorded beside it."""


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
        return ";".join(f"{name}={args[name]}" for name in sorted(args) if name not in _OF_NO_DETAIL)


_OF_NO_DETAIL = frozenset({"step", "today", "source", "verified", "own_from", "run_from", "run_until", "weeks_in_all"})
"""What a sentence tells besides: a run moves with the real days of its parts, and its code says how long it may be."""


def breaches(rules: Rulebook, plan: RuledPlan, *, on: date, today: date | None = None) -> tuple[Breach, ...]:
    """Every breach of the steps that have not ended, in the order of the steps. ``on``: the day it is asked about;
    ``today``: until when what is under way is known to last, where that is a later day."""
    plan = _as_known(plan, max(on, today or on))
    return tuple(each for step in plan.steps if step.ended_on is None for each in _of_step(rules, plan, step, on=on))


def breaches_of_step(
    rules: Rulebook, plan: RuledPlan, ref: Ref, *, on: date, today: date | None = None
) -> tuple[Breach, ...]:
    """The breaches of one step, ended or not."""
    plan = _as_known(plan, max(on, today or on))
    return tuple(each for step in plan.steps if step.ref == ref for each in _of_step(rules, plan, step, on=on))


def _as_known(plan: RuledPlan, today: date) -> RuledPlan:
    return replace(plan, steps=tuple(replace(step, today=today) for step in plan.steps))


def _of_step(rules: Rulebook, plan: RuledPlan, step: PlannedFact, *, on: date) -> Iterator[Breach]:
    begins = step.days.start
    place = plan.workplaces.get(step.workplace) if step.workplace else None
    group = plan.person.group or Group.FAR
    yield from _length(rules, plan, step, group, place.sector if place else None)
    if step.workplace is None and STEP_KINDS[step.kind].needs_workplace and step.started_on is None:
        yield Breach(Refusal(RuleRefusal.WORKPLACE_MISSING, {"step": step.ref}), step.ref, None)
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


def _length(rules: Rulebook, plan: RuledPlan, step: PlannedFact, group: Group, sector: str | None) -> Iterator[Breach]:
    """Its own days and those before it that are one run with it, as if they had been laid in one piece."""
    limit = _LENGTHS.get(step.kind)
    days = step.days
    entry = rules.entry(limit, on=days.start, group=group, sector=sector) if limit else None
    if entry is None or days.end is None:
        return
    before = _run_up(rules, plan, step)
    run = Period(days.start - timedelta(days=before.days), days.end)
    latest = longest(entry, run.start)
    if days.end <= latest:
        return
    last = latest - _DAY
    if step.kind is StepKind.WAGE_SUBSIDY:
        yield _breach(entry, step, RuleRefusal.SUBSIDY_AFTER_ITS_END, run_from=before.since, run_until=last)
    elif before.days:
        yield _of_run(entry, step, run, before.since, last)
    else:
        yield _of_one(entry, step, last)


def _of_one(entry: Entry, step: PlannedFact, last: date) -> Breach:
    most = _assessed(entry, step.days)
    if most is None:
        return _breach(entry, step, RuleRefusal.STEP_TOO_LONG, latest=last)
    if step.days.end is not None and step.days.end <= most:
        return _breach(entry, step, RuleRefusal.STEP_NEEDS_ASSESSMENT, latest=last)
    more = entry.values["more_weeks"]
    return _breach(entry, step, RuleRefusal.STEP_NEEDS_SPECIAL_NEED, latest=most - _DAY, more=more)


def _of_run(entry: Entry, step: PlannedFact, run: Period, since: date, last: date) -> Breach:
    """``run``: as long as all parts of it together."""
    most, weeks = _assessed(entry, run), (run.days or 0) // 7
    if most is None:
        return _breach(entry, step, RuleRefusal.PARTS_TOO_LONG, run_from=since, run_until=last, weeks_in_all=weeks)
    if run.end is not None and run.end <= most:
        return _breach(
            entry, step, RuleRefusal.PARTS_NEED_ASSESSMENT, run_from=since, run_until=last, weeks_in_all=weeks
        )
    return _breach(
        entry,
        step,
        RuleRefusal.PARTS_NEED_SPECIAL_NEED,
        run_from=since,
        run_until=most - _DAY,
        weeks_in_all=weeks,
        more=entry.values["more_weeks"],
    )


def _assessed(entry: Entry, days: Period) -> date | None:
    """The first day that is too late even after an assessment; None where none helps."""
    weeks = entry.values.get("assessed_weeks")
    return None if weeks is None else days.start + timedelta(weeks=weeks)


_LENGTHS = {
    StepKind.INTERNSHIP: Limit.INTERNSHIP_LENGTH,
    StepKind.WORK_TRIAL: Limit.WORK_TRIAL_LENGTH,
    StepKind.WAGE_SUBSIDY: Limit.WAGE_SUBSIDY_LENGTH,
}


def _run_up(rules: Rulebook, plan: RuledPlan, step: PlannedFact) -> RunUp:
    """Steps of the same citizen, of this package or another, of the same kind at the same workplace are one run when
    no more days lie between them than the entry ``one_run`` says (a choice of the method; the acts do not say). A step
    names no function, so the workplace stands for it; what has no workplace yet is no part of any run."""
    entry = rules.entry(Limit.ONE_RUN, on=step.days.start)
    if entry is None or step.workplace is None:
        return RunUp(step.days.start, 0)
    same = (each for each in _others(plan, step) if (each.kind, each.workplace) == (step.kind, step.workplace))
    return run_up(step.days, (each.days for each in same), gap=timedelta(days=entry["days"]))


def _others(plan: RuledPlan, step: PlannedFact) -> Iterator[PlannedFact]:
    """Every other step of the citizen that is known, of this package and of others."""
    yield from plan.person.earlier
    yield from (each for each in plan.steps if each.ref != step.ref)


def allowed_supported(entry: Entry, employees: int) -> int:
    """How many supported people a workplace with so many ordinary employees may have."""
    below, above = min(employees, entry["up_to"]), max(0, employees - entry["up_to"])
    return max(entry["least"], below // entry["per"] + above // entry["per_above"])


def _ratio(rules: Rulebook, step: PlannedFact, place: WorkplaceFact) -> Iterator[Breach]:
    if not STEP_KINDS[step.kind].supported:
        return
    for day in _turns([step.days, *place.supported], within=step.days, also=rules.turns(Limit.SUPPORT_RATIO)):
        entry = rules.entry(Limit.SUPPORT_RATIO, on=day)
        if entry is None:
            continue
        if place.ordinary_employees is None:
            yield _breach(entry, step, RuleRefusal.EMPLOYEES_UNKNOWN)
            return
        allowed = allowed_supported(entry, place.ordinary_employees)
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
    if entry is None or not STEP_KINDS[step.kind].unpaid or days.end is None or step.workplace is None:
        return
    since = Period(months_later(days.start, -12 * entry["years"]), days.start)
    unpaid = (each for each in _others(plan, step) if STEP_KINDS[each.kind].unpaid)
    before = sum(
        part.days or 0 for part in clip((each.days for each in unpaid if each.workplace == step.workplace), since)
    )
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
        yield from _window(rules, step, plan.person.window)


def _hours(rules: Rulebook, person: PersonFact, step: PlannedFact, others: Iterable[PlannedFact]) -> Iterator[Breach]:
    """The first day on which the hours of all steps of that day pass the week, or the citizen's own limit."""
    if not step.hours:
        return
    beside = list(others)
    found: set[RuleRefusal] = set()
    turns = _turns([step.days, *(each.days for each in beside)], within=step.days, also=rules.turns(Limit.WEEKLY_HOURS))
    for day in turns:
        entry = rules.entry(Limit.WEEKLY_HOURS, on=day)
        total = step.hours + sum((other.hours for other in beside if other.days.contains(day)), Decimal(0))
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


def _window(rules: Rulebook, step: PlannedFact, window: tuple[time, time]) -> Iterator[Breach]:
    """The hours that are written lie within it; hours that are not written cannot be held against it."""
    if step.weekly_hours and not step.times:
        yield from _passed(rules.entry(Limit.TIMES_WRITTEN, on=step.days.start), step, RuleRefusal.TIMES_NOT_WRITTEN)
    outside = next((each for each in sorted(step.times) if each.starts < window[0] or each.ends > window[1]), None)
    if outside is not None:
        first, last = (f"{each:%H.%M}" for each in window)
        weekday = f"weekday_{outside.weekday}"
        refusal = Refusal(
            RuleRefusal.TIMES_OUTSIDE_LIMIT, {"step": step.ref, "weekday": weekday, "first": first, "last": last}
        )
        yield Breach(refusal, step.ref, None)


def _turns(periods: Iterable[Period], *, within: Period, also: Iterable[date] = ()) -> list[date]:
    """The days on which a sum over periods can rise: where one begins, or another entry does (``also``)."""
    return sorted({day for day in (*(period.start for period in periods), *also) if within.contains(day)})


def _passed(entry: Entry | None, step: PlannedFact, code: RuleRefusal) -> Iterator[Breach]:
    if entry is not None:
        yield _breach(entry, step, code)


def _breach(entry: Entry, step: PlannedFact, code: RuleRefusal, **args: object) -> Breach:
    basis: dict[str, object] = {"source": entry.source, "verified": entry.verified.value}
    if entry.reason:
        basis["own_from"] = entry.valid.start
    return Breach(Refusal(code, {"step": step.ref, **basis, **args}), step.ref, entry)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
