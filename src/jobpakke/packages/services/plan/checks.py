"""What verbs of a plan refuse, and the compare and swap that keeps two of them apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import F

from jobpakke.companies.models import Workplace
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.changes import why_not_need
from jobpakke.method.ladder import Ladder
from jobpakke.method.rulebook import Rulebook, rulebook
from jobpakke.method.step_kinds import STEP_KINDS, EvidenceKind, StepKind
from jobpakke.method.week import WeekTime, hours_of, most_hours
from jobpakke.packages.drafted import said_by
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import DraftWording, PlannedStep, PlanVersion, Step
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.writing import WritingRefusal, swap


class PlanRefusal(StrEnum):
    """Why a plan was not drafted, edited, proposed or approved."""

    PACKAGE_OPEN_ALREADY = "PACKAGE_OPEN_ALREADY"
    CASE_OFFERED_AWAY = "CASE_OFFERED_AWAY"
    PLACE_OF_ANOTHER_MUNICIPALITY = "PLACE_OF_ANOTHER_MUNICIPALITY"
    PLAN_AGREED_ALREADY = "PLAN_AGREED_ALREADY"
    PLAN_PROPOSED = "PLAN_PROPOSED"
    PLAN_WITHDRAWN = "PLAN_WITHDRAWN"
    PLAN_NOT_PROPOSED = "PLAN_NOT_PROPOSED"
    PLAN_BEING_CHANGED = "PLAN_BEING_CHANGED"
    PLAN_NEVER_AGREED = "PLAN_NEVER_AGREED"
    PLAN_WITHOUT_STEPS = "PLAN_WITHOUT_STEPS"
    PLAN_TOO_LONG = "PLAN_TOO_LONG"
    PLAN_WITHOUT_REASON = "PLAN_WITHOUT_REASON"
    BEGUN_STEP_LEFT_OUT = "BEGUN_STEP_LEFT_OUT"
    PLACES_OPEN = "PLACES_OPEN"
    NOTHING_CHANGED = "NOTHING_CHANGED"
    STEP_DATES_REVERSED = "STEP_DATES_REVERSED"
    STEP_HOURS_OUT_OF_RANGE = "STEP_HOURS_OUT_OF_RANGE"
    STEP_TIMES_TWICE = "STEP_TIMES_TWICE"
    STEP_TIMES_PASS_HOURS = "STEP_TIMES_PASS_HOURS"  # noqa: S105  # a code, no password
    STEP_OF_ANOTHER_PACKAGE = "STEP_OF_ANOTHER_PACKAGE"
    STEP_KIND_STAYS = "STEP_KIND_STAYS"
    STEP_NEEDED = "STEP_NEEDED"
    SUB_GOAL_TWICE = "SUB_GOAL_TWICE"
    SUB_GOAL_NOT_HERE = "SUB_GOAL_NOT_HERE"
    EVIDENCE_KIND_NOT_ALLOWED = "EVIDENCE_KIND_NOT_ALLOWED"
    STAIRCASE_NAME_TAKEN = "STAIRCASE_NAME_TAKEN"
    PARTY_SAID_YES_ALREADY = "PARTY_SAID_YES_ALREADY"
    MUNICIPALITY_APPROVES_LAST = "MUNICIPALITY_APPROVES_LAST"
    PAPER_WITHOUT_REASON = "PAPER_WITHOUT_REASON"
    PAPER_BEFORE_AGREED = "PAPER_BEFORE_AGREED"
    PAPER_IN_PACKAGE_BEFORE = "PAPER_IN_PACKAGE_BEFORE"
    APPROVED_BEFORE_PROPOSED = "APPROVED_BEFORE_PROPOSED"
    ON_BEHALF_REASON_MISSING = "ON_BEHALF_REASON_MISSING"
    ON_BEHALF_NOT_ALLOWED = "ON_BEHALF_NOT_ALLOWED"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What a plan says of a step. ``ends_on`` is the first day not included; hours are a week's."""

    kind: StepKind
    title: str
    starts_on: date
    ends_on: date
    weekly_hours: Decimal | None = None
    workplace: Workplace | None = None
    needs: tuple[Step, ...] = ()
    times: frozenset[WeekTime] = frozenset()


def take(version: PlanVersion, *, on: date, seen: int | None = None) -> None:
    """Takes a draft for editing: nobody can propose it, and no other edit of it ends, before this one has. What it said
    until today is kept, where it is the first edit of a day.

    ``seen``: the ``edits`` one had read; None: it does not matter what others have done since.

    Raises:
        Refused: PLAN_AGREED_ALREADY (effective_on), PLAN_WITHDRAWN, PLAN_PROPOSED (proposed_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    rows = PlanVersion.objects.drafts().filter(pk=version.pk)
    since = rows.values_list("touched_on", flat=True).first()
    if rows.update(edits=F("edits") + 1, touched_on=on) != 1:
        raise Refused(why_not_editable(version))
    if since is not None and since < on:
        kept = DraftWording(version=version, since=since, until=on, said=said_by(version))
        DraftWording.objects.bulk_create([kept], ignore_conflicts=True)  # who comes second finds it kept
    if seen is not None:
        reread(version)
        require_as_read(version.edits - 1, seen)


def require_as_read(now: int | str, seen: int | str | None) -> None:
    """What stands is what one had read (None: it does not matter). Raises Refused (CHANGED_MEANWHILE_BY_ANOTHER)."""
    if seen is not None and now != seen:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))


def require_words_as_read(planned: PlannedStep, seen: int | None) -> None:
    """The wording one holds is the one that stands, and the one that was read; asked of a draft that was taken.

    Raises:
        Refused: CHANGED_MEANWHILE_BY_ANOTHER.
    """
    if seen is not None:
        require_as_read(planned.edits, seen)
        swap(PlannedStep.objects.filter(pk=planned.pk, edits=seen), edits=seen)


_REREAD = (
    *("edits", "touched_on", "reason", "paper_on", "late_reason"),
    *("proposed_on", "withdrawn_on", "effective_on"),
)


def reread(version: PlanVersion) -> None:
    """What others may have changed meanwhile; its package stays the object it was."""
    version.refresh_from_db(fields=_REREAD)


def why_not_editable(version: PlanVersion) -> Refusal:
    """What keeps a version from being edited, as it stands in the database now."""
    reread(version)
    if version.effective_on is not None:
        return Refusal(PlanRefusal.PLAN_AGREED_ALREADY, {"effective_on": version.effective_on})
    if version.withdrawn_on is not None:
        return Refusal(PlanRefusal.PLAN_WITHDRAWN, {"withdrawn_on": version.withdrawn_on})
    if version.proposed_on is not None:
        return Refusal(PlanRefusal.PLAN_PROPOSED, {"proposed_on": version.proposed_on})
    return Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})


def check_planned(starts_on: date, ends_on: date, weekly_hours: Decimal | None, rules: Rulebook) -> None:
    """What must hold of one planned step alone; used by the verbs and by bulk loading.

    Raises:
        Refused: STEP_DATES_REVERSED, STEP_HOURS_OUT_OF_RANGE (most, by the rules of the day it begins).
    """
    if ends_on <= starts_on:
        raise Refused(Refusal(PlanRefusal.STEP_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    most = most_hours(rules, on=starts_on)
    if weekly_hours is not None and not 0 < weekly_hours <= most:
        raise Refused(Refusal(PlanRefusal.STEP_HOURS_OUT_OF_RANGE, {"most": most}))


def check_facts(version: PlanVersion, facts: StepFacts) -> None:
    """What must hold of one step in a draft; its workplace may still be open.

    Raises:
        Refused: STEP_DATES_REVERSED, STEP_HOURS_OUT_OF_RANGE, STEP_TIMES_TWICE, STEP_TIMES_PASS_HOURS (claimed,
            hours), STEP_OF_ANOTHER_PACKAGE, PLACE_OF_ANOTHER_MUNICIPALITY.
    """
    asked = facts.weekly_hours is not None
    rules = rules_of(version.package.municipality_id, on=facts.starts_on) if asked else rulebook()
    check_planned(facts.starts_on, facts.ends_on, facts.weekly_hours, rules)
    check_times(facts)
    if any(step.package_id != version.package_id for step in facts.needs):
        raise Refused(Refusal(PlanRefusal.STEP_OF_ANOTHER_PACKAGE, {}))
    check_place(version, facts.workplace)


def check_times(facts: StepFacts) -> None:
    """The hours of the week fit each other and the hours of the step.

    Raises:
        Refused: STEP_TIMES_TWICE, STEP_TIMES_PASS_HOURS (claimed, hours).
    """
    times = sorted(facts.times)
    if any(one.clashes(other) for number, one in enumerate(times) for other in times[number + 1 :]):
        raise Refused(Refusal(PlanRefusal.STEP_TIMES_TWICE, {}))
    claimed = hours_of(times)
    if facts.weekly_hours is not None and claimed > facts.weekly_hours:
        raise Refused(
            Refusal(PlanRefusal.STEP_TIMES_PASS_HOURS, {"claimed": f"{claimed:.1f}", "hours": f"{facts.weekly_hours}"})
        )


def check_place(version: PlanVersion, place: Workplace | None) -> None:
    """A workplace of a plan is in its municipality's register. Raises Refused (PLACE_OF_ANOTHER_MUNICIPALITY)."""
    if place is not None and place.company.municipality_id != version.package.municipality_id:
        raise Refused(Refusal(PlanRefusal.PLACE_OF_ANOTHER_MUNICIPALITY, {}))


def check_evidence_kind(kind: StepKind, evidence: EvidenceKind) -> None:
    """A sub-goal's kind of evidence fits its kind of step. Raises Refused (EVIDENCE_KIND_NOT_ALLOWED)."""
    allowed = STEP_KINDS[kind].evidence_kinds
    if evidence not in allowed:
        raise Refused(
            Refusal(PlanRefusal.EVIDENCE_KIND_NOT_ALLOWED, {"allowed": tuple(sorted(each.value for each in allowed))})
        )


def check_graph(version: PlanVersion) -> None:
    """The steps of the version form a staircase. Raises Refused with what method.ladder says."""
    Ladder(plan_of_version(version).steps)


def check_needs(version: PlanVersion, *, on: date, step: Ref | None = None) -> None:
    """No step that has begun (or just the one) gets a step before it that is not fulfilled by the day.

    Raises:
        Refused: STEP_BEGUN_STAYS_ON_ITS_NEEDS (step, other, started_on).
    """
    ladder = Ladder(plan_of_version(version).steps)
    asked = ladder.order if step is None else (step,)
    refuse(tuple(each for ref in asked for each in why_not_need(ladder, ref, on=on)))


def next_position(version: PlanVersion) -> int:
    """One more than the last."""
    last: int | None = max((row.position for row in version.planned_steps.all()), default=None)
    return 0 if last is None else last + 1


def count_edit(planned: PlannedStep) -> None:
    """What was read of the step before is an older text from now on."""
    PlannedStep.objects.filter(pk=planned.pk).update(edits=F("edits") + 1)
    planned.refresh_from_db(fields=["edits"])


def refuse(refusals: Iterable[Refusal]) -> None:
    """Raises Refused when there is anything to refuse."""
    found = tuple(refusals)
    if found:
        raise Refused(*found)
