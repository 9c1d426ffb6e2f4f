"""The end of a package, and what goes on after it."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import User
from jobpakke.history.kinds import AftercareAgreed, PackageEnded
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.rulebook import Limit
from jobpakke.method.rules import months_later
from jobpakke.packages.models import Aftercare, JobPackage, Outcome, Step
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.writing import note, require_not_ahead, require_open, require_package_work, swap


class EndingRefusal(StrEnum):
    """Why a package was not ended or aftercare not agreed."""

    STEP_STILL_UNDER_WAY = "STEP_STILL_UNDER_WAY"
    AFTERCARE_TOO_LONG = "AFTERCARE_TOO_LONG"
    AFTERCARE_DATES_REVERSED = "AFTERCARE_DATES_REVERSED"
    AFTERCARE_BEFORE_END = "AFTERCARE_BEFORE_END"
    AFTERCARE_AGREED_ALREADY = "AFTERCARE_AGREED_ALREADY"


@transaction.atomic
def end_package(*, actor: User, package: JobPackage, ended_on: date, outcome: Outcome, on: date) -> JobPackage:
    """Ends a package with its outcome; ``ended_on`` is the first day it is no longer open. Its steps end first.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PACKAGE_NOT_OPEN, STEP_STILL_UNDER_WAY (steps: how many),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, package, on=on)
    require_not_ahead(ended_on, on=on)
    require_open(package, at=ended_on)
    under_way = Step.objects.filter(package=package).under_way_on(ended_on).count()
    if under_way:
        raise Refused(Refusal(EndingRefusal.STEP_STILL_UNDER_WAY, {"steps": under_way, "ended_on": ended_on}))
    rows = JobPackage.objects.filter(pk=package.pk, opened_on=package.opened_on, ended_on__isnull=True)
    swap(rows, ended_on=ended_on, outcome=outcome.value)
    package.ended_on, package.outcome = ended_on, outcome.value
    note(actor, package, package.ref, PackageEnded(outcome.value), ended_on)
    return package


@transaction.atomic
def agree_aftercare(*, actor: User, package: JobPackage, starts_on: date, ends_on: date, on: date) -> Aftercare:
    """Agrees on aftercare from the end of the package, as long as the rulebook allows.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, AFTERCARE_AGREED_ALREADY, AFTERCARE_BEFORE_END, AFTERCARE_DATES_REVERSED,
            AFTERCARE_TOO_LONG (latest).
    """
    require_package_work(actor, package, on=on)
    if Aftercare.objects.filter(package=package).exists():
        raise Refused(Refusal(EndingRefusal.AFTERCARE_AGREED_ALREADY, {}))
    if package.ended_on is None or starts_on < package.ended_on:
        raise Refused(Refusal(EndingRefusal.AFTERCARE_BEFORE_END, {"ended_on": package.ended_on}))
    if ends_on <= starts_on:
        raise Refused(Refusal(EndingRefusal.AFTERCARE_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    years = rules_of(package.municipality_id, on=on).value(Limit.AFTERCARE_LENGTH, "years", on=starts_on)
    latest = months_later(starts_on, 12 * years)
    if ends_on > latest:
        raise Refused(Refusal(EndingRefusal.AFTERCARE_TOO_LONG, {"latest": latest}))
    row = Aftercare.objects.create(package=package, starts_on=starts_on, ends_on=ends_on)
    note(actor, package, row.ref, AftercareAgreed(ends_on), starts_on)
    return row
