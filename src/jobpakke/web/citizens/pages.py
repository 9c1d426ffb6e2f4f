"""What the citizen pages show: frozen data, made in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from jobpakke.access.models import User
from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookup
from jobpakke.citizens.models import CaseAssignment, Citizen, Status, StatusSpell
from jobpakke.continuity import news
from jobpakke.continuity.findings import JOBS
from jobpakke.packages.aftercare import care_of, with_aftercare, with_running_care
from jobpakke.packages.facts import Plan, plans
from jobpakke.packages.models import Aftercare, Commitment, JobPackage, JournalNote, PlanVersion
from jobpakke.packages.progress import spans, with_progress
from jobpakke.packages.proposals import with_standing
from jobpakke.packages.retention import locked_on, with_retention
from jobpakke.web.band import Band, band
from jobpakke.web.http import Visitor, seen_or_404
from jobpakke.web.journal.pages import NoteLine, short_lines
from jobpakke.web.progress.words import in_words
from jobpakke.web.promises.pages import PromiseLine, promise_line
from jobpakke.web.staircase import AskedLine, Staircase, asked_of_package, staircase


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One package on the citizen's page."""

    package: JobPackage
    working: bool
    """Whether the visitor may change it."""
    locked_on: date | None
    """Since when it is locked, today."""
    stairs: Staircase | None
    draft: bool
    idle: bool
    """Whether no plan was agreed or being drafted on the date."""
    care: Aftercare | None
    care_ended_on: date | None
    care_over: bool
    """Whether its aftercare had ended by the date; then it can be taken up again."""
    in_job: bool
    """Whether it had led to a job by the date; then aftercare can be agreed."""
    changed_on: date | None
    """When the words of the draft were last changed, where that was after the date."""
    corrected: bool
    """Whether something that stood on the date was corrected since."""
    asked: tuple[AskedLine, ...]
    """Proposals that concern the whole package."""
    progress: str
    """What the measures of progress within it say in words; empty where there is none."""


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """The staircase page. ``band`` None: nothing is known of any status yet."""

    citizen: Citizen
    age: int
    working: bool
    parts: tuple[PackagePart, ...]
    band: Band
    spells: tuple[StatusSpell, ...]
    notes: tuple[NoteLine, ...]
    promises: tuple[PromiseLine, ...]

    @property
    def running(self) -> bool:
        """Whether a package is drafted or open, as it is now; then no other one begins."""
        return any(part.package.ended_on is None and not part.idle for part in self.parts)


def look_up(who: Visitor, ref: UUID, page: str) -> Citizen:
    """A citizen whom the visitor may see, with ``care`` (the aftercare that runs), ``received`` and ``leaving`` (a case
    that changes hands); the look-up is written to the access log. Raises Http404."""
    today = who.viewing.today
    rows = Citizen.objects.visible_to(who.user, on=today).select_related("municipality")
    rows = rows.annotate(received=news.received(who.user, on=today), leaving=news.leaving(on=today))
    return noted(who, seen_or_404(with_running_care(rows, on=who.viewing.on), ref), page)


def noted(who: Visitor, citizen: Citizen, page: str) -> Citizen:
    """The same citizen, after writing to the access log that the visitor saw them on the page."""
    log_lookup(actor=who.user, citizen=citizen.ref, municipality_id=citizen.municipality_id, page=page)
    return citizen


def citizen_page(who: Visitor, citizen: Citizen) -> CitizenPage:
    """Everything on the staircase page, as it stood on the viewed date."""
    on, working = who.viewing.on, who.works(Act.WORK_CASES)
    rows = JobPackage.objects.filter(citizen=citizen, drafted_on__lte=on).with_unsettled(on)
    measured = with_standing(with_progress(with_aftercare(rows, on=on), on=on), on=on)
    read = with_retention(measured, on=who.viewing.today)
    packages = list(read.select_related("job__workplace").order_by("-drafted_on", "-pk"))
    drawn = plans(packages, on=on, known_on=on if who.viewing.is_past else None)
    shown = [drawn[package.pk] for package in packages]
    known = shown[0].spells if shown else StatusSpell.objects.current().filter(citizen=citizen)
    spells = tuple(sorted((spell for spell in known if spell.starts_on <= on), key=_begun, reverse=True))
    since = min((package.drafted_on for package in packages), default=on)
    locked = {package.pk for package in packages if locked_on(package, on=who.viewing.today)}
    return CitizenPage(
        citizen=citizen,
        age=age(citizen.born_on, on=on),
        working=working,
        parts=tuple(_part(who, plan) for plan in shown),
        band=band(min([since, *(spell.starts_on for spell in spells)]), shown, spells, on=on),
        spells=spells,
        notes=_newest_notes(citizen, on=on),
        promises=tuple(
            promise_line(row, on=on, working=working and row.package_id not in locked)
            for row in Commitment.objects.filter(package__in=packages, made_on__lte=on).as_of(on)
        ),
    )


def _part(who: Visitor, plan: Plan) -> PackagePart:
    on, package, care = who.viewing.on, plan.package, care_of(plan.package)
    locked = locked_on(package, on=who.viewing.today)
    working = who.works(Act.WORK_CASES) and locked is None
    return PackagePart(
        package=package,
        working=working,
        locked_on=locked,
        stairs=staircase(plan, on=on, working=working),
        draft=_is_draft(package, on=on),
        idle=package.is_idle(on=on),
        care=care,
        care_ended_on=care.ended_on if care and care.ended_on and care.ended_on <= on else None,
        care_over=care is not None and not care.runs_on(on),
        in_job=package.outcome in JOBS and package.ended_on is not None and package.ended_on <= on,
        changed_on=plan.changed_after(on) if who.viewing.is_past else None,
        corrected=plan.corrected,
        asked=asked_of_package(plan, on=on, working=working),
        progress=in_words(spans(package)),
    )


def _newest_notes(citizen: Citizen, *, on: date) -> tuple[NoteLine, ...]:
    rows = JournalNote.objects.newest().held_by(on).filter(citizen=citizen).select_related("recorded_by")
    return short_lines(rows[:3])


def _begun(spell: StatusSpell) -> date:
    return spell.starts_on


def _is_draft(package: JobPackage, *, on: date) -> bool:
    return package.opened_on is None or package.opened_on > on


def age(born_on: date, *, on: date) -> int:
    """Whole years on a date."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def citizen_rows(who: Visitor, *, named: str, state: str, sort: str) -> QuerySet[Citizen]:
    """The list on the viewed date, each with ``spoken_on``, ``opened_on``, ``goal`` and ``caseworker``."""
    on = who.viewing.on
    running = JobPackage.objects.open_on(on)
    wordings = PlanVersion.objects.in_effect_on(on).filter(package__citizen=OuterRef("pk"), package__in=running)
    assigned = CaseAssignment.objects.on(who.viewing.today).filter(citizen=OuterRef("pk"))
    spells = StatusSpell.objects.on(on).filter(citizen=OuterRef("pk"))
    talks = JournalNote.objects.held_by(on).with_citizen().filter(citizen=OuterRef("pk")).order_by("-held_on")
    in_job = spells.filter(status__in=(Status.ORDINARY_JOB, Status.FLEX_JOB))
    rows = Citizen.objects.visible_to(who.user, on=who.viewing.today).annotate(
        spoken_on=Subquery(talks.values("held_on")[:1]),
        opened_on=Subquery(running.filter(citizen=OuterRef("pk")).values("opened_on")[:1]),
        goal=Subquery(wordings.values("goal__title")[:1]),
        caseworker=Subquery(assigned.values("caseworker__full_name")[:1]),
        in_job=Exists(in_job),
    )
    if named:
        rows = rows.named(named)
    if state in FILTERS:
        rows = rows.filter(FILTERS[state])
    return rows.order_by(*SORTS.get(sort, ("sort_key",)), "pk")


FILTERS = {
    "open": Q(opened_on__isnull=False),
    "none": Q(opened_on__isnull=True, in_job=False),
    "job": Q(in_job=True),
}
SORTS = {
    "spoken": (F("spoken_on").asc(nulls_first=True), F("sort_key").asc()),
    "opened": (F("opened_on").desc(nulls_last=True), F("sort_key").asc()),
}


def users_by_ref(refs: set[UUID]) -> dict[UUID, str]:
    """Names of users by ref, in one query."""
    return dict(User.objects.filter(ref__in=refs).values_list("ref", "full_name"))
