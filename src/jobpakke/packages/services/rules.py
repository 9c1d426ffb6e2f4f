"""The rulebook at work: what stops a verb, warnings accepted with a reason, a municipality's own limits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.companies.models import Sector
from jobpakke.history.guards import PERIOD_OVERLAP
from jobpakke.history.kinds import FamilyTiesDeclared, RuleEnded, RuleOverridden, WarningAccepted
from jobpakke.history.services import Happening, record, with_end
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.rulebook import RANGES, Group, Limit, Severity, out_of_range, rulebook
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import AcceptedWarning, PlanVersion, RuleOverride, TiesDeclared
from jobpakke.packages.rules import Checked, check_plan, supported_places, ties_of
from jobpakke.packages.services.writing import note, require_package_work


class RuleVerbRefusal(StrEnum):
    """Why a verb stopped at the rules, or a rule was not changed."""

    WARNINGS_STAND = "WARNINGS_STAND"
    NO_SUCH_WARNING = "NO_SUCH_WARNING"
    RULE_STOPS = "RULE_STOPS"
    RULE_VALUES_WRONG = "RULE_VALUES_WRONG"
    RULE_VALUE_OUT_OF_RANGE = "RULE_VALUE_OUT_OF_RANGE"
    RULE_DATES_REVERSED = "RULE_DATES_REVERSED"
    RULE_OVERRIDDEN_ALREADY = "RULE_OVERRIDDEN_ALREADY"
    RULE_ENDED_ALREADY = "RULE_ENDED_ALREADY"
    TIES_OF_ANOTHER_PLACE = "TIES_OF_ANOTHER_PLACE"


def require_rules(checked: Checked, step: Ref | None = None) -> None:
    """Nothing stands of what the plan, or one step of it, breaks.

    Raises:
        Refused: the codes of method.rules, and WARNINGS_STAND when some of them could be accepted.
    """
    standing = [breach for breach in checked.standing if step is None or breach.step == step]
    if not standing:
        return
    found = [breach.refusal for breach in standing]
    if any(breach.severity is Severity.WARN for breach in standing):
        found.append(Refusal(RuleVerbRefusal.WARNINGS_STAND, {}))
    raise Refused(*found)


@transaction.atomic
def accept_warning(
    *, actor: User, version: PlanVersion, step: Ref, code: str, reason: str, on: date
) -> AcceptedWarning:
    """Lets a plan pass a limit that warns, for a reason that stays.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, NO_SUCH_WARNING, RULE_STOPS, the codes of plain.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    found = [
        breach
        for breach in check_plan(plan_of_version(version), on=version.asked_on(on)).breaches
        if breach.step == step and str(breach.refusal.code) == code
    ]
    if not found:
        raise Refused(Refusal(RuleVerbRefusal.NO_SUCH_WARNING, {}))
    if found[0].severity is Severity.STOP:
        raise Refused(Refusal(RuleVerbRefusal.RULE_STOPS, {}))
    row = AcceptedWarning.objects.create(
        package=package,
        step=step,
        code=code,
        detail=found[0].detail,
        reason=plain(reason, AcceptedWarning.reason.field),
        accepted_by=actor,
        accepted_on=on,
    )
    note(actor, package, step, WarningAccepted(code), on)
    return row


@transaction.atomic
def declare_ties(*, actor: User, version: PlanVersion, close_family: Mapping[Ref, bool], on: date) -> None:
    """Says for workplaces of a plan whether the citizen is close family of who owns or leads them.

    What was said before stays; the newest counts, and saying the same again changes nothing.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, TIES_OF_ANOTHER_PLACE.
    """
    package = version.package
    require_package_work(actor, package, on=on)
    places, known = supported_places(plan_of_version(version)), ties_of(package)
    if not set(close_family) <= set(places):
        raise Refused(Refusal(RuleVerbRefusal.TIES_OF_ANOTHER_PLACE, {}))
    for ref, related in close_family.items():
        if known.get(ref) is related:
            continue
        row = TiesDeclared.objects.create(
            package=package, workplace=places[ref], close_family=related, declared_by=actor, declared_on=on
        )
        note(actor, package, row.ref, FamilyTiesDeclared(ref), on)


@transaction.atomic
def override_rule(
    *,
    actor: User,
    municipality: Municipality,
    limit: Limit,
    values: Mapping[str, int],
    severity: Severity,
    starts_on: date,
    reason: str,
    on: date,
    ends_on: date | None = None,
    group: Group | None = None,
    sector: Sector | None = None,
) -> RuleOverride:
    """Gives a municipality a limit of its own on some days; numbers that are not named stay the common ones.

    Raises:
        Refused: ROLE_LACKS_ACT, the codes of plain, RULE_VALUES_WRONG (names), RULE_VALUE_OUT_OF_RANGE
            (name, least, most), RULE_DATES_REVERSED, RULE_OVERRIDDEN_ALREADY.
    """
    _require_manager(actor, municipality, on=on)
    names = {name for entry in rulebook().entries if entry.limit is limit for name in entry.values}
    if not values or not set(values) <= names:
        raise Refused(Refusal(RuleVerbRefusal.RULE_VALUES_WRONG, {"names": ", ".join(sorted(names))}))
    if wrong := out_of_range(values):
        raise Refused(*(_beyond(name) for name in wrong))
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(Refusal(RuleVerbRefusal.RULE_DATES_REVERSED, {"start": starts_on, "end": ends_on}))
    row = RuleOverride(
        municipality=municipality,
        limit=limit.value,
        group=group.value if group else "",
        sector=sector.value if sector else "",
        values=dict(values),
        severity=severity.value,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=plain(reason, RuleOverride.reason.field),
        recorded_by=actor,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if PERIOD_OVERLAP not in str(error):
            raise
        raise Refused(Refusal(RuleVerbRefusal.RULE_OVERRIDDEN_ALREADY, {})) from error
    record(Happening(RuleOverridden(limit.value), actor.ref, row.ref, row.ref, starts_on))
    return row


@transaction.atomic
def end_rule(*, actor: User, override: RuleOverride, ended_on: date, on: date) -> RuleOverride:
    """Ends a limit of a municipality's own: the common one holds again from a day on. What was known before stays.

    On its first day: it never holds, as where it was recorded by mistake.

    Raises:
        Refused: ROLE_LACKS_ACT, RULE_DATES_REVERSED (start, end), RULE_ENDED_ALREADY (by then, or meanwhile).
    """
    _require_manager(actor, override.municipality, on=on)
    if ended_on < override.starts_on:
        raise Refused(Refusal(RuleVerbRefusal.RULE_DATES_REVERSED, {"start": override.starts_on, "end": ended_on}))
    over = override.ends_on is not None and override.ends_on <= ended_on
    row = None if over else with_end(override, ended_on)
    if row is None:
        raise Refused(Refusal(RuleVerbRefusal.RULE_ENDED_ALREADY, {}))
    record(Happening(RuleEnded(override.limit), actor.ref, row.ref, row.ref, ended_on))
    return row


def _require_manager(actor: User, municipality: Municipality, *, on: date) -> None:
    if not municipalities_for(actor, Act.MANAGE_USERS, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.MANAGE_USERS.value}))


def _beyond(name: str) -> Refusal:
    least, most = RANGES[name]
    return Refusal(RuleVerbRefusal.RULE_VALUE_OUT_OF_RANGE, {"name": name, "least": least, "most": most})
