"""What every verb of the packages does the same way: may they, which company speaks, compare and swap, record."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, QuerySet

from jobpakke.access.models import User
from jobpakke.access.policies import Act, require
from jobpakke.companies.models import Company
from jobpakke.history.kinds import EventKind
from jobpakke.history.services import Happening, record
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.answers import Companies, companies_in
from jobpakke.packages.facts import Plan
from jobpakke.packages.models import Corrected, Correction, CorrectionReason, JobPackage, Party, Waiver
from jobpakke.packages.retention import require_unlocked


class WritingRefusal(StrEnum):
    """Refusals that any verb may give."""

    CHANGED_MEANWHILE_BY_ANOTHER = "CHANGED_MEANWHILE_BY_ANOTHER"
    DATE_AHEAD = "DATE_AHEAD"
    PACKAGE_NOT_RUNNING = "PACKAGE_NOT_RUNNING"
    PACKAGE_NOT_OPEN = "PACKAGE_NOT_OPEN"
    COMPANY_NOT_NAMED = "COMPANY_NOT_NAMED"
    COMPANY_NOT_IN_PLAN = "COMPANY_NOT_IN_PLAN"


def require_package_work(actor: User, package: JobPackage, *, on: date) -> None:
    """Only the citizen's own caseworker changes the package, and nobody one that is locked (limit ``retention``).

    Raises Refused (NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED with since).
    """
    require(actor, Act.WORK_CASES, package, on=on)
    require_unlocked(package, on=on)


def require_open(package: JobPackage, *, at: date) -> None:
    """The package is in effect on the day. Raises Refused (PACKAGE_NOT_OPEN with opened_on and ended_on)."""
    opened, ended = package.opened_on, package.ended_on
    if opened is None or at < opened or (ended is not None and at >= ended):
        raise Refused(Refusal(WritingRefusal.PACKAGE_NOT_OPEN, {"opened_on": opened, "ended_on": ended, "at": at}))


def require_running(package: JobPackage) -> None:
    """The package has been agreed and has not ended. Raises Refused (PACKAGE_NOT_RUNNING)."""
    if package.opened_on is None or package.ended_on is not None:
        raise Refused(
            Refusal(WritingRefusal.PACKAGE_NOT_RUNNING, {"opened_on": package.opened_on, "ended_on": package.ended_on})
        )


def require_not_ahead(day: date, *, on: date) -> None:
    """Nothing is recorded as having happened in the future. Raises Refused (DATE_AHEAD)."""
    if day > on:
        raise Refused(Refusal(WritingRefusal.DATE_AHEAD, {"day": day, "today": on}))


def which_company(asked: Companies, company: Company | None) -> Company | None:
    """The company that speaks: the one that is said, else the only one that is asked (None: nobody has named it).

    Raises Refused (COMPANY_NOT_NAMED with companies, COMPANY_NOT_IN_PLAN with company and companies).
    """
    names = tuple(name for name in asked.values() if name)
    if company is not None and company.ref not in asked:
        known = names or (Party.COMPANY.value,)
        raise Refused(Refusal(WritingRefusal.COMPANY_NOT_IN_PLAN, {"company": company.name, "companies": known}))
    if company is not None or None in asked:
        return company
    if len(asked) > 1:
        raise Refused(Refusal(WritingRefusal.COMPANY_NOT_NAMED, {"companies": names}))
    return Company.objects.get(ref__in=[ref for ref in asked if ref is not None])


def promising_company(plan: Plan, party: Party, company: Company | None, *, on: date) -> Company | None:
    """Whose promise it is, where a company makes one: as ``which_company`` of those that the plan concerns on the day.

    Raises Refused (COMPANY_NOT_NAMED, COMPANY_NOT_IN_PLAN).
    """
    return which_company(companies_in(plan, on=on), company) if party == Party.COMPANY else None


def swap(rows: QuerySet[Any], **changes: object) -> None:
    """Changes exactly the one row that still is as it was read. Raises Refused (CHANGED_MEANWHILE_BY_ANOTHER)."""
    if rows.update(**changes) != 1:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))


def hold_waivers(plan: Plan, steps: Iterable[Ref]) -> None:
    """The dispensations of the steps still are as the plan was read with, and stay until this has ended: who takes one
    back waits, and then sees what was done because of it. Raises Refused (CHANGED_MEANWHILE_BY_ANOTHER)."""
    waived = [ref for ref in steps if ref in plan.ladder.steps and plan.ladder.steps[ref].waived_on is not None]
    if waived and Waiver.objects.filter(step__ref__in=waived).update(given_on=F("given_on")) != len(waived):
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))


def note(actor: User | None, package: JobPackage, subject: Ref, kind: EventKind, effective_on: date) -> None:
    """Records an event of the package under its citizen; ``actor`` None is the system."""
    record(Happening(kind, actor.ref if actor else None, subject, package.citizen.ref, effective_on))


def keep_what_was(
    actor: User,
    package: JobPackage,
    what: Corrected,
    subject: Ref,
    *,
    because: CorrectionReason,
    was: Mapping[str, object],
) -> None:
    """Keeps what a row said, by column, before it is corrected or taken back. Call it before ``note``: the history
    tells the events before it by what it says. Days and numbers are kept as text."""
    held = {name: value if value is None or isinstance(value, str) else str(value) for name, value in was.items()}
    Correction.objects.create(
        package=package, what=what, subject=subject, was=held, because=because, corrected_by=actor
    )
