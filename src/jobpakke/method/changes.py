"""What differs between two wordings of a plan, what each difference asks of the parties, and what may not change.

A field's effect follows the practice of comparable agreement systems: what binds somebody is approved again by all
three, what somebody must know is acknowledged or told, and what nobody notices is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal
from jobpakke.method.agreement import Voice
from jobpakke.method.ladder import Ladder, StepFact, missing
from jobpakke.method.parties import Side
from jobpakke.method.week import WeekTime


class Effect(StrEnum):
    """What a change of a field asks of the parties, from nothing to a new approval."""

    SILENT = "silent"
    NOTIFY = "notify"
    ACKNOWLEDGE = "acknowledge"
    APPROVE = "approve"


class Field(StrEnum):
    """Everything about an agreed plan that can change."""

    GOAL_TITLE = "goal_title"
    GOAL_FORM = "goal_form"
    GOAL_WORKPLACE = "goal_workplace"
    GOAL_FUNCTION = "goal_function"
    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_TITLE = "step_title"
    STEP_DAYS = "step_days"
    STEP_HOURS = "step_hours"
    STEP_TIMES = "step_times"
    STEP_WORKPLACE = "step_workplace"
    STEP_NEEDS = "step_needs"
    SUB_GOAL_ADDED = "sub_goal_added"
    SUB_GOAL_REMOVED = "sub_goal_removed"
    POSITION = "position"
    MENTOR = "mentor"
    COMMITMENT = "commitment"
    CONTACT_PERSON = "contact_person"
    CASEWORKER = "caseworker"
    COMPANY_LEFT = "company_left"
    """A new version holds in which a company has no step any more: it was not asked about that one."""


EFFECTS: Mapping[Field, Effect] = {
    **dict.fromkeys(Field, Effect.APPROVE),
    Field.POSITION: Effect.SILENT,
    Field.MENTOR: Effect.ACKNOWLEDGE,
    Field.COMMITMENT: Effect.ACKNOWLEDGE,
    Field.CONTACT_PERSON: Effect.NOTIFY,
    Field.CASEWORKER: Effect.NOTIFY,
    Field.COMPANY_LEFT: Effect.NOTIFY,
}
"""What changes by approval stands in a plan version; the rest is recorded beside it and told."""


TOLD: Mapping[Field, frozenset[Side]] = {
    Field.MENTOR: frozenset({Side.CITIZEN, Side.COMPANY}),
    Field.COMMITMENT: frozenset({Side.CITIZEN, Side.COMPANY}),
    Field.CONTACT_PERSON: frozenset({Side.CITIZEN}),
    Field.CASEWORKER: frozenset({Side.CITIZEN, Side.COMPANY}),
    Field.COMPANY_LEFT: frozenset({Side.COMPANY}),
}
"""Who hears of a change beside the plan versions: of companies each that the plan concerns, or the one alone that the
change does. The municipality made it; whose act it was knows already."""


class ChangeRefusal(StrEnum):
    """What of a step may no longer change. Arguments: ``step`` and ``other`` are refs, the others are dates."""

    STEP_ENDED_STAYS = "STEP_ENDED_STAYS"
    STEP_BEGUN_STAYS = "STEP_BEGUN_STAYS"
    STEP_BEGUN_STAYS_ON_ITS_NEEDS = "STEP_BEGUN_STAYS_ON_ITS_NEEDS"
    SHORTENED_PAST_THE_FACTS = "SHORTENED_PAST_THE_FACTS"
    NOT_LATER = "NOT_LATER"
    NOT_EARLIER = "NOT_EARLIER"


@dataclass(frozen=True, slots=True)
class StepWording:
    """What a plan says of one step."""

    ref: Ref
    title: str
    planned: Period
    weekly_hours: Decimal | None = None
    times: frozenset[WeekTime] = frozenset()
    workplace: Ref | None = None
    needs: frozenset[Ref] = frozenset()
    sub_goals: frozenset[Ref] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanWording:
    """What a plan says: its goal and its steps in order."""

    goal_title: str
    goal_form: str
    goal_workplace: Ref | None
    goal_function: Ref | None
    steps: tuple[StepWording, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``step`` None: of the goal or the whole. ``was`` and ``now`` are of the field's own type."""

    field: Field
    step: Ref | None
    was: object
    now: object

    @property
    def effect(self) -> Effect:
        """What it asks of the parties."""
        return EFFECTS[self.field]


_GOAL = {
    Field.GOAL_TITLE: "goal_title",
    Field.GOAL_FORM: "goal_form",
    Field.GOAL_WORKPLACE: "goal_workplace",
    Field.GOAL_FUNCTION: "goal_function",
}
_STEP = {
    Field.STEP_TITLE: "title",
    Field.STEP_DAYS: "planned",
    Field.STEP_HOURS: "weekly_hours",
    Field.STEP_TIMES: "times",
    Field.STEP_WORKPLACE: "workplace",
    Field.STEP_NEEDS: "needs",
}


def difference(old: PlanWording, new: PlanWording) -> tuple[Change, ...]:
    """Every difference: the goal first, then steps that left, then the steps in their new order."""
    return (*_of_goal(old, new), *_of_steps(old, new))


def is_material(changes: Iterable[Change]) -> bool:
    """Whether any of the changes asks for a new approval."""
    return any(change.effect is Effect.APPROVE for change in changes)


def _of_goal(old: PlanWording, new: PlanWording) -> Iterator[Change]:
    for field, name in _GOAL.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change(field, None, was, now)


def _of_steps(old: PlanWording, new: PlanWording) -> Iterator[Change]:
    before, after = {step.ref: step for step in old.steps}, {step.ref: step for step in new.steps}
    for ref, step in before.items():
        if ref not in after:
            yield Change(Field.STEP_REMOVED, ref, step.title, None)
    for ref, step in after.items():
        if ref in before:
            yield from _of_step(before[ref], step)
        else:
            yield Change(Field.STEP_ADDED, ref, None, step.planned)
    was, now = [ref for ref in before if ref in after], [ref for ref in after if ref in before]
    if was != now:
        yield Change(Field.POSITION, None, tuple(was), tuple(now))


def _of_step(old: StepWording, new: StepWording) -> Iterator[Change]:
    for field, name in _STEP.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change(field, new.ref, was, now)
    for goal in sorted(old.sub_goals - new.sub_goals):
        yield Change(Field.SUB_GOAL_REMOVED, new.ref, goal, None)
    for goal in sorted(new.sub_goals - old.sub_goals):
        yield Change(Field.SUB_GOAL_ADDED, new.ref, None, goal)


def why_not_change(step: StepFact, planned: Period, *, on: date) -> tuple[Refusal, ...]:
    """Why a step may not get other days: it has ended, it has begun, or the new end lies before what happened.

    ``step.planned`` are its days so far. What lies before ``on`` has happened.
    """
    if step.ended_on is not None:
        return (Refusal(ChangeRefusal.STEP_ENDED_STAYS, {"step": step.ref, "ended_on": step.ended_on}),)
    if step.started_on is None:
        return ()
    found = []
    if planned.start != step.planned.start:
        found.append(Refusal(ChangeRefusal.STEP_BEGUN_STAYS, {"step": step.ref, "started_on": step.started_on}))
    if planned.end != step.planned.end and planned.end is not None and planned.end <= _happened(step, on=on):
        earliest = _happened(step, on=on)
        found.append(Refusal(ChangeRefusal.SHORTENED_PAST_THE_FACTS, {"step": step.ref, "earliest": earliest}))
    return tuple(found)


def why_not_need(ladder: Ladder, ref: Ref, *, on: date) -> tuple[Refusal, ...]:
    """Why a step may not come after those that a new wording says: it has begun, and one of them is not fulfilled.

    ``ladder``: of the new wording, which is to hold from ``on``; a step that begins later is asked on its first day.
    """
    begun = ladder.steps[ref].started_on
    if begun is None:
        return ()
    lacking = dict.fromkeys(lack.step for lack in missing(ladder, ref, on=max(on, begun)))
    return tuple(
        Refusal(ChangeRefusal.STEP_BEGUN_STAYS_ON_ITS_NEEDS, {"step": ref, "other": other, "started_on": begun})
        for other in lacking
    )


def why_not_remove(step: StepFact) -> tuple[Refusal, ...]:
    """Why a step may not leave the plan: it has begun, and what happened stays."""
    if step.started_on is None:
        return ()
    return (Refusal(ChangeRefusal.STEP_BEGUN_STAYS, {"step": step.ref, "started_on": step.started_on}),)


def why_not_extend(planned: Period, ends_on: date) -> tuple[Refusal, ...]:
    """Extending ends it later than before, and nothing else."""
    if planned.end is None or ends_on > planned.end:
        return ()
    return (Refusal(ChangeRefusal.NOT_LATER, {"ends_on": planned.end}),)


def why_not_shorten(planned: Period, ends_on: date) -> tuple[Refusal, ...]:
    """Shortening ends it earlier than before, and nothing else."""
    if planned.end is not None and ends_on < planned.end:
        return ()
    return (Refusal(ChangeRefusal.NOT_EARLIER, {"ends_on": planned.end}),)


def _happened(step: StepFact, *, on: date) -> date:
    shown = [goal.met_on for goal in step.sub_goals if goal.met_on is not None]
    return max([on, *shown]) if step.started_on is not None and step.started_on <= on else max([*shown, date.min])


@dataclass(frozen=True, slots=True)
class Beside:
    """A change beside the plan versions: which event tells it, of what, from which day, and whose act it was.

    ``company``: the only one that it concerns (None: each of the plan's).
    ``known``: it stood beside the plan when that was agreed, or in it. It tells apart what happened on the very day.
    """

    event: Ref
    field: Field
    day: date
    by: Side | None = None
    known: bool = False
    company: Ref | None = None


@dataclass(frozen=True, slots=True)
class ToTell:
    """A party that has not yet been told of a change, or not yet acknowledged it."""

    change: Beside
    voice: Voice

    @property
    def party(self) -> Side:
        """Whose side it is on."""
        return self.voice.side

    @property
    def effect(self) -> Effect:
        """Whether hearing it is enough."""
        return EFFECTS[self.change.field]


def still_to_tell(
    changes: Iterable[Beside],
    told: Iterable[tuple[Ref, Voice]],
    *,
    since: date,
    on: date,
    companies: Iterable[Ref | None] = (None,),
) -> tuple[ToTell, ...]:
    """Who is still to hear of which change, the oldest first. ``companies``: those that the plan concerns.

    Only what changed after ``since`` counts, or on that day when the plan had been agreed: whoever said yes to the plan
    of that day knew what stood beside it.
    ``told``: event and party of what has been told by the date; of a company that is not named, it counts for each.
    """
    known, concerned = set(told), frozenset(companies)
    return tuple(
        ToTell(change, voice)
        for change in sorted(changes, key=lambda each: (each.day, each.event))
        if since < change.day <= on or (change.day == since <= on and not change.known)
        for voice in _hearing(change, concerned)
        if not known & {(change.event, voice), (change.event, Voice(voice.side))}
    )


def _hearing(change: Beside, companies: frozenset[Ref | None]) -> Iterator[Voice]:
    """Whom a change is told. What a company did the only company that it concerns knows; of several nobody says which
    it was. A company that has left the plan is none of those it concerns, and is told so."""
    if change.field is Field.COMPANY_LEFT:
        yield Voice(Side.COMPANY, change.company)
        return
    if Side.CITIZEN in TOLD[change.field] and change.by is not Side.CITIZEN:
        yield Voice(Side.CITIZEN)
    concerned = companies if change.company is None else companies & {change.company}
    if Side.COMPANY in TOLD[change.field] and not (change.by is Side.COMPANY and len(concerned) == 1):
        yield from (Voice(Side.COMPANY, ref) for ref in sorted(concerned, key=str))
