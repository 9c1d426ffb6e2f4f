"""The staircase as typed data: levels that rise toward the goal, gates between them, treads side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jobpakke.method.coverage import gap_on, next_gap
from jobpakke.method.ladder import Ladder, Missing, StepState, levels, missing, states_on
from jobpakke.packages.facts import Plan
from jobpakke.packages.mentors import mentors_of
from jobpakke.packages.models import PlannedStep, Step, SubGoal, Waiver
from jobpakke.packages.proposals import Standing, standing
from jobpakke.web.evidence import goal_words
from jobpakke.web.labels import STATE, code_label, label
from jobpakke.web.proposals.ending import ending_url
from jobpakke.web.proposals.words import standing_words
from jobpakke.web.top import Top, top_of

GAP_HORIZON_DAYS = 120
_WAITING = frozenset({StepState.PLANNED})
_BEGUN = frozenset({StepState.UNDER_WAY, StepState.FULFILLED, StepState.ENDED_UNFULFILLED})
_PAST = frozenset({StepState.FULFILLED, StepState.ENDED_UNFULFILLED, StepState.WAIVED})


@dataclass(frozen=True, slots=True)
class ActLink:
    """Something that can be done from a tread."""

    label: str
    url: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A sub-goal of a tread: met or not, and where to record or correct evidence (None where one cannot now)."""

    title: str
    evidence: str
    met_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Tread:
    """One step of the drawing."""

    ref: UUID
    title: str
    kind: str
    state: StepState
    state_label: Promise | str
    first_day: date
    last_day: date
    place: str
    goals: tuple[Goal, ...]
    acts: tuple[ActLink, ...]
    now: bool
    mentors: tuple[str, ...]
    correct_url: str | None
    """Where one says that a recorded day is wrong, once there is one."""
    waiver: str
    """Why and in which role its gate was passed, if it was."""
    waiver_url: str | None
    """Where one says that it was not."""
    mending: tuple[ActLink, ...]
    """Of a step that is over: all that can be corrected, in one place; then none of it stands elsewhere."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A proposal that stands before the gate of its step, and the act that answers or carries it out."""

    what: str
    act: str
    url: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A missing tread: days without activity. ``last_day`` None: until the package ends; ``now``: today is one."""

    first_day: date
    last_day: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class Level:
    """Treads side by side, what the gate before them lacks for those that wait, and for those that have begun all the
    same (``begun_without``), and what is proposed for them. ``open``: there is a gate, and none of them lacks anything.
    ``hole``: the tread that is missing before it; ``today``: it comes next on a day on which nothing need be under
    way."""

    number: int
    treads: tuple[Tread, ...]
    missing: tuple[str, ...]
    begun_without: tuple[str, ...]
    open: bool
    asked: tuple[AskedLine, ...] = ()
    hole: Hole | None = None
    today: bool = False

    @property
    def behind(self) -> bool:
        """Whether nothing more will happen on it."""
        return all(tread.state in _PAST for tread in self.treads)

    @property
    def first_day(self) -> date:
        """When its first tread begins or is to begin."""
        return min(tread.first_day for tread in self.treads)


@dataclass(frozen=True, slots=True)
class Staircase:
    """The whole drawing. ``hole``: the tread that is missing before the goal."""

    levels: tuple[Level, ...]
    top: Top
    hole: Hole | None
    on: date


def staircase(plan: Plan, *, on: date, working: bool, holes: bool = True) -> Staircase | None:
    """The drawing of a plan on a date; ``working``: the visitor may act; ``holes``: what the day lacks is drawn too.
    None for a plan without steps."""
    if plan.version is None or not plan.planned:
        return None
    ladder = plan.ladder
    states = states_on(ladder, on=on)
    names = _names(plan)
    by_level: dict[int, list[PlannedStep]] = {}
    heights = levels(ladder)
    for row in plan.planned:
        by_level.setdefault(heights[row.step.ref], []).append(row)
    acting = working and _is_open(plan, on=on)
    states = states if _is_open(plan, on=on) else {ref: _unbegun(state) for ref, state in states.items()}
    words = _labels(plan, on=on)
    drawn = tuple(
        Level(
            number=number + 1,
            treads=tuple(
                _tread(row, states[row.step.ref], words, plan, on=on, acting=acting, working=working) for row in rows
            ),
            missing=_lacks(ladder, rows, states, names, only=_WAITING, on=on),
            begun_without=_lacks(ladder, rows, states, names, only=_BEGUN, on=on),
            open=number > 0 and not any(missing(ladder, row.step.ref, on=on) for row in rows),
            asked=_asked(plan, rows, on=on, working=working),
        )
        for number, rows in sorted(by_level.items())
    )
    hole = None
    if holes and _is_open(plan, on=on):
        drawn, hole = _with_hole(drawn, _hole(plan, on=on), on=on)
    return Staircase(drawn, top_of(plan, on=on, working=working), hole, on)


def asked_of_package(plan: Plan, *, on: date, working: bool) -> tuple[AskedLine, ...]:
    """What is proposed for the whole package, where it was read ``with_standing``."""
    asked = [each for each in standing(plan.package, on=on) if each.step is None]
    return tuple(_asked_line(each, None, plan, working=working) for each in asked)


def _asked(plan: Plan, rows: Iterable[PlannedStep], *, on: date, working: bool) -> tuple[AskedLine, ...]:
    by_step = {row.step_id: row for row in rows}
    asked = [each for each in standing(plan.package, on=on) if each.step in by_step]
    return tuple(_asked_line(each, by_step.get(each.step or 0), plan, working=working) for each in asked)


def _asked_line(asked: Standing, row: PlannedStep | None, plan: Plan, *, working: bool) -> AskedLine:
    what = standing_words(asked, row.title if row else "")
    if asked.agreed and working:
        url = ending_url(plan.package.ref, row.step.ref if row else None, asked.day, asked.end_reason)
        return AskedLine(what, _("End the step") if row else _("End the package"), url)
    act = _("Answer") if working and not asked.agreed else _("See it")
    return AskedLine(what, act, reverse("proposal", args=[asked.ref]))


def step_names(plan: Plan) -> Mapping[object, str]:
    """What steps and sub-goals are called, by ref: for the sentences of refusals."""
    return _names(plan)


def _names(plan: Plan) -> dict[object, str]:
    found: dict[object, str] = {row.step.ref: row.title for row in plan.planned}
    for goals in plan.sub_goals.values():
        found.update({goal.ref: goal_words(goal) for goal in goals})
    return found


def _is_open(plan: Plan, *, on: date) -> bool:
    opened, ended = plan.package.opened_on, plan.package.ended_on
    return opened is not None and opened <= on and (ended is None or ended > on)


def _lacks(
    ladder: Ladder,
    rows: Iterable[PlannedStep],
    states: Mapping[UUID, StepState],
    names: Mapping[object, str],
    *,
    only: frozenset[StepState],
    on: date,
) -> tuple[str, ...]:
    """What is missing before the treads in one of the states."""
    asked = [row.step.ref for row in rows if states[row.step.ref] in only]
    found = dict.fromkeys(lack for ref in asked for lack in missing(ladder, ref, on=on))
    with_goals = {lack.step for lack in found if lack.sub_goal is not None}
    return tuple(_lack(lack, names) for lack in found if lack.sub_goal is not None or lack.step not in with_goals)


def _lack(lack: Missing, names: Mapping[object, str]) -> str:
    if lack.sub_goal is not None:
        return names[lack.sub_goal]
    return _("“%(step)s” must be fulfilled") % {"step": names[lack.step]}


def _unbegun(state: StepState) -> StepState:
    """Nothing is ready to start in a draft, or in a package that has ended."""
    return StepState.PLANNED if state is StepState.READY else state


def _labels(plan: Plan, *, on: date) -> Mapping[StepState, Promise | str]:
    """What the states are called: a step of a draft is planned, one that a package ended before was not begun."""
    opened = plan.package.opened_on
    if opened is None or opened > on:
        return {**STATE, StepState.PLANNED: _("Planned")}
    return STATE if _is_open(plan, on=on) else {**STATE, StepState.PLANNED: _("Not begun")}


def _tread(
    row: PlannedStep,
    state: StepState,
    words: Mapping[StepState, Promise | str],
    plan: Plan,
    *,
    on: date,
    acting: bool,
    working: bool,
) -> Tread:
    step = row.step
    begun = step.started_on if step.started_on and step.started_on <= on else None
    ended = step.ended_on if step.ended_on and step.ended_on <= on else None
    waived = _waiver(step, on=on)
    end = ended or max(row.ends_on, begun or row.ends_on)
    correct = reverse("correct_step", args=[step.ref]) if working and begun else None
    undo = reverse("undo_waiver", args=[step.waiver.ref]) if waived and working else None
    goals = tuple(
        _goal(goal, state, on=on, acting=acting, correcting=working and begun is not None)
        for goal in plan.sub_goals.get(step.pk, ())
    )
    over = state in _PAST
    return Tread(
        ref=step.ref,
        title=row.title,
        kind=label(step.kind),
        state=state,
        state_label=words[state],
        first_day=begun or row.starts_on,
        last_day=max(end - timedelta(days=1), begun or row.starts_on),
        place=row.workplace.name if row.workplace else "",
        goals=tuple(replace(goal, url=None) for goal in goals) if over else goals,
        acts=_acts(row, state, plan, on=on) if acting else (),
        now=state is StepState.UNDER_WAY,
        mentors=mentor_words(row, on=on),
        correct_url=None if over else correct,
        waiver=waived,
        waiver_url=None if over else undo,
        mending=tuple(_mending(correct, undo, goals)) if over else (),
    )


def _mending(correct: str | None, undo: str | None, goals: Iterable[Goal]) -> Iterator[ActLink]:
    """What can be corrected of a step that is over, as it stands on its tread."""
    if correct:
        yield ActLink(_("The days"), correct)
    if undo:
        yield ActLink(capfirst(_("the dispensation")), undo)
    for goal in goals:
        if goal.url:
            yield ActLink(_("Evidence: %(goal)s") % {"goal": goal.title}, goal.url)


def mentor_words(row: PlannedStep, *, on: date) -> tuple[str, ...]:
    """Who is mentor of a step, or is to be; and that the confidentiality is still to be confirmed."""
    return tuple(
        each.who if each.confirmed else _("%(mentor)s (confidentiality not yet confirmed)") % {"mentor": each.who}
        for each in mentors_of(row, on=on)
    )


def _waiver(step: Step, *, on: date) -> str:
    found: Waiver | None = getattr(step, "waiver", None)
    if found is None or found.given_on > on:
        return ""
    words = {"day": date_format(found.given_on, "DATE_FORMAT"), "reason": found.reason}
    if not found.given_as:
        return _("Dispensation on %(day)s: %(reason)s") % words
    return _("Dispensation on %(day)s, given as %(role)s: %(reason)s") % {**words, "role": code_label(found.given_as)}


def _goal(goal: SubGoal, state: StepState, *, on: date, acting: bool, correcting: bool) -> Goal:
    """Evidence is recorded while the step is under way, and corrected for as long as it is not locked."""
    shown = goal.met_on if goal.met_on and goal.met_on <= on else None
    can_record = acting and state is StepState.UNDER_WAY or correcting and shown is not None
    url = reverse("record_evidence", args=[goal.ref]) if can_record else None
    return Goal(goal_words(goal), label(goal.evidence_kind), shown, url)


def _acts(row: PlannedStep, state: StepState, plan: Plan, *, on: date) -> tuple[ActLink, ...]:
    ref = row.step.ref
    links: list[ActLink] = []
    if state in (StepState.READY, StepState.PLANNED):
        links.append(ActLink(_("Start"), reverse("start_step", args=[ref]), primary=state is StepState.READY))
    if state is StepState.UNDER_WAY:
        goals = plan.sub_goals.get(row.step_id, ())
        all_met = all(goal.met_on and goal.met_on <= on for goal in goals)
        links.append(ActLink(_("Fulfil"), reverse("fulfil_step", args=[ref]), primary=all_met))
        links.append(ActLink(_("End"), reverse("end_step", args=[ref])))
        if row.workplace is not None:
            links.append(ActLink(_("Competence card"), reverse("ask_card", args=[ref])))
    if state in (StepState.READY, StepState.PLANNED, StepState.UNDER_WAY):
        links.append(ActLink(_("Mentor"), reverse("step_mentors", args=[ref])))
        links.append(ActLink(_("Other days"), reverse("change_days", args=[ref])))
    if state in (StepState.UNDER_WAY, StepState.ENDED_UNFULFILLED):
        links.append(ActLink(_("Dispensation"), reverse("waive_gate", args=[ref])))
    return tuple(links)


def _hole(plan: Plan, *, on: date) -> Hole | None:
    fact = plan.package_fact(plan.package.opened_on or on)
    now = gap_on(fact, on=on)
    gap = now or next_gap(fact, on=on, days=GAP_HORIZON_DAYS)
    return Hole(gap.start, gap.end - timedelta(days=1) if gap.end else None, now is not None) if gap else None


def _with_hole(drawn: tuple[Level, ...], hole: Hole | None, *, on: date) -> tuple[tuple[Level, ...], Hole | None]:
    """The hole before the first level that begins after it, else before the goal; and where today is, when neither a
    tread under way nor the hole shows it."""
    since = hole.first_day if hole else on
    after = next((each for each in drawn if not each.behind and each.first_day >= since), None)
    busy = any(tread.now for each in drawn for tread in each.treads)
    here = not busy and not (hole and hole.now)
    placed = tuple(
        replace(each, hole=hole if each is after else None, today=here and each is _next_level(drawn)) for each in drawn
    )
    return placed, None if after else hole


def _next_level(drawn: tuple[Level, ...]) -> Level | None:
    return next((each for each in drawn if not each.behind), None)
