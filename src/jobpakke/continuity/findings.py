"""What needs somebody on a date, case by case, ordered by what breaks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobpakke.citizens.models import Citizen
from jobpakke.continuity.caseload import Case
from jobpakke.continuity.news import News
from jobpakke.method.agreement import MUNICIPALITY
from jobpakke.method.commitments import CommitmentState
from jobpakke.method.coverage import gap_on, next_gap
from jobpakke.method.interviews import Interviews
from jobpakke.method.ladder import StepState, states_on, unmet
from jobpakke.method.lengths import months_later
from jobpakke.method.progress import Answerer, due_on
from jobpakke.method.rulebook import Limit
from jobpakke.packages.aftercare import care_of, check_due, first_days
from jobpakke.packages.answers import Asked, waits_for
from jobpakke.packages.cards import CardWaiting
from jobpakke.packages.drafts import fading_of
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import Commitment, JobPackage, Outcome, PlannedStep
from jobpakke.packages.promises import promise_state
from jobpakke.packages.proposals import Standing

GAP_AHEAD_DAYS = 30
AFTERCARE_WINDOW_DAYS = 90
"""How long the first talk after a job is asked for where no aftercare was agreed."""
JOBS = frozenset({Outcome.ORDINARY_JOB.value, Outcome.FLEX_JOB.value})


class FindingKind(StrEnum):
    """What can need somebody, in the order of what breaks first."""

    NO_CASEWORKER = "no_caseworker"
    CASE_OFFERED = "case_offered"
    GAP_NOW = "gap_now"
    RELAPSE = "relapse"
    NO_PACKAGE = "no_package"
    CASE_RETURNED = "case_returned"
    CASE_RECEIVED = "case_received"
    GAP_AHEAD = "gap_ahead"
    PROPOSAL_OPEN = "proposal_open"
    STOP_AGREED = "stop_agreed"
    GATE_READY = "gate_ready"
    STEP_READY = "step_ready"
    CARD_IN = "card_in"
    PLAN_WAITING = "plan_waiting"
    PLAN_UNANSWERED = "plan_unanswered"
    DRAFT_FADING = "draft_fading"
    PLAN_DRAFT = "plan_draft"
    STEP_OVERDUE = "step_overdue"
    COMMITMENT_BROKEN = "commitment_broken"
    COMMITMENT_DUE = "commitment_due"
    CARD_WAITING = "card_waiting"
    INTERVIEW_DUE = "interview_due"
    NO_CONTACT = "no_contact"
    AFTERCARE_CHECK = "aftercare_check"
    PROGRESS_DUE = "progress_due"
    JOB_AHEAD = "job_ahead"


OF_LEADERS = frozenset({FindingKind.NO_CASEWORKER, FindingKind.CASE_OFFERED})
"""What only a team leader can mend."""

_RANK = {kind: rank for rank, kind in enumerate(FindingKind)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that needs somebody. ``day``: since when, or when it will be; the row's other end is its act.
    ``answerers``: whose answers a measure of progress waits for; ``unanswered``: whose yes a proposal does.

    ``hidden``: the citizen's pages are not open to the reader, nor the name of a protected one. ``news``: of a case
    that changes hands.
    """

    kind: FindingKind
    citizen: Citizen
    day: date
    package: JobPackage | None = None
    step: PlannedStep | None = None
    commitment: Commitment | None = None
    answerers: tuple[Answerer, ...] = ()
    hidden: bool = False
    news: News | None = None
    proposal: Standing | None = None
    interviews: Interviews | None = None
    unanswered: tuple[Asked, ...] = ()
    card: CardWaiting | None = None


def findings(cases: Iterable[Case], *, on: date) -> list[Finding]:
    """Every finding of the cases on the date, what breaks first on top."""
    found = [finding for case in cases for finding in _of_case(case, on=on)]
    return sorted(found, key=lambda each: (_RANK[each.kind], each.day, each.citizen.sort_key))


def _of_case(case: Case, *, on: date) -> Iterator[Finding]:
    yield from _of_hands(case, on=on)
    if case.hidden:
        return
    plan = case.running
    if plan is None:
        yield from _without_package(case, on=on)
    else:
        yield from _of_version(case, plan.package, on=on)
        if plan.package.opened_on is not None and plan.package.opened_on <= on:
            yield from _of_steps(case.citizen, plan, plan.package.opened_on, on=on)
            yield from _of_proposals(case, plan, on=on)
            yield from _of_cards(case, plan, on=on)
            yield from _of_interviews(case, plan.package, on=on)
            yield from _of_contact(case, plan.package.opened_on, on=on)
            yield from _of_progress(case, plan.package.opened_on, on=on)
    yield from _of_promises(case, on=on)
    yield from _of_aftercare(case, on=on)


def _of_hands(case: Case, *, on: date) -> Iterator[Finding]:
    """A case that nobody has, that is offered, has come, or has come back."""
    if case.offered is not None:
        kind, day = FindingKind.CASE_OFFERED, case.offered.day
        yield Finding(kind, case.citizen, day, hidden=case.hidden, news=case.offered)
        return
    if not case.minded:
        yield Finding(FindingKind.NO_CASEWORKER, case.citizen, on, hidden=case.hidden)
    if case.returned is not None:
        yield Finding(FindingKind.CASE_RETURNED, case.citizen, case.returned.day, news=case.returned)
    if case.received is not None:
        yield Finding(FindingKind.CASE_RECEIVED, case.citizen, case.received.day, news=case.received)


def _of_version(case: Case, package: JobPackage, *, on: date) -> Iterator[Finding]:
    """A draft to go on with, a proposal that waits for answers, or for the municipality's."""
    touched, proposed = package.unsettled_touched_on, package.unsettled_proposed_on
    if touched is None:
        return
    if proposed is not None and proposed <= on:
        left = tuple(asked for asked in waits_for(package, on=on) if asked.voice != MUNICIPALITY)
        kind = FindingKind.PLAN_UNANSWERED if left else FindingKind.PLAN_WAITING
        yield Finding(kind, case.citizen, proposed, package, unanswered=left)
        return
    fading = fading_of(touched, case.rules, on=on)
    if fading.announced_on <= on:
        yield Finding(FindingKind.DRAFT_FADING, case.citizen, fading.removed_on, package)
    else:
        yield Finding(FindingKind.PLAN_DRAFT, case.citizen, min(touched, on), package)


def _without_package(case: Case, *, on: date) -> Iterator[Finding]:
    if case.settled:
        return
    ended = case.ended
    if (fell := case.relapsed_on) is not None and _followed(case, fell, on=on):
        yield Finding(FindingKind.RELAPSE, case.citizen, fell, ended)
        return
    if case.job_from is not None:
        yield Finding(FindingKind.JOB_AHEAD, case.citizen, case.job_from, ended)
        return
    since = ended.ended_on if ended is not None and ended.ended_on else on
    yield Finding(FindingKind.NO_PACKAGE, case.citizen, since, ended)


def _followed(case: Case, fell: date, *, on: date) -> bool:
    """A relapse is followed for some months, or as long as the aftercare in which it came runs; until another package
    has ended after it."""
    if case.ended is not None and case.ended.ended_on is not None and case.ended.ended_on > fell:
        return False
    cares = [care for row in case.cared if (care := care_of(row)) is not None]
    cared = any(care.runs_on(fell) and care.runs_on(on) for care in cares)
    return cared or on < months_later(fell, case.rules.value(Limit.RELAPSE_SHOWN, "months", on=fell))


def _of_aftercare(case: Case, *, on: date) -> Iterator[Finding]:
    """The check that is due first; one talk holds the checks of every aftercare that runs. Where none was agreed, the
    first talk after the job began."""
    due = [(day, row) for row in case.cared if (day := check_due(row, case.rules, on=on)) is not None and day <= on]
    if due:
        day, row = min(due, key=lambda each: each[0])
        yield Finding(FindingKind.AFTERCARE_CHECK, case.citizen, day, row)
    elif case.running is None and case.settled and case.ended is not None and case.ended not in case.cared:
        yield from _of_first_talk(case, case.ended, on=on)


def _of_first_talk(case: Case, ended: JobPackage, *, on: date) -> Iterator[Finding]:
    job = getattr(ended, "job", None)
    began = job.starts_on if job else ended.ended_on or on
    due = began + timedelta(days=first_days(case.rules, on=began))
    done = any(day is not None and day >= began for day in (case.spoken_on, case.supported_until))
    if ended.outcome in JOBS and due <= on <= began + timedelta(days=AFTERCARE_WINDOW_DAYS) and not done:
        yield Finding(FindingKind.AFTERCARE_CHECK, case.citizen, due, ended)


def _of_steps(citizen: Citizen, plan: Plan, opened_on: date, *, on: date) -> Iterator[Finding]:
    states = states_on(plan.ladder, on=on)
    under_way = [row for row in plan.planned if states[row.step.ref] is StepState.UNDER_WAY]
    ready = [row for row in plan.planned if states[row.step.ref] is StepState.READY]
    running = [finding for row in under_way if (finding := _of_running(citizen, plan, row, on=on)) is not None]
    yield from running
    gap = gap_on(plan.package_fact(opened_on), on=on)
    if gap:
        yield Finding(FindingKind.GAP_NOW, citizen, gap.start, plan.package, ready.pop(0) if ready else None)
    elif not any(finding.kind is FindingKind.STEP_OVERDUE for finding in running):
        yield from _of_gap_ahead(citizen, plan, opened_on, on=on)
    for row in ready:
        if row.starts_on <= on:
            yield Finding(FindingKind.STEP_READY, citizen, row.starts_on, plan.package, row)


def _of_running(citizen: Citizen, plan: Plan, row: PlannedStep, *, on: date) -> Finding | None:
    """A step under way whose sub-goals are all met, or whose planned end has passed."""
    step = plan.ladder.steps[row.step.ref]
    if step.sub_goals and not unmet(step, on=on):
        met = max(goal.met_on for goal in step.sub_goals if goal.met_on)
        return Finding(FindingKind.GATE_READY, citizen, met, plan.package, row)
    if row.ends_on <= on:
        return Finding(FindingKind.STEP_OVERDUE, citizen, row.ends_on, plan.package, row)
    return None


def _of_gap_ahead(citizen: Citizen, plan: Plan, opened_on: date, *, on: date) -> Iterator[Finding]:
    """Told only where no step is overdue: then the step itself is what needs somebody."""
    ahead = next_gap(plan.package_fact(opened_on), on=on, days=GAP_AHEAD_DAYS)
    if ahead:
        yield Finding(FindingKind.GAP_AHEAD, citizen, ahead.start, plan.package)


def _of_promises(case: Case, *, on: date) -> Iterator[Finding]:
    running = case.running.package if case.running else None
    for promise in case.promises:
        state, day = promise_state(promise, on=on)
        kind = _PROMISES.get(state)
        mine = running if running is not None and running.pk == promise.package_id else None
        if kind is None or day is None or (mine is None and state is CommitmentState.BROKEN):
            continue
        yield Finding(kind, case.citizen, day, mine, commitment=promise)


_PROMISES = {
    CommitmentState.DUE_SOON: FindingKind.COMMITMENT_DUE,
    CommitmentState.LATE: FindingKind.COMMITMENT_DUE,
    CommitmentState.BROKEN: FindingKind.COMMITMENT_BROKEN,
}


def _of_proposals(case: Case, plan: Plan, *, on: date) -> Iterator[Finding]:
    """What waits for an answer; and a stop that was agreed, from its day until it is carried out."""
    rows = {row.step_id: row for row in plan.planned}
    for asked in case.proposals:
        row = rows.get(asked.step) if asked.step is not None else None
        if not asked.agreed:
            yield Finding(FindingKind.PROPOSAL_OPEN, case.citizen, asked.made_on, plan.package, row, proposal=asked)
        elif asked.day is not None and asked.day <= on:
            yield Finding(FindingKind.STOP_AGREED, case.citizen, asked.day, plan.package, row, proposal=asked)


def _of_cards(case: Case, plan: Plan, *, on: date) -> Iterator[Finding]:
    """A card that the company has handed in; one that it has not, some days after it was asked for, or once its link
    has run out."""
    rows = {row.step_id: row for row in plan.planned}
    after = timedelta(days=case.rules.value(Limit.CARD_REMINDED, "days", on=on))
    for card in case.cards:
        row = rows.get(card.step)
        if card.handed_in_on is not None:
            yield Finding(FindingKind.CARD_IN, case.citizen, card.handed_in_on, plan.package, row, card=card)
        elif (due := min(card.linked_on + after, card.link_until)) <= on:
            yield Finding(FindingKind.CARD_WAITING, case.citizen, due, plan.package, row, card=card)


def _of_interviews(case: Case, package: JobPackage, *, on: date) -> Iterator[Finding]:
    asked = case.interviews
    due = asked.due_on(on) if asked is not None else None
    if due is not None:
        yield Finding(FindingKind.INTERVIEW_DUE, case.citizen, due, package, interviews=asked)


def _of_contact(case: Case, opened_on: date, *, on: date) -> Iterator[Finding]:
    last = max(case.spoken_on or opened_on, opened_on)
    due = last + timedelta(days=case.rules.value(Limit.CONTACT_EVERY, "days", on=on))
    if due <= on:
        yield Finding(FindingKind.NO_CONTACT, case.citizen, due, case.running.package if case.running else None)


def _of_progress(case: Case, opened_on: date, *, on: date) -> Iterator[Finding]:
    """One finding for both parties: whoever is due by the day, since the first of them was."""
    if case.every is None:
        return
    days = {by: due_on(opened_on, [last] if last else [], case.every, on=on) for by, last in case.measured.items()}
    due = tuple(by for by in Answerer if days[by] <= on)
    if due:
        package = case.running.package if case.running else None
        yield Finding(FindingKind.PROGRESS_DUE, case.citizen, min(days[by] for by in due), package, answerers=due)
