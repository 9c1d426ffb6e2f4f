"""What the page of a plan version shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jobpakke.companies.models import WorkFunction, Workplace
from jobpakke.method.agreement import has_its_turn
from jobpakke.method.rulebook import Severity
from jobpakke.method.rules import Breach, RuleRefusal
from jobpakke.packages.accepted import with_accepted
from jobpakke.packages.answers import Asked, answers_of, with_answers
from jobpakke.packages.facts import Plan, plan_and_agreed
from jobpakke.packages.models import JobPackage, PlannedStep, PlanVersion
from jobpakke.packages.places import details_of
from jobpakke.packages.proposals import Standing, made_here, with_made_here
from jobpakke.packages.rules import check_plan, supported_places
from jobpakke.packages.wording import order_mark, times_of
from jobpakke.web.errors import basis, sentence
from jobpakke.web.evidence import shown_by
from jobpakke.web.http import Visitor, seen_or_404
from jobpakke.web.labels import WEEKDAYS, label, party_label
from jobpakke.web.plans.accepted import Accepted, AcceptedLine, accepted_in
from jobpakke.web.plans.changes import ChangeLine, change_lines, consequences
from jobpakke.web.plans.fields import written
from jobpakke.web.plans.speaking import spoken
from jobpakke.web.promises.pages import LaidLine, laid_lines, laid_then
from jobpakke.web.proposals.words import standing_words
from jobpakke.web.staircase import Staircase, mentor_words, staircase


class PlanState(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    AGREED = "agreed"


BADGES = {
    PlanState.DRAFT: "info",
    PlanState.PROPOSED: "warning",
    PlanState.WITHDRAWN: "neutral",
    PlanState.AGREED: "success",
}
STATE_WORDS: dict[PlanState, Promise | str] = {
    PlanState.DRAFT: _("Draft"),
    PlanState.PROPOSED: _("Proposed"),
    PlanState.WITHDRAWN: _("Taken back"),
    PlanState.AGREED: _("Agreed"),
}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A sub-goal of a step in the list."""

    ref: UUID
    title: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the list: what the plan says of it, in words."""

    ref: UUID
    number: int
    title: str
    kind: str
    first_day: date
    last_day: date
    weeks: int
    hours: Decimal | None
    times: str
    place: str
    needs: tuple[str, ...]
    goals: tuple[GoalLine, ...]
    mentors: tuple[str, ...]
    step: UUID
    begun: bool
    edits: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a party, or of one company, to a proposal; ``url`` where one records its yes (None: said already,
    or not yet its turn), and ``copy_url`` where its signed copy is opened, if one is filed."""

    party: str
    given_on: date | None
    how: str
    by: str
    url: str | None
    copy_url: str | None
    undo_url: str | None
    """Where one says that it was not given, while the version is a proposal."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A limit that the plan passes, in words with its source; ``accepted``: why and by whom, if it was; ``acts``: where
    to, and what one does there."""

    text: str
    basis: str
    """Whether it was held against its source, or is the municipality's own."""
    step: str
    stops: bool
    accepted: AcceptedLine | None
    acts: tuple[tuple[str, Promise | str], ...]


@dataclass(frozen=True, slots=True)
class MadeHere:
    """A party's proposal that is made in a version."""

    ref: UUID
    what: str
    made_on: date


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The page of one version."""

    plan: Plan
    version: PlanVersion
    package: JobPackage
    state: PlanState
    state_words: Promise | str
    badge: str
    goal_form: str
    stairs: Staircase | None
    steps: tuple[StepLine, ...]
    contacts: tuple[str, ...]
    """Who is contact person at the workplaces of the steps, as of the viewed date."""
    order: str
    """Tells the order of the steps from another."""
    answers: tuple[Answer, ...]
    changes: tuple[ChangeLine, ...]
    laid: tuple[LaidLine, ...]
    """The promises laid with it."""
    proposals: tuple[MadeHere, ...]
    """What parties proposed that is made here."""
    changing: bool
    """Whether a plan has been agreed, so that each change asks something of somebody."""
    consequences: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    accepted: tuple[AcceptedLine, ...]
    """Warnings that were accepted and that no line of the rules shows."""
    ties_url: str | None
    """Where it is said whether the citizen has family at the plan's workplaces, while that can be said."""
    editable: bool
    answering: bool
    changed_on: date | None
    """When the words of the draft were last changed, where that was after the viewed date."""
    corrected: bool
    """Whether something that stood on the viewed date was corrected since."""


def state_of(version: PlanVersion) -> PlanState:
    """Where a version stands now."""
    if version.effective_on is not None:
        return PlanState.AGREED
    if version.withdrawn_on is not None:
        return PlanState.WITHDRAWN
    return PlanState.DRAFT if version.proposed_on is None else PlanState.PROPOSED


def state_on(version: PlanVersion, *, on: date) -> PlanState:
    """Where a version stood on a day: what came later had not happened."""
    if version.effective_on is not None and version.effective_on <= on:
        return PlanState.AGREED
    if version.withdrawn_on is not None and version.withdrawn_on <= on:
        return PlanState.WITHDRAWN
    return PlanState.PROPOSED if version.proposed_on is not None and version.proposed_on <= on else PlanState.DRAFT


def version_or_404(who: Visitor, ref: UUID) -> PlanVersion:
    """A version that the visitor may see, with its package and citizen. Raises Http404."""
    rows = PlanVersion.objects.visible_to(who.user, on=who.viewing.today)
    known = ("package__citizen__municipality", "package__job__workplace", "goal__workplace__company", "goal__function")
    return seen_or_404(with_accepted(with_made_here(with_answers(rows))).select_related(*known), ref)


def plan_page(who: Visitor, version: PlanVersion, *, may_work: bool) -> PlanPage:
    """Everything on the page of a version, as it stood on the viewed date; before it was drafted, as it began."""
    on = max(who.viewing.on, version.drafted_on)
    state = state_on(version, on=on)
    known = on if who.viewing.is_past else None
    plan, agreed = plan_and_agreed(version, known_on=known)
    laid = laid_lines(version, known_on=known) if plan.laid is None else laid_then(plan.laid)
    open_now = may_work and state is state_of(version)
    editable = open_now and state is PlanState.DRAFT
    answering = open_now and state is PlanState.PROPOSED
    accepted, passed = accepted_in(plan, version, on=on), _passed(plan, version, state, on=on)
    return PlanPage(
        plan=plan,
        version=version,
        package=version.package,
        state=state,
        state_words=STATE_WORDS[state],
        badge=BADGES[state],
        goal_form=label(version.goal.form),
        stairs=staircase(plan, on=on, working=False, holes=False),
        steps=step_lines(plan, on=on),
        contacts=_contacts(plan, on=on),
        order=order_mark(plan.planned),
        answers=_answers(version, answering=answering, on=on) if state is not PlanState.DRAFT else (),
        changes=change_lines(agreed, plan, laid) if agreed else (),
        laid=laid,
        proposals=tuple(_made_here(each, agreed or plan) for each in made_here(version)),
        changing=agreed is not None,
        consequences=consequences(agreed, plan, on=on),
        rules=tuple(_rule(plan, breach, accepted, may_accept=open_now) for breach in passed),
        accepted=accepted.besides(passed),
        ties_url=reverse("declare_ties", args=[version.ref]) if open_now and supported_places(plan) else None,
        editable=editable,
        answering=answering,
        changed_on=plan.changed_after(known) if known else None,
        corrected=plan.corrected,
    )


def _contacts(plan: Plan, *, on: date) -> tuple[str, ...]:
    known = {row.workplace: details_of(row, on=on) for row in plan.planned if row.workplace}
    named = ((place, each) for place, each in known.items() if each and each.contact_name and each.starts_on <= on)
    return tuple(
        f"{', '.join(filter(None, (each.contact_name, each.contact_phone)))} ({place.name})" for place, each in named
    )


def _made_here(asked: Standing, agreed: Plan) -> MadeHere:
    """Its step by the name that the agreed plan gives it."""
    title = next((row.title for row in agreed.planned if row.step_id == asked.step), "")
    return MadeHere(asked.ref, standing_words(asked, title), asked.made_on)


def _passed(plan: Plan, version: PlanVersion, state: PlanState, *, on: date) -> tuple[Breach, ...]:
    """The limits that it passes; none where they do not matter: once taken back, or when the package has ended."""
    if state is PlanState.WITHDRAWN or version.package.ended_on is not None:
        return ()
    return check_plan(plan, on=_asked_on(version, state, on=on)).breaches


def _asked_on(version: PlanVersion, state: PlanState, *, on: date) -> date:
    """Whose rules the page speaks of: until it is agreed, those of the day on which it lay on paper."""
    return on if state is PlanState.AGREED else version.asked_on(on)


def _rule(plan: Plan, breach: Breach, known: Accepted, *, may_accept: bool) -> RuleLine:
    stops, accepted = breach.severity is Severity.STOP, known.of(breach)
    acts = tuple(_rule_acts(plan, breach)) if may_accept and accepted is None else ()
    text, rests = sentence(breach.refusal, known.names), basis(breach.refusal)
    return RuleLine(text, rests, known.names.get(breach.step, ""), stops, accepted, acts)


_MENDED_IN_STEP: Mapping[object, Promise | str] = {
    RuleRefusal.WORKPLACE_MISSING: _("Choose a workplace"),
    RuleRefusal.TIMES_NOT_WRITTEN: _("Write the times"),
}
"""What is mended where the step is written."""


def _rule_acts(plan: Plan, breach: Breach) -> Iterator[tuple[str, Promise | str]]:
    """What can be done about it here: say what is not known, mend it in a draft, or accept a warning."""
    version, code = plan.version, breach.refusal.code
    if code == RuleRefusal.TIES_NOT_DECLARED and version is not None:
        yield reverse("declare_ties", args=[version.ref]), _("Declare")
    step = next((row.ref for row in plan.planned if row.step.ref == breach.step), None)
    if step is None or version is None:
        return
    if code in _MENDED_IN_STEP and version.proposed_on is None:
        yield reverse("edit_step", args=[step]), _MENDED_IN_STEP[code]
    if breach.severity is Severity.WARN:
        yield f"{reverse('accept_warning', args=[step])}?regel={code}", _("Accept with a reason")


def step_lines(plan: Plan, *, on: date) -> tuple[StepLine, ...]:
    """The steps of a plan in their order, with their mentors as of the date."""
    facts = {fact.ref: fact for fact in plan.steps}
    titles = {row.step.ref: f"{number}. {row.title}" for number, row in enumerate(plan.planned, start=1)}
    return tuple(
        StepLine(
            ref=row.ref,
            number=number,
            title=row.title,
            kind=label(row.step.kind),
            first_day=row.starts_on,
            last_day=row.ends_on - timedelta(days=1),
            weeks=max(1, round((row.ends_on - row.starts_on).days / 7)),
            hours=row.weekly_hours,
            times=times_in_words(row),
            place=row.workplace.name if row.workplace else "",
            needs=tuple(titles[ref] for ref in titles if ref in facts[row.step.ref].needs),
            goals=tuple(
                GoalLine(goal.ref, goal.title, capfirst(shown_by(goal))) for goal in plan.sub_goals.get(row.step_id, ())
            ),
            mentors=mentor_words(row, on=on),
            step=row.step.ref,
            begun=row.step.started_on is not None,
            edits=row.edits,
            first=number == 1,
            last=number == len(plan.planned),
        )
        for number, row in enumerate(plan.planned, start=1)
    )


def step_titles(version: PlanVersion) -> tuple[str, ...]:
    """The steps of a version as they stand now, by number; one query."""
    titles = version.planned_steps.order_by("position", "pk").values_list("title", flat=True)
    return tuple(f"{number}. {title}" for number, title in enumerate(titles, start=1))


def times_in_words(row: PlannedStep) -> str:
    """The hours of the week of a step, day by day."""
    times = times_of(row)
    days = sorted({each.weekday for each in times})
    return "; ".join(f"{WEEKDAYS[day]} {written(each for each in times if each.weekday == day)}" for day in days)


def _answers(version: PlanVersion, *, answering: bool, on: date) -> tuple[Answer, ...]:
    lines = answers_of(version, on=on)
    asked, given = [each.voice for each in lines], [each.voice for each in lines if each.yes]
    return tuple(
        _answer(version, each, open_=answering and has_its_turn(each.voice, asked, given), answering=answering)
        for each in lines
    )


def _answer(version: PlanVersion, asked: Asked, *, open_: bool, answering: bool) -> Answer:
    row = asked.yes
    return Answer(
        party=party_label(asked.voice.side.value, asked.name),
        given_on=row.given_on if row else None,
        how=label(row.how) if row and row.how else "",
        by=row.by if row else "",
        url=f"{reverse('approve_plan', args=[version.ref])}?{spoken(asked.voice)}" if open_ else None,
        copy_url=reverse("signed_copy", args=[row.copy]) if row and row.copy else None,
        undo_url=reverse("undo_approval", args=[row.ref]) if row and answering else None,
    )


def places_of(who: Visitor, version: PlanVersion) -> Any:
    """The workplaces that a plan may use, asked when somebody types; one that it uses stays, though it has closed."""
    used = Q(pk__in=version.planned_steps.values("workplace")) | Q(pk=version.goal.workplace_id)
    here = Q(company__municipality=version.package.municipality_id)
    rows = Workplace.objects.visible_to(who.user, on=who.viewing.today).select_related("company").filter(here)
    return lambda: rows.open_on(who.viewing.today) | rows.filter(used)


def municipality_places(who: Visitor, municipality: int) -> Any:
    """The workplaces of a municipality's register that have not closed."""
    today = who.viewing.today
    rows = Workplace.objects.visible_to(who.user, on=today).open_on(today).select_related("company")
    return lambda: rows.filter(company__municipality=municipality)


def functions_of(who: Visitor, municipality: int, named: int | None = None) -> Any:
    """The functions that a goal may name: at workplaces that have not closed, and the one it names already."""
    today = who.viewing.today
    places = Workplace.objects.visible_to(who.user, on=today).filter(company__municipality=municipality)
    fits = Q(workplace__in=places.open_on(today)) | Q(workplace__in=places, pk=named)
    return lambda: WorkFunction.objects.filter(fits).select_related("workplace__company")
