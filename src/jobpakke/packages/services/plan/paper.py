"""A plan that was agreed on paper before it stood here: the day on which the parties had its words before them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from jobpakke.access.models import User
from jobpakke.history.kinds import PaperTold
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.models import JobPackage, LateReason, PlanVersion
from jobpakke.packages.services.plan.checks import PlanRefusal, take
from jobpakke.packages.services.writing import note, require_not_ahead, require_package_work


@transaction.atomic
def tell_paper(
    *, actor: User, version: PlanVersion, paper_on: date | None, on: date, late_reason: LateReason | None = None
) -> PlanVersion:
    """Says since when the wording of a draft lay on paper, and why it is registered late; None: it did not.

    From then on the rulebook of that day is asked, the draft is proposed as of that day, and the parties may have said
    yes on it or later.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PAPER_WITHOUT_REASON (paper_on), the codes of take and
            check_paper.
    """
    require_package_work(actor, version.package, on=on)
    told = paper_on if paper_on != on else None
    if told is not None:
        require_not_ahead(told, on=on)
        if late_reason is None:
            raise Refused(Refusal(PlanRefusal.PAPER_WITHOUT_REASON, {"paper_on": told, "today": on}))
    take(version, on=on)
    late = late_reason.value if told and late_reason else ""
    PlanVersion.objects.filter(pk=version.pk).update(paper_on=told, late_reason=late)
    version.paper_on, version.late_reason = told, late
    check_paper(version)
    note(actor, version.package, version.ref, PaperTold(version.number, told, late or None), on)
    return version


def check_paper(version: PlanVersion) -> None:
    """A wording on paper comes after what was agreed before, and after the citizen's package before this one.

    Raises:
        Refused: PAPER_BEFORE_AGREED (effective_on), PAPER_IN_PACKAGE_BEFORE (ended_on).
    """
    told, package = version.paper_on, version.package
    if told is None:
        return
    agreed = package.versions.aggregate(day=Max("effective_on"))["day"]
    if agreed is not None and told < agreed:
        raise Refused(Refusal(PlanRefusal.PAPER_BEFORE_AGREED, {"paper_on": told, "effective_on": agreed}))
    others = JobPackage.objects.filter(citizen=package.citizen_id).exclude(pk=package.pk)
    ended = others.aggregate(day=Max("ended_on"))["day"]
    if ended is not None and told < ended:
        raise Refused(Refusal(PlanRefusal.PAPER_IN_PACKAGE_BEFORE, {"paper_on": told, "ended_on": ended}))
