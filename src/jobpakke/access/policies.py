"""Who may do what, in one table and one direction of thought: a role opens acts, a relation opens objects.

``visible_to`` on a QuerySet says which objects; ``may`` asks the same QuerySet about one object. There is no other
definition of a right anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet

from jobpakke.access.models import Membership, Municipality, Role, User
from jobpakke.lib.refusal import Refusal, Refused


class Act(StrEnum):
    """What can be done, as far as roles tell it apart."""

    SEE_CASES = "see_cases"
    WORK_CASES = "work_cases"
    HAND_OVER = "hand_over"
    RECEIVE_CASES = "receive_cases"
    SEE_COMPANIES = "see_companies"
    WORK_COMPANIES = "work_companies"
    SEE_FOLLOW_UP = "see_follow_up"
    FREEZE_FOLLOW_UP = "freeze_follow_up"
    IMPORT_COUNTS = "import_counts"
    SEE_NETWORK = "see_network"
    KEEP_NETWORK = "keep_network"
    SEE_ACCESS_LOG = "see_access_log"
    SEE_RULES = "see_rules"
    MANAGE_USERS = "manage_users"


ALLOWED: Mapping[Act, frozenset[Role]] = {
    Act.SEE_CASES: frozenset({Role.CASEWORKER, Role.TEAM_LEADER}),
    Act.WORK_CASES: frozenset({Role.CASEWORKER}),
    Act.HAND_OVER: frozenset({Role.CASEWORKER, Role.TEAM_LEADER}),
    Act.RECEIVE_CASES: frozenset({Role.TEAM_LEADER}),
    Act.SEE_COMPANIES: frozenset({Role.CASEWORKER, Role.TEAM_LEADER}),
    Act.WORK_COMPANIES: frozenset({Role.CASEWORKER, Role.TEAM_LEADER}),
    Act.SEE_FOLLOW_UP: frozenset({Role.EVALUATOR, Role.TEAM_LEADER}),
    Act.FREEZE_FOLLOW_UP: frozenset({Role.EVALUATOR}),
    Act.IMPORT_COUNTS: frozenset({Role.EVALUATOR}),
    Act.SEE_NETWORK: frozenset({Role.CASEWORKER, Role.TEAM_LEADER, Role.EVALUATOR}),
    Act.KEEP_NETWORK: frozenset({Role.TEAM_LEADER, Role.EVALUATOR}),
    Act.SEE_ACCESS_LOG: frozenset({Role.DPO}),
    Act.SEE_RULES: frozenset({Role.CASEWORKER, Role.TEAM_LEADER, Role.ADMIN}),
    Act.MANAGE_USERS: frozenset({Role.ADMIN}),
}


class AccessRefusal(StrEnum):
    """Why somebody was turned away."""

    NOT_FOUND = "NOT_FOUND"
    ROLE_LACKS_ACT = "ROLE_LACKS_ACT"


def municipalities_for(user: User, act: Act, *, on: date) -> QuerySet[Municipality]:
    """The municipalities in which one of the user's roles on the date opens the act (usable as a subquery)."""
    roles = Membership.objects.on(on).filter(user_id=user.pk, role__in=ALLOWED[act])
    return Municipality.objects.filter(pk__in=roles.values("municipality"))


def municipalities_with_role(user: User, role: Role, *, on: date) -> QuerySet[Membership, Any]:
    """Ids of the municipalities in which the user has the role on the date, as a subquery."""
    return Membership.objects.on(on).filter(user_id=user.pk, role=role).values("municipality")


def role_for(user: User, act: Act, municipality: int, *, on: date) -> str:
    """The role in a municipality that opens the act for the user on the date; empty where none does."""
    rows = Membership.objects.on(on).filter(user_id=user.pk, municipality=municipality, role__in=ALLOWED[act])
    return rows.order_by("role").values_list("role", flat=True).first() or ""


def may(user: User, act: Act, obj: Model | None = None, *, on: date) -> bool:
    """Whether the user may do the act with the rights of the date; to the object, if one is given.

    The role must be held in the object's own municipality: a caseworker of one municipality who leads a team in
    another does not become a caseworker there.
    """
    where = municipalities_for(user, act, on=on)
    if obj is None:
        return where.exists()
    return _seen(user, obj, on=on).filter(**{f"{_municipality_path(obj)}__in": where}).exists()


def require(user: User, act: Act, obj: Model | None = None, *, on: date) -> None:
    """Refuses what ``may`` denies: an invisible object as not found, a visible one as outside the role.

    Raises:
        Refused: NOT_FOUND or ROLE_LACKS_ACT (argument ``act``).
    """
    if may(user, act, obj, on=on):
        return
    if obj is not None and not _seen(user, obj, on=on).exists():
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": act.value}))


def _seen(user: User, obj: Model, *, on: date) -> QuerySet[Model]:
    rows = type(obj)._default_manager.all()
    visible: QuerySet[Model] = rows.visible_to(user, on=on)  # type: ignore[attr-defined]  # scoped models have it
    return visible.filter(pk=obj.pk)


def _municipality_path(obj: Model) -> str:
    return getattr(type(obj), "municipality_path", "municipality")
