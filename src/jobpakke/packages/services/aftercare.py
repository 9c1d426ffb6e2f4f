"""Aftercare: agreed, extended, ended by wish, and taken up again as another agreement."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Max

from jobpakke.access.models import User
from jobpakke.history.kinds import AftercareAgreed, AftercareEnded, AftercareExtended, AftercareResumed
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.rulebook import Limit, Rulebook
from jobpakke.packages.aftercare import job_begun_on, latest_end
from jobpakke.packages.models import Aftercare, AftercareExtension, JobPackage
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work, swap


class AftercareRefusal(StrEnum):
    """Why aftercare was not agreed, extended or ended."""

    AFTERCARE_TOO_LONG = "AFTERCARE_TOO_LONG"
    AFTERCARE_DATES_REVERSED = "AFTERCARE_DATES_REVERSED"
    AFTERCARE_BEFORE_END = "AFTERCARE_BEFORE_END"
    AFTERCARE_AGREED_ALREADY = "AFTERCARE_AGREED_ALREADY"
    AFTERCARE_NOT_RUNNING = "AFTERCARE_NOT_RUNNING"
    AFTERCARE_NOT_LATER = "AFTERCARE_NOT_LATER"
    AFTERCARE_OVER = "AFTERCARE_OVER"
    AFTERCARE_INTERVAL_OUT_OF_RANGE = "AFTERCARE_INTERVAL_OUT_OF_RANGE"


@transaction.atomic
def agree_aftercare(
    *,
    actor: User,
    package: JobPackage,
    starts_on: date,
    ends_on: date,
    every_weeks: int | None = None,
    on: date,
) -> Aftercare:
    """Agrees on aftercare from the end of the package, or takes it up again after it had ended: as long as the
    rulebook allows from the job's first day, with a check-in every so many weeks (None: as the rulebook says).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, AFTERCARE_AGREED_ALREADY (until), AFTERCARE_BEFORE_END (ended_on),
            AFTERCARE_DATES_REVERSED, AFTERCARE_TOO_LONG (latest), AFTERCARE_INTERVAL_OUT_OF_RANGE (most).
    """
    require_package_work(actor, package, on=on)
    before = list(Aftercare.objects.filter(package=package).order_by("number"))
    taken = max((row.ended_on or row.ends_on for row in before), default=None)
    if taken is not None and starts_on < taken:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_AGREED_ALREADY, {"until": taken}))
    if package.ended_on is None or starts_on < package.ended_on:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_BEFORE_END, {"ended_on": package.ended_on}))
    if ends_on <= starts_on:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    first = job_begun_on(package) or starts_on
    _check_length(package, first, ends_on, on=on)
    weeks = _interval(rules_of(package.municipality_id, on=on), every_weeks, on=starts_on)
    row = _numbered_next(package, starts_on, ends_on, weeks)
    kind = AftercareResumed(ends_on) if before else AftercareAgreed(ends_on)
    note(actor, package, row.ref, kind, starts_on)
    return row


@transaction.atomic
def extend_aftercare(*, actor: User, aftercare: Aftercare, ends_on: date, reason: str, on: date) -> Aftercare:
    """Lets aftercare that runs end later, with a reason; the end before stays readable.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, AFTERCARE_OVER (ended_on), AFTERCARE_NOT_LATER
            (ends_on), AFTERCARE_TOO_LONG (latest), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package, was = aftercare.package, aftercare.ends_on
    require_package_work(actor, package, on=on)
    over = aftercare.ended_on or was
    if aftercare.ended_on is not None or over <= on:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_OVER, {"ended_on": over}))
    if ends_on <= was:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_NOT_LATER, {"ends_on": was}))
    _check_length(package, job_begun_on(package) or aftercare.starts_on, ends_on, on=on)
    why = plain(reason, AftercareExtension.reason.field)
    swap(Aftercare.objects.filter(pk=aftercare.pk, ends_on=was, ended_on__isnull=True), ends_on=ends_on)
    AftercareExtension.objects.create(
        aftercare=aftercare, extended_on=on, was_until=was, until=ends_on, reason=why, extended_by=actor
    )
    aftercare.ends_on = ends_on
    note(actor, package, aftercare.ref, AftercareExtended(was, ends_on), on)
    return aftercare


def _check_length(package: JobPackage, first: date, ends_on: date, *, on: date) -> None:
    latest = latest_end(package, first, on=on)
    if ends_on > latest:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_TOO_LONG, {"latest": latest}))


def _numbered_next(package: JobPackage, starts_on: date, ends_on: date, weeks: int) -> Aftercare:
    """The agreement after those there are; somebody else who agrees on one at the same moment is refused."""
    newest = package.aftercares.aggregate(newest=Max("number"))["newest"] or 0
    try:
        with transaction.atomic():
            return Aftercare.objects.create(
                package=package, number=newest + 1, starts_on=starts_on, ends_on=ends_on, every_weeks=weeks
            )
    except IntegrityError as error:
        if not Aftercare.objects.filter(package=package, number=newest + 1).exists():
            raise
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_AGREED_ALREADY, {"until": ends_on})) from error


@transaction.atomic
def end_aftercare(*, actor: User, aftercare: Aftercare, ended_on: date, on: date) -> Aftercare:
    """Ends aftercare before its day, because the citizen wishes it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, AFTERCARE_NOT_RUNNING (starts_on, ends_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    package = aftercare.package
    require_package_work(actor, package, on=on)
    require_not_ahead(ended_on, on=on)
    if not aftercare.starts_on <= ended_on < aftercare.ends_on or aftercare.ended_on is not None:
        raise Refused(
            Refusal(
                AftercareRefusal.AFTERCARE_NOT_RUNNING,
                {"starts_on": aftercare.starts_on, "ends_on": aftercare.ended_on or aftercare.ends_on},
            )
        )
    swap(Aftercare.objects.filter(pk=aftercare.pk, ended_on__isnull=True), ended_on=ended_on)
    aftercare.ended_on = ended_on
    note(actor, package, aftercare.ref, AftercareEnded(), ended_on)
    return aftercare


def _interval(rules: Rulebook, weeks: int | None, *, on: date) -> int:
    """The agreed weeks between check-ins, or the rulebook's."""
    if weeks is None:
        return rules.value(Limit.AFTERCARE_CHECK_EVERY, "weeks", on=on)
    entry = rules.entry(Limit.AFTERCARE_CHECK_EVERY, on=on)
    most = entry.values.get("most", weeks) if entry else weeks
    if not 1 <= weeks <= most:
        raise Refused(Refusal(AftercareRefusal.AFTERCARE_INTERVAL_OUT_OF_RANGE, {"weeks": weeks, "most": most}))
    return weeks
