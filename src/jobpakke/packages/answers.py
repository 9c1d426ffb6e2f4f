"""Who is asked about a plan version, and their answers: read with the versions themselves, or with packages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When

from jobpakke.lib.refs import Ref
from jobpakke.method.agreement import AtWork, Voice, companies_of, lacking, voices
from jobpakke.method.parties import Side
from jobpakke.packages.facts import Plan
from jobpakke.packages.json_rows import JsonRow, JsonRows
from jobpakke.packages.models import Approval, JobPackage, Party, PlannedStep, PlanVersion, SealedBytes, SignedCopy

Companies = Mapping[Ref | None, str]
"""What companies are called; None (the company that nobody has named) is called nothing."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A yes: ``how`` somebody else gave it (empty: the party itself), ``by`` whom it was recorded, and the newest
    signed copy that carries the signature, if one is filed."""

    ref: UUID
    given_on: date
    how: str
    by: str
    copy: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who says yes to a version. ``name``: of the company, if it is one that is named."""

    voice: Voice
    name: str
    yes: Answered | None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a version was read with: its steps at work, the company of its goal, the answers, and what companies are
    called."""

    at_work: tuple[AtWork, ...]
    goal: Ref | None
    given: Mapping[Voice, Answered]
    names: Companies


# -- reading


def with_answers(rows: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    """The versions as ``answers_of`` and ``concerned`` need them; no query more."""
    return rows.annotate(
        said_rows=Subquery(_said()),
        work_rows=Subquery(_at_work()),
        goal_row=JsonRow(F("goal__workplace__company__ref"), F("goal__workplace__company__name")),
    )


def with_asked(packages: QuerySet[JobPackage], *, on: date) -> QuerySet[JobPackage]:
    """The packages, each with who is asked about its draft or proposal as of the date: read them by ``waits_for``."""
    rows = with_answers(PlanVersion.objects.unsettled_on(on).filter(package=OuterRef("pk")))
    return packages.annotate(
        **{f"unsettled_{name}": Subquery(rows.values(name)[:1]) for name in ("said_rows", "work_rows", "goal_row")}
    )


def _at_work() -> QuerySet[PlannedStep, Any]:
    rows = PlannedStep.objects.filter(version=OuterRef("pk"), workplace__isnull=False).order_by()
    row = JsonRow(F("workplace__company__ref"), F("workplace__company__name"), F("step__ended_on"))
    return rows.values("version").annotate(rows=JsonRows(row)).values("rows")


_SAID = (
    "ref",
    "party",
    "company__ref",
    "company__name",
    "given_on",
    "on_behalf_reason",
    "recorded_by__full_name",
    "signed",
)


def _said() -> QuerySet[Approval, Any]:
    rows = Approval.objects.filter(version=OuterRef("pk")).order_by().annotate(signed=_signed())
    return rows.values("version").annotate(rows=JsonRows(JsonRow(*(F(name) for name in _SAID)))).values("rows")


def _signed() -> Case:
    """The newest copy that carries the signature of whoever said yes."""
    copies = SignedCopy.objects.filter(
        Exists(SealedBytes.objects.filter(copy=OuterRef("pk"))), version=OuterRef("version"), endings__isnull=True
    ).order_by("-pk")
    unnamed = copies.filter(by_company=True, signatures__isnull=True)
    return Case(
        When(party=Party.CITIZEN, then=Subquery(copies.filter(by_citizen=True).values("ref")[:1])),
        When(party=Party.MUNICIPALITY, then=Subquery(copies.filter(by_municipality=True).values("ref")[:1])),
        When(company__isnull=True, then=Subquery(unnamed.values("ref")[:1])),
        default=Subquery(copies.filter(signatures__company=OuterRef("company")).values("ref")[:1]),
    )


# -- what was read


def answers_of(version: PlanVersion, *, on: date, over_on: date | None = None) -> tuple[Asked, ...]:
    """Everybody who is asked about a version read ``with_answers``, in order, each with the yes given by the date.

    Of one that was agreed by the date, those whose yes it has; of one taken back, who was asked then. ``over_on``: the
    day on which a step counts as over or not, where it is another than the date.
    """
    read, settled = _read(version), (version.effective_on, version.withdrawn_on)
    given = {voice: yes for voice, yes in read.given.items() if yes.given_on <= on}
    day = min(each for each in (*settled, over_on or on) if each is not None)
    asked = voices(read.at_work, read.goal, given, on=day)
    if version.effective_on is not None and version.effective_on <= on:
        asked = tuple(voice for voice in asked if voice in given)
    return _in_order(asked, given, read.names)


def companies_asked(version: PlanVersion, *, on: date, over_on: date | None = None) -> Companies:
    """The companies among them, by name."""
    asked = answers_of(version, on=on, over_on=over_on)
    return {each.voice.company: each.name for each in asked if each.voice.side is Side.COMPANY}


def waits_for(package: JobPackage, *, on: date) -> tuple[Asked, ...]:
    """Whose yes the proposal of a package lacks as of the date, the municipality last; of one read ``with_asked``."""
    read = _read(package, "unsettled_")
    given = {voice: yes for voice, yes in read.given.items() if yes.given_on <= on}
    asked = voices(read.at_work, read.goal, given, on=on)
    return _in_order(lacking(asked, given), given, read.names)


def concerned(version: PlanVersion, *, on: date) -> Companies:
    """The companies that a version read ``with_answers`` concerns on a day, by name."""
    read = _read(version)
    return _by_name(companies_of(read.at_work, read.goal, on=on), read.names)


def companies_in(plan: Plan, *, on: date) -> Companies:
    """The same of a plan that was read whole."""
    places = [(row.workplace, row.step.ended_on) for row in plan.planned if row.workplace is not None]
    place = plan.version.goal.workplace if plan.version else None
    known = [place.company for place, _ended_on in places] + ([place.company] if place else [])
    at_work = (AtWork(place.company.ref, ended_on) for place, ended_on in places)
    names: dict[Ref | None, str] = {company.ref: company.name for company in known}
    return _by_name(companies_of(at_work, place.company.ref if place else None, on=on), names)


def _by_name(companies: frozenset[Ref | None], names: Companies) -> Companies:
    ordered = sorted(companies, key=lambda ref: (names.get(ref, ""), str(ref)))
    return {ref: names.get(ref, "") for ref in ordered}


def _in_order(asked: tuple[Voice, ...], given: Mapping[Voice, Answered], names: Companies) -> tuple[Asked, ...]:
    """Citizen, companies by name, municipality."""
    lines = (Asked(voice, names.get(voice.company, ""), given.get(voice)) for voice in asked)
    sides = list(Side)
    return tuple(sorted(lines, key=lambda each: (sides.index(each.voice.side), each.name, str(each.voice.company))))


def _read(row: object, prefix: str = "") -> _Read:
    said, work = getattr(row, f"{prefix}said_rows") or (), getattr(row, f"{prefix}work_rows") or ()
    goal, goal_name = getattr(row, f"{prefix}goal_row") or (None, None)
    names = {_ref(ref): name for ref, name, _ended_on in work} | {_ref(goal): goal_name or ""}
    given = {}
    for own, party, ref, name, given_on, how, by, copy in said:
        names[_ref(ref)] = name or ""
        yes = Answered(UUID(own), date.fromisoformat(given_on), how, by, UUID(copy) if copy else None)
        given[Voice(Side(party), _ref(ref))] = yes
    at_work = (AtWork(UUID(ref), date.fromisoformat(over) if over else None) for ref, _name, over in work)
    return _Read(tuple(at_work), _ref(goal), given, {**names, None: ""})


def _ref(text: str | None) -> Ref | None:
    return UUID(text) if text else None
