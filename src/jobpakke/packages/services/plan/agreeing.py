"""From draft to agreement: propose, take back, approve. Nothing takes effect before all whom it concerns said yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from jobpakke.access.models import User
from jobpakke.companies.models import Company
from jobpakke.history.kinds import PlanAgreed, PlanApproved, PlanProposed, PlanReopened, PlanWithdrawn
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.agreement import MUNICIPALITY, Voice
from jobpakke.method.changes import difference, is_material
from jobpakke.method.parties import Side
from jobpakke.method.rules import OF_OTHERS
from jobpakke.method.step_kinds import STEP_KINDS
from jobpakke.packages.answers import Asked, answers_of, with_answers
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import Approval, JobPackage, Party, PlannedStep, PlanVersion, Proposal, Step
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.rules import check_plan
from jobpakke.packages.scans import Scan
from jobpakke.packages.services.cards import follow_plan
from jobpakke.packages.services.plan.checks import (
    PlanRefusal,
    check_needs,
    require_as_read,
    reread,
    take,
    why_not_editable,
)
from jobpakke.packages.services.plan.drafting import next_version
from jobpakke.packages.services.plan.paper import check_paper
from jobpakke.packages.services.plan.promising import carry_over, make_laid, require_days_ahead
from jobpakke.packages.services.rules import require_rules
from jobpakke.packages.services.signed import SignedRefusal, file_signed_copy
from jobpakke.packages.services.writing import (
    WritingRefusal,
    note,
    require_not_ahead,
    require_package_work,
    swap,
    which_company,
)
from jobpakke.packages.wording import wording


@transaction.atomic
def propose_plan(*, actor: User, version: PlanVersion, on: date, seen: int | None = None, reason: str = "") -> None:
    """Proposes a draft to all whom it concerns (method.agreement); from then on its words stand still. ``seen``: the
    ``edits`` one had read.

    A change of an agreed plan says why, and changes something that binds. What lay on paper earlier (``tell_paper``) is
    proposed as of that day, by the rules of that day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of take and plain, CHANGED_MEANWHILE_BY_ANOTHER,
            PLAN_WITHOUT_STEPS, COMMITMENT_DAYS_PASSED (texts), PLACES_OPEN (steps: titles),
            BEGUN_STEP_LEFT_OUT (steps: titles), the codes of check_needs, PLAN_WITHOUT_REASON, NOTHING_CHANGED, the
            codes of check_paper and the rulebook (method.rules), WARNINGS_STAND.
    """
    require_package_work(actor, version.package, on=on)
    if seen is not None:
        swap(PlanVersion.objects.drafts().filter(pk=version.pk, edits=seen), edits=F("edits"))
    take(version, on=on)
    reread(version)
    if not version.planned_steps.exists():
        raise Refused(Refusal(PlanRefusal.PLAN_WITHOUT_STEPS, {}))
    _require_places(version)
    _require_begun_steps(version)
    check_paper(version)
    asked_on = version.asked_on(on)
    check_needs(version, on=asked_on)
    require_days_ahead(version, on=asked_on)
    require_rules(check_plan(plan_of_version(version), on=asked_on))
    changing = version.package.opened_on is not None
    if changing:
        _require_change(version)
        if not reason.strip():
            raise Refused(Refusal(PlanRefusal.PLAN_WITHOUT_REASON, {}))
    why = plain(reason, PlanVersion.reason.field, needed=changing)
    swap(PlanVersion.objects.drafts().filter(pk=version.pk), proposed_on=asked_on, reason=why)
    reread(version)
    note(actor, version.package, version.ref, PlanProposed(version.number, version.late_reason or None), asked_on)


def _require_change(version: PlanVersion) -> None:
    agreed = version.package.versions.filter(effective_on__isnull=False).order_by("-number").first()
    old = wording(plan_of_version(agreed)) if agreed else None
    new = wording(plan_of_version(version))
    if old is not None and new is not None and not is_material(difference(old, new)):
        raise Refused(Refusal(PlanRefusal.NOTHING_CHANGED, {}))


@transaction.atomic
def withdraw_proposal(*, actor: User, version: PlanVersion, on: date, seen: int | None = None) -> PlanVersion:
    """Takes a proposal back to change it. It stays readable with the answers it got; a new draft begins with its words.

    ``seen``: the ``edits`` one had read, so that a yes somebody else has recorded meanwhile is read first.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PLAN_NOT_PROPOSED, PLAN_AGREED_ALREADY, PLAN_WITHDRAWN,
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_package_work(actor, version.package, on=on)
    _take_proposal(version)
    require_as_read(version.edits - 1, seen)
    PlanVersion.objects.filter(pk=version.pk).update(withdrawn_on=on)
    version.withdrawn_on = on
    note(actor, version.package, version.ref, PlanWithdrawn(version.number), on)
    draft = next_version(version, on=on)
    carry_over(version, draft)
    PlanVersion.objects.filter(pk=draft.pk).update(paper_on=version.paper_on, late_reason=version.late_reason)
    Proposal.objects.filter(led_to=version).update(led_to=draft)
    note(actor, version.package, draft.ref, PlanReopened(draft.number), on)
    return draft


@transaction.atomic
def approve_plan(
    *,
    actor: User,
    version: PlanVersion,
    party: Party,
    given_on: date,
    on: date,
    company: Company | None = None,
    on_behalf_reason: OnBehalfReason | None = None,
    scan: Scan | None = None,
) -> Approval:
    """Records a yes to a proposal. The municipality's, which comes last, makes it take effect on ``given_on``.

    ``company``: which one says yes, where the plan concerns several. ``scan``: what was signed on paper, filed with the
    yes.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, PLAN_NOT_PROPOSED, PLAN_WITHDRAWN, PLAN_AGREED_ALREADY,
            APPROVED_BEFORE_PROPOSED (proposed_on), the codes of which_company, PARTY_SAID_YES_ALREADY (party: or the
            company's name), ON_BEHALF_REASON_MISSING, ON_BEHALF_NOT_ALLOWED, MUNICIPALITY_APPROVES_LAST (parties: and
            companies' names), BEGUN_STEP_LEFT_OUT (steps: titles), COPY_NOT_ON_PAPER, the codes of file_signed_copy; of
            what has begun, or was corrected, since the proposal those of check_needs and TIMES_CLASH.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    require_not_ahead(given_on, on=on)
    _take_proposal(version)
    asked = _asked(version, given_on=given_on)
    speaking = _speaking(asked, company) if party == Party.COMPANY else None
    voice = Voice(Side(party), speaking.ref if speaking else None)
    _check_approval(version, {each.voice: each for each in asked}, voice, given_on, on_behalf_reason)
    if scan is not None and on_behalf_reason is not OnBehalfReason.SIGNED_ON_PAPER:
        raise Refused(Refusal(SignedRefusal.COPY_NOT_ON_PAPER, {}))
    how, columns = on_behalf_reason or "", {"version": version, "party": party, "company": speaking}
    approval = _only(Approval(**columns, given_on=given_on, recorded_by=actor, on_behalf_reason=how))
    behalf = on_behalf_reason.value if on_behalf_reason else None
    said = PlanApproved(party.value, version.number, behalf, speaking.ref if speaking else None)
    note(actor, package, version.ref, said, given_on)
    if scan is not None:
        file_signed_copy(
            actor=actor,
            version=version,
            parties=[party.value],
            companies=[speaking] if speaking else [],
            scan=scan,
            signed_on=given_on,
            on=on,
        )
    if party == Party.MUNICIPALITY:
        _take_effect(actor, version, given_on, today=on)
    return approval


def _only(approval: Approval) -> Approval:
    """The row, if it is the first of whoever says yes."""
    try:
        with transaction.atomic():
            approval.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal(PlanRefusal.PARTY_SAID_YES_ALREADY, {"party": approval.party})) from error
    return approval


def _asked(version: PlanVersion, *, given_on: date) -> tuple[Asked, ...]:
    """Who is asked, as the steps stand on the day, with every answer there is."""
    return answers_of(with_answers(PlanVersion.objects.filter(pk=version.pk)).get(), on=date.max, over_on=given_on)


def _speaking(asked: Iterable[Asked], company: Company | None) -> Company | None:
    return which_company({each.voice.company: each.name for each in asked if each.voice.side is Side.COMPANY}, company)


def _take_proposal(version: PlanVersion) -> None:
    """As ``take``, of a proposal: who answers it and who takes it back wait for each other."""
    if PlanVersion.objects.proposed().filter(pk=version.pk).update(edits=F("edits") + 1) == 1:
        reread(version)
        return
    refusal = why_not_editable(version)
    if refusal.code == WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER:
        refusal = Refusal(PlanRefusal.PLAN_NOT_PROPOSED, {})
    raise Refused(refusal)


def _check_approval(
    version: PlanVersion,
    asked: Mapping[Voice, Asked],
    voice: Voice,
    given_on: date,
    reason: OnBehalfReason | None,
) -> None:
    if version.proposed_on is not None and given_on < version.proposed_on:
        raise _too_early(given_on, version.proposed_on)
    if asked[voice].yes is not None:
        raise Refused(Refusal(PlanRefusal.PARTY_SAID_YES_ALREADY, {"party": _called(asked[voice])}))
    if voice == MUNICIPALITY:
        if reason is not None:
            raise Refused(Refusal(PlanRefusal.ON_BEHALF_NOT_ALLOWED, {}))
        missing = tuple(_called(each) for each in asked.values() if each.yes is None and each.voice != MUNICIPALITY)
        if missing:
            raise Refused(Refusal(PlanRefusal.MUNICIPALITY_APPROVES_LAST, {"parties": missing}))
        _require_last(version, given_on)
    elif reason is None:
        raise Refused(Refusal(PlanRefusal.ON_BEHALF_REASON_MISSING, {"party": _called(asked[voice])}))


def _called(asked: Asked) -> str:
    """The company's name, else the code of the party."""
    return asked.name or asked.voice.side.value


def _require_last(version: PlanVersion, given_on: date) -> None:
    """The municipality's yes is not dated before the others', nor before the version it replaces."""
    last = max(version.approvals.values_list("given_on", flat=True))
    held = version.package.versions.filter(effective_on__isnull=False).order_by("-number").first()
    earliest = max(last, held.effective_on) if held and held.effective_on else last
    if given_on < earliest:
        raise _too_early(given_on, earliest)


def _too_early(given_on: date, earliest: date) -> Refused:
    return Refused(Refusal(PlanRefusal.APPROVED_BEFORE_PROPOSED, {"given_on": given_on, "proposed_on": earliest}))


def _require_places(version: PlanVersion) -> None:
    """What takes place at work says where, before anybody is asked."""
    kinds = [kind.value for kind, rule in STEP_KINDS.items() if rule.needs_workplace]
    rows = version.planned_steps.filter(workplace__isnull=True, step__kind__in=kinds, step__started_on__isnull=True)
    titles = tuple(rows.values_list("title", flat=True))
    if titles:
        raise Refused(Refusal(PlanRefusal.PLACES_OPEN, {"steps": titles}))


def _require_begun_steps(version: PlanVersion) -> None:
    """What has begun, under the version before, stays in the plan."""
    begun = Step.objects.filter(package=version.package, started_on__isnull=False)
    left_out = begun.exclude(wordings__version=version)
    titles = PlannedStep.objects.filter(step__in=left_out).order_by("-version__number").values_list("title", flat=True)
    if titles:
        raise Refused(Refusal(PlanRefusal.BEGUN_STEP_LEFT_OUT, {"steps": tuple(dict.fromkeys(titles))}))


def _require_still_room(version: PlanVersion, *, on: date) -> None:
    """What has begun, been agreed or been recorded since the proposal leaves the hours and the places free."""
    checked = check_plan(plan_of_version(version), on=on)
    taken = tuple(each for each in checked.breaches if each.refusal.code in OF_OTHERS)
    require_rules(replace(checked, breaches=taken))


def _take_effect(actor: User, version: PlanVersion, on: date, *, today: date) -> None:
    _require_begun_steps(version)
    check_needs(version, on=on)
    _require_still_room(version, on=today)
    swap(PlanVersion.objects.proposed().filter(pk=version.pk), effective_on=on)
    version.effective_on = on
    package = version.package
    if package.opened_on is None:
        swap(JobPackage.objects.filter(pk=package.pk, opened_on__isnull=True), opened_on=on)
        package.opened_on = on
    note(actor, package, version.ref, PlanAgreed(version.number), on)
    make_laid(actor, version, on)
    follow_plan(package, on=max(on, today))
