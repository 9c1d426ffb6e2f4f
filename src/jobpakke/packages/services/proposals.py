"""What the citizen or a company wants changed in an agreed plan: recorded, accepted, rejected, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import (
    ChangeProposed,
    ProposalAccepted,
    ProposalRejected,
    ProposalReplaced,
    ProposalRetracted,
)
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.ladder import StepFact
from jobpakke.method.proposals import (
    Agreed,
    ProposalFact,
    ProposalRefusal,
    ProposalState,
    Wanted,
    why_not_answer,
    why_not_propose,
    why_not_replace,
)
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.answers import companies_in
from jobpakke.packages.facts import Plan, plan_of
from jobpakke.packages.models import EndReason, HowTold, JobPackage, Party, PlannedStep, PlanVersion, Proposal, Step
from jobpakke.packages.proposals import proposal_fact, times_wanted
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.plan.checks import StepFacts, check_planned, check_times, refuse
from jobpakke.packages.services.plan.drafting import reopen_plan
from jobpakke.packages.services.plan.laying import change_step, extend_step
from jobpakke.packages.services.writing import (
    WritingRefusal,
    note,
    require_not_ahead,
    require_open,
    require_package_work,
    require_running,
    swap,
    which_company,
)
from jobpakke.packages.wording import stored_times, times_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a party wants changed, and why, in its words. ``day``: the first day not included (EXTEND, STOP)."""

    wanted: Wanted
    reason: str
    step: Step | None = None
    day: date | None = None
    weekly_hours: Decimal | None = None
    times: frozenset[WeekTime] = frozenset()
    task: str = ""
    end_reason: EndReason | None = None


@transaction.atomic
def propose_change(
    *,
    actor: User,
    package: JobPackage,
    party: Party,
    wish: Wish,
    made_on: date,
    how: HowTold,
    on: date,
    company: Company | None = None,
) -> Proposal:
    """Records what a party proposes. Its newer proposal of the same kind for the same step replaces the open one.

    ``company``: which one, where the plan concerns several; of a step at work, the one that it is at, unless another.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_RUNNING, PACKAGE_NOT_OPEN, DATE_AHEAD, the codes of plain and
            which_company, STEP_HOURS_OUT_OF_RANGE, STEP_TIMES_TWICE, STEP_TIMES_PASS_HOURS, what why_not_propose and
            why_not_replace say, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, package, on=on)
    require_running(package)
    require_not_ahead(made_on, on=on)
    require_open(package, at=made_on)
    plan = plan_of(package, on=made_on)
    row = _row(package, party, wish, made_on)
    _check_wish(plan, wish, proposal_fact(row))
    row.company = _speaking(plan, wish, company, on=made_on) if party == Party.COMPANY else None
    older = _take_open(row)
    if older is not None:
        refuse(why_not_replace(proposal_fact(older), proposal_fact(row)))
        _settle(actor, older, ProposalState.REPLACED, made_on)
        note(actor, package, older.ref, ProposalReplaced(row.ref), made_on)
    row.recorded_by, row.how, row.replaces = actor, how.value, older
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    step = wish.step.ref if wish.step else None
    note(actor, package, row.ref, ChangeProposed(party.value, wish.wanted.value, step, _company(row)), made_on)
    return row


def _check_wish(plan: Plan, wish: Wish, fact: ProposalFact) -> None:
    about = _agreed(plan, wish.step)
    refuse(why_not_propose(fact, about, hours=wish.weekly_hours, times=wish.times))
    if wish.wanted is Wanted.OTHER_HOURS and about is not None:
        facts = _hours(about, wish)
        rules = rules_of(plan.package.municipality_id, on=facts.starts_on)
        check_planned(facts.starts_on, facts.ends_on, wish.weekly_hours, rules)
        check_times(facts)


def _speaking(plan: Plan, wish: Wish, company: Company | None, *, on: date) -> Company | None:
    asked = companies_in(plan, on=on)
    row = next((each for each in plan.planned if wish.step is not None and each.step_id == wish.step.pk), None)
    there = row.workplace.company if row is not None and row.workplace is not None else None
    if company is None and there is not None and there.ref in asked:
        return there
    return which_company(asked, company)


def _company(row: Proposal) -> Ref | None:
    return row.company.ref if row.company is not None else None


def _agreed(plan: Plan, step: Step | None) -> Agreed | None:
    """What the plan says of the step, with what has happened to it as it is known now."""
    row = next((each for each in plan.planned if step is not None and each.step_id == step.pk), None)
    if row is None:
        return None
    return Agreed(_step_fact(plan, row), row.weekly_hours, times_of(row))


def _step_fact(plan: Plan, row: PlannedStep) -> StepFact:
    return next(fact for fact in plan.steps if fact.ref == row.step.ref)


def _hours(about: Agreed, wish: Wish) -> StepFacts:
    """The step with the hours that are wanted; what is not said stays."""
    end = about.step.planned.end or about.step.planned.start
    hours = wish.weekly_hours or about.weekly_hours
    times = wish.times or about.times
    return StepFacts(about.step.kind, "", about.step.planned.start, end, weekly_hours=hours, times=times)


def _take_open(row: Proposal) -> Proposal | None:
    rows = row.package.proposals.filter(step=row.step, party=row.party, wanted=row.wanted, answered_on__isnull=True)
    return rows.filter(company=row.company).select_related("step", "package__citizen").first()


def _row(package: JobPackage, party: Party, wish: Wish, made_on: date) -> Proposal:
    of = wish.wanted
    return Proposal(
        package=package,
        step=wish.step,
        party=party.value,
        wanted=of.value,
        day=wish.day if of in (Wanted.EXTEND, Wanted.STOP) else None,
        weekly_hours=wish.weekly_hours if of is Wanted.OTHER_HOURS else None,
        times=[list(each) for each in stored_times(wish.times)] if of is Wanted.OTHER_HOURS else [],
        task=plain(wish.task, Proposal.task.field) if of is Wanted.OTHER_TASK else "",
        end_reason=wish.end_reason or "" if of is Wanted.STOP else "",
        reason=plain(wish.reason, Proposal.reason.field),
        made_on=made_on,
    )


@transaction.atomic
def accept_proposal(*, actor: User, proposal: Proposal, on: date, along: bool = False) -> PlanVersion | None:
    """Says yes to a proposal. The change is made in the draft that is open, or in a new one, which is returned and
    which the three parties approve as always. A stop (None is returned) takes ending the step, on its day. ``along``:
    what builds on a step that gets longer moves along.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_RUNNING, what why_not_answer says, PLAN_ASKED_ABOUT
            (proposed_on), PROPOSAL_STEP_ENDED, PROPOSAL_STEP_LEFT_DRAFT, PLAN_BEING_CHANGED, the codes of extend_step
            and change_step, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, proposal.package, on=on)
    require_running(proposal.package)
    refuse(why_not_answer(_now(proposal), on))
    if proposal.step is not None and proposal.step.ended_on is not None:
        raise Refused(Refusal(ProposalRefusal.PROPOSAL_STEP_ENDED, {"ended_on": proposal.step.ended_on}))
    draft = None if proposal.wanted == Wanted.STOP.value else _draft(actor, proposal, on=on, along=along)
    kind = ProposalAccepted(proposal.party, proposal.wanted, _company(proposal))
    _settle(actor, proposal, ProposalState.ACCEPTED, on, led_to=draft)
    note(actor, proposal.package, proposal.ref, kind, on)
    return draft


def _draft(actor: User, proposal: Proposal, *, on: date, along: bool) -> PlanVersion:
    package = proposal.package
    version = package.versions.unsettled().first()
    if version is not None and version.proposed_on is not None:
        raise Refused(Refusal(ProposalRefusal.PLAN_ASKED_ABOUT, {"proposed_on": version.proposed_on}))
    if version is None:
        version = reopen_plan(actor=actor, package=package, on=on)
    if proposal.step is not None:
        _make_change(actor, proposal, version, on=on, along=along)
    return version


def _make_change(actor: User, proposal: Proposal, version: PlanVersion, *, on: date, along: bool) -> None:
    rows = PlannedStep.objects.select_related("version__package__citizen", "step", "workplace__company")
    planned = rows.filter(version=version, step=proposal.step).first()
    if planned is None:
        raise Refused(Refusal(ProposalRefusal.PROPOSAL_STEP_LEFT_DRAFT, {}))
    arguments: dict[str, Any] = {"actor": actor, "planned": planned, "seen": planned.edits, "on": on}
    if proposal.wanted == Wanted.EXTEND.value and proposal.day is not None:
        extend_step(ends_on=proposal.day, along=along, **arguments)
    else:
        change_step(facts=_changed(proposal, planned), **arguments)


def _changed(proposal: Proposal, planned: PlannedStep) -> StepFacts:
    facts = StepFacts(
        kind=StepKind(planned.step.kind),
        title=planned.title,
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        weekly_hours=planned.weekly_hours,
        workplace=planned.workplace,
        needs=tuple(planned.needs.all()),
        times=times_of(planned),
    )
    if proposal.wanted == Wanted.OTHER_TASK.value:
        return replace(facts, title=proposal.task)
    hours, times = proposal.weekly_hours or facts.weekly_hours, times_wanted(proposal) or facts.times
    return replace(facts, weekly_hours=hours, times=times)


@transaction.atomic
def reject_proposal(*, actor: User, proposal: Proposal, reason: str, answered_on: date, on: date) -> Proposal:
    """Says no to a proposal, with a reason that the party is told.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, what why_not_answer says, PROPOSAL_REJECTED_WITHOUT_REASON,
            the codes of plain, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, proposal.package, on=on)
    require_not_ahead(answered_on, on=on)
    refuse(why_not_answer(_now(proposal), answered_on))
    if not reason.strip():
        raise Refused(Refusal(ProposalRefusal.PROPOSAL_REJECTED_WITHOUT_REASON, {}))
    why = plain(reason, Proposal.answer_reason.field)
    kind = ProposalRejected(proposal.party, proposal.wanted, _company(proposal))
    _settle(actor, proposal, ProposalState.REJECTED, answered_on, answer_reason=why)
    note(actor, proposal.package, proposal.ref, kind, answered_on)
    return proposal


@transaction.atomic
def retract_proposal(*, actor: User, proposal: Proposal, answered_on: date, on: date, reason: str = "") -> Proposal:
    """The party takes its proposal back, before it was answered.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, what why_not_answer says, the codes of plain,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, proposal.package, on=on)
    require_not_ahead(answered_on, on=on)
    refuse(why_not_answer(_now(proposal), answered_on))
    why = plain(reason, Proposal.answer_reason.field, needed=False)
    kind = ProposalRetracted(proposal.party, proposal.wanted, _company(proposal))
    _settle(actor, proposal, ProposalState.RETRACTED, answered_on, answer_reason=why)
    note(actor, proposal.package, proposal.ref, kind, answered_on)
    return proposal


def _now(proposal: Proposal) -> ProposalFact:
    """As it stands in the database, and not as it was read: the other's answer is told, not written over."""
    proposal.refresh_from_db(fields=["answer", "answered_on"])
    return proposal_fact(proposal)


def _settle(actor: User, proposal: Proposal, answer: ProposalState, answered_on: date, **more: object) -> None:
    columns = {"answer": answer.value, "answered_on": answered_on, "answered_by": actor, **more}
    swap(Proposal.objects.filter(pk=proposal.pk, answered_on__isnull=True), **columns)
    for name, value in columns.items():
        setattr(proposal, name, value)
