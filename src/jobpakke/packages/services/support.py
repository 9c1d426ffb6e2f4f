"""Mentors: named while the plan is made or later, confirmed, replaced, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q

from jobpakke.access.models import User
from jobpakke.companies.models import Mentor
from jobpakke.history.kinds import MentorAssigned, MentorConfirmed, MentorRemoved, MentorReplaced, MentorStopped
from jobpakke.lib.names import sort_key
from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.ladder import LadderRefusal, StepFact
from jobpakke.method.mentors import MentorFact, MentorRefusal, first_day, why_not_mentor, why_not_start_with
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.mentors import newest_wording
from jobpakke.packages.models import LateReason, Mentorship, Party, Step
from jobpakke.packages.services.plan.checks import PlanRefusal, refuse, take
from jobpakke.packages.services.writing import (
    WritingRefusal,
    note,
    require_not_ahead,
    require_package_work,
    require_running,
    swap,
)


@dataclass(frozen=True, slots=True)
class FreeMentor:
    """Somebody of a party who is no colleague in the register: at mentor support without a workplace, for example."""

    name: str
    party: Party
    contact: str = ""


@dataclass(frozen=True, slots=True)
class MentorDays:
    """From when, until when (the first day not included), and when confidentiality was confirmed."""

    starts_on: date
    ends_on: date | None = None
    confidentiality_on: date | None = None
    late_reason: LateReason | None = None


@transaction.atomic
def assign_mentor(
    *,
    actor: User,
    step: Step,
    mentor: Mentor | FreeMentor,
    starts_on: date,
    confidentiality_on: date | None,
    on: date,
    ends_on: date | None = None,
    late_reason: LateReason | None = None,
) -> Mentorship:
    """Names a mentor of a step. Of a step that was never agreed it is part of the draft; else a change beside the plan.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take (a step never agreed) and plain, PACKAGE_NOT_RUNNING,
            PLACE_OF_ANOTHER_MUNICIPALITY, and what why_not_mentor says.
    """
    require_package_work(actor, step.package, on=on)
    _hold(step, on=on)
    days = MentorDays(starts_on, ends_on, confidentiality_on, late_reason)
    row = _named(step, mentor, days, on=on)
    note(actor, step.package, step.ref, MentorAssigned(mentor_ref(row)), on)
    return row


@transaction.atomic
def replace_mentor(
    *, actor: User, mentorship: Mentorship, mentor: Mentor | FreeMentor, days: MentorDays, on: date
) -> Mentorship:
    """Ends a mentorship on the day another begins; one that would not have begun by then is taken out.

    Raises:
        Refused: as assign_mentor; MENTOR_ENDED_ALREADY (ended_on), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    step = mentorship.step
    require_package_work(actor, step.package, on=on)
    _hold(step, on=on)
    was = mentor_ref(mentorship)
    _end(mentorship, days.starts_on)
    row = _named(step, mentor, days, on=on)
    note(actor, step.package, step.ref, MentorReplaced(mentor_ref(row), was), on)
    return row


@transaction.atomic
def end_mentor(*, actor: User, mentorship: Mentorship, ended_on: date, on: date) -> None:
    """Ends a mentorship; ``ended_on`` is the first day without. One that would not have begun by then is taken out.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_NOT_RUNNING, the codes of take (a step never agreed),
            MENTOR_ENDED_ALREADY (ended_on), MENTOR_OUTSIDE_STEP (first, last), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    step = mentorship.step
    require_package_work(actor, step.package, on=on)
    _hold(step, on=on)
    room = _post(step).planned
    if room.end is not None and ended_on > max(room.end, on):
        raise Refused(Refusal(MentorRefusal.MENTOR_OUTSIDE_STEP, {"first": mentorship.starts_on, "last": room.end}))
    _end(mentorship, ended_on)
    note(actor, step.package, step.ref, MentorStopped(mentor_ref(mentorship)), on)


@transaction.atomic
def remove_mentor(*, actor: User, mentorship: Mentorship, on: date) -> None:
    """Takes a mentor out of a step that was never agreed; nobody was told of them.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take, MENTOR_AGREED_STAYS.
    """
    step = mentorship.step
    require_package_work(actor, step.package, on=on)
    if was_agreed(step):
        raise Refused(Refusal(MentorRefusal.MENTOR_AGREED_STAYS, {}))
    _hold(step, on=on)
    note(actor, step.package, step.ref, MentorRemoved(mentor_ref(mentorship)), on)
    Mentorship.objects.filter(pk=mentorship.pk).delete()


@transaction.atomic
def confirm_mentor(*, actor: User, mentorship: Mentorship, confirmed_on: date, on: date) -> Mentorship:
    """Records when a mentor confirmed confidentiality. Confirmed after the planned first day, while the step waits,
    they begin on that day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, MENTOR_CONFIRMED_ALREADY (confirmed_on),
            MENTOR_DATES_REVERSED (they would be over by then), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    step = mentorship.step
    require_package_work(actor, step.package, on=on)
    require_not_ahead(confirmed_on, on=on)
    if mentorship.confidentiality_on is not None:
        raise Refused(Refusal(MentorRefusal.MENTOR_CONFIRMED_ALREADY, {"confirmed_on": mentorship.confidentiality_on}))
    starts_on = max(mentorship.starts_on, confirmed_on)
    if mentorship.ends_on is not None and mentorship.ends_on <= starts_on:
        raise Refused(Refusal(MentorRefusal.MENTOR_DATES_REVERSED, {"start": starts_on, "end": mentorship.ends_on}))
    rows = Mentorship.objects.filter(pk=mentorship.pk, confidentiality_on__isnull=True, starts_on=mentorship.starts_on)
    swap(rows, confidentiality_on=confirmed_on, starts_on=starts_on)
    mentorship.confidentiality_on, mentorship.starts_on = confirmed_on, starts_on
    note(actor, step.package, step.ref, MentorConfirmed(mentor_ref(mentorship)), confirmed_on)
    return mentorship


def why_not_begin_with_mentors(step: Step, *, started_on: date) -> tuple[Refusal, ...]:
    """What the mentors of a step say against its start."""
    Step.objects.filter(pk=step.pk).update(late_reason=F("late_reason"))  # who names one now waits, and is refused
    return why_not_start_with(_facts(step), participant=sort_key(step.package.citizen.name), started_on=started_on)


def mentors_begin(step: Step, planned: Period, started_on: date) -> None:
    """The mentors of a step begin with it; those who would be over by then never do."""
    rows = Mentorship.objects.filter(step=step)
    rows.filter(ends_on__lte=started_on).delete()
    for row in rows.select_related("mentor"):
        begins = first_day(_fact(row), planned, started_on)
        if begins != row.starts_on:
            rows.filter(pk=row.pk).update(starts_on=begins)


def mentors_follow(step: Step, was: Period, now: Period) -> None:
    """A step of a draft got other days: who was to begin with it still does, and nobody stays outside of them."""
    if step.started_on is not None or was_agreed(step):
        return
    for row in Mentorship.objects.filter(step=step):
        confirmed = row.confidentiality_on or date.min
        begins = now.start if row.starts_on == was.start or not now.contains(row.starts_on) else row.starts_on
        begins = max(begins, confirmed)
        if not now.contains(begins):
            begins, row.confidentiality_on = now.start, None
        if row.ends_on is not None and (row.ends_on <= begins or row.ends_on > (now.end or row.ends_on)):
            row.ends_on = None
        row.starts_on = begins
        row.save(update_fields=["starts_on", "ends_on", "confidentiality_on"])


def was_agreed(step: Step) -> bool:
    """Whether a plan with the step has ever taken effect."""
    return step.wordings.filter(version__effective_on__isnull=False).exists()


def mentor_ref(row: Mentorship) -> Ref:
    """Who a mentorship is of: the colleague in the register, or the record itself for somebody named freely."""
    return row.mentor.ref if row.mentor else row.ref


def _hold(step: Step, *, on: date) -> None:
    """A step of a running package, or of a draft, which nobody can propose meanwhile."""
    if was_agreed(step):
        require_running(step.package)
        return
    row = step.wordings.select_related("version").order_by("-version__number").first()
    if row is not None:
        take(row.version, on=on)


def _named(step: Step, mentor: Mentor | FreeMentor, days: MentorDays, *, on: date) -> Mentorship:
    row = Mentorship(
        step=step,
        named_on=on,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        confidentiality_on=days.confidentiality_on,
    )
    if isinstance(mentor, Mentor):
        if mentor.workplace.company.municipality_id != step.package.municipality_id:
            raise Refused(Refusal(PlanRefusal.PLACE_OF_ANOTHER_MUNICIPALITY, {}))
        row.mentor = mentor
    else:
        row.name = plain(mentor.name, Mentorship.name.field)
        row.contact = plain(mentor.contact, Mentorship.contact.field, needed=False)
        row.party = mentor.party.value
    begun = Q(started_on=step.started_on) if step.started_on else Q(started_on__isnull=True)
    swap(Step.objects.filter(begun, pk=step.pk), late_reason=F("late_reason"))
    late = days.late_reason
    participant = sort_key(step.package.citizen.name)
    post, others = _post(step), _facts(step)
    refuse(why_not_mentor(_fact(row), post, others, participant=participant, on=on, late=late is not None))
    if late is not None and step.started_on is not None and days.starts_on < on:
        row.late_reason = late.value
    row.save(force_insert=True)
    return row


def _end(mentorship: Mentorship, ended_on: date) -> None:
    if mentorship.ends_on is not None and mentorship.ends_on <= ended_on:
        raise Refused(Refusal(MentorRefusal.MENTOR_ENDED_ALREADY, {"ended_on": mentorship.ends_on}))
    still = Q(ends_on=mentorship.ends_on) if mentorship.ends_on else Q(ends_on__isnull=True)
    rows = Mentorship.objects.filter(still, pk=mentorship.pk, starts_on=mentorship.starts_on)
    if ended_on > mentorship.starts_on:
        swap(rows, ends_on=ended_on)
    elif rows.delete()[0] != 1:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    mentorship.ends_on = ended_on


def _post(step: Step) -> StepFact:
    """The step with the days of its newest wording."""
    row = newest_wording(step)
    if row is None:  # a step that no wording holds is deleted
        raise Refused(Refusal(LadderRefusal.STEP_UNKNOWN, {"step": step.ref}))
    days = Period(row.starts_on, row.ends_on)
    return StepFact(step.ref, StepKind(step.kind), days, started_on=step.started_on, ended_on=step.ended_on)


def _facts(step: Step) -> list[MentorFact]:
    return [_fact(row) for row in Mentorship.objects.filter(step=step).select_related("mentor").order_by("pk")]


def _fact(row: Mentorship) -> MentorFact:
    name = sort_key(row.mentor.name if row.mentor else row.name)
    person = str(row.mentor.ref) if row.mentor else f"{name} {row.party}"
    return MentorFact(person, name, row.starts_on, row.ends_on, row.confidentiality_on)
