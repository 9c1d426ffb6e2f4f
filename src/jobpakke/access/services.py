"""Verbs for users, roles, teams and the log of look-ups."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jobpakke.access.models import AccessLog, Membership, Municipality, Role, Team, TeamMembership, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.history.kinds import PasswordReplaced, RoleEnded, RoleGiven, TeamChanged, UserAdded
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain

_USERNAME = re.compile(r"[A-Za-z0-9_-]+")


class SeenCitizen(Protocol):
    """What the access log needs of a citizen; the model stands in a package above."""

    ref: Ref
    municipality_id: int


class UserRefusal(StrEnum):
    """Why a user was not added or a role not given."""

    USERNAME_TAKEN = "USERNAME_TAKEN"
    USERNAME_WRONG = "USERNAME_WRONG"
    PASSWORD_WEAK = "PASSWORD_WEAK"  # noqa: S105  # a code, no password
    ROLE_HELD_ALREADY = "ROLE_HELD_ALREADY"
    ROLE_NOT_HELD = "ROLE_NOT_HELD"
    ROLE_OF_ONESELF = "ROLE_OF_ONESELF"
    TEAM_ALREADY = "TEAM_ALREADY"
    TEAM_SET_AHEAD = "TEAM_SET_AHEAD"


@transaction.atomic
def add_user(
    *,
    actor: User | None,
    username: str,
    full_name: str,
    password: str,
    role: Role,
    municipality: Municipality,
    on: date,
) -> User:
    """Adds a user with a role in a municipality. ``actor`` None is the operator at the command line.

    Raises:
        Refused: ROLE_LACKS_ACT, the codes of plain, USERNAME_WRONG, USERNAME_TAKEN (username),
            PASSWORD_WEAK (reasons: the validators' codes).
    """
    _require_admin(actor, municipality, on=on)
    username, full_name = plain(username, User.username.field), plain(full_name, User.full_name.field)
    if not _USERNAME.fullmatch(username):
        raise Refused(Refusal(UserRefusal.USERNAME_WRONG))
    if User.objects.filter(username=username).exists():
        raise Refused(Refusal(UserRefusal.USERNAME_TAKEN, {"username": username}))
    user = User(username=username, full_name=full_name)
    _set_password(user, password)
    user.save(force_insert=True)
    record(Happening(UserAdded(), actor.ref if actor else None, user.ref, user.ref, on))
    give_role(actor=actor, user=user, role=role, municipality=municipality, on=on)
    return user


@transaction.atomic
def give_role(*, actor: User | None, user: User, role: Role, municipality: Municipality, on: date) -> Membership:
    """Gives a user a role in a municipality from the date on.

    Raises:
        Refused: ROLE_LACKS_ACT, ROLE_HELD_ALREADY.
    """
    _require_admin(actor, municipality, on=on)
    if Membership.objects.on(on).filter(user=user, municipality=municipality, role=role).exists():
        raise Refused(Refusal(UserRefusal.ROLE_HELD_ALREADY, {"role": role.value}))
    row = Membership.objects.create(user=user, municipality=municipality, role=role, starts_on=on)
    record(Happening(RoleGiven(role.value, municipality.code), actor.ref if actor else None, user.ref, user.ref, on))
    return row


@transaction.atomic
def end_role(*, actor: User, user: User, role: Role, municipality: Municipality, on: date) -> Membership:
    """Ends a role: from the date on the user has it no more. Whose cases nobody works on shows up at the team leader.

    Raises:
        Refused: ROLE_LACKS_ACT, ROLE_OF_ONESELF, ROLE_NOT_HELD.
    """
    _require_admin(actor, municipality, on=on)
    if actor.pk == user.pk and role == Role.ADMIN:
        raise Refused(Refusal(UserRefusal.ROLE_OF_ONESELF))
    held = Membership.objects.on(on).filter(user=user, municipality=municipality, role=role).first()
    if held is None or Membership.objects.current().filter(pk=held.pk).update(superseded_at=now()) != 1:
        raise Refused(Refusal(UserRefusal.ROLE_NOT_HELD, {"role": role.value}))
    row = Membership.objects.create(
        user=user, municipality=municipality, role=role, starts_on=held.starts_on, ends_on=on
    )
    record(Happening(RoleEnded(role.value, municipality.code), actor.ref, user.ref, user.ref, on))
    return row


@transaction.atomic
def put_in_team(
    *, actor: User | None, user: User, municipality: Municipality, team: str, on: date
) -> TeamMembership | None:
    """Puts a colleague into the team of that name from the date on, out of the one before; an empty name: into none.

    A new name makes a new team. ``actor`` None is the operator at the command line.

    Raises:
        Refused: ROLE_LACKS_ACT, NOT_FOUND (no role of the user is in the municipality), the codes of plain,
            TEAM_ALREADY, TEAM_SET_AHEAD (a later day is recorded already).
    """
    _require_admin(actor, municipality, on=on)
    if not Membership.objects.on(on).filter(user=user, municipality=municipality).exists():
        raise Refused(Refusal(AccessRefusal.NOT_FOUND))
    name = plain(team, Team.name.field, needed=False)
    rows = TeamMembership.objects.current().filter(user=user, municipality=municipality)
    if rows.filter(starts_on__gt=on).exists():
        raise Refused(Refusal(UserRefusal.TEAM_SET_AHEAD))
    held = TeamMembership.objects.on(on).filter(user=user, municipality=municipality).select_related("team").first()
    if (held.team.name if held else "") == name:
        raise Refused(Refusal(UserRefusal.TEAM_ALREADY, {"team": name}))
    if held is not None:
        if rows.filter(pk=held.pk).update(superseded_at=now()) != 1:
            raise Refused(Refusal(UserRefusal.TEAM_ALREADY, {"team": held.team.name}))
        TeamMembership.objects.create(
            user=user, municipality=municipality, team=held.team, starts_on=held.starts_on, ends_on=on
        )
    into = Team.objects.get_or_create(municipality=municipality, name=name)[0] if name else None
    told = TeamChanged(str(into.ref) if into else "", municipality.code)
    record(Happening(told, actor.ref if actor else None, user.ref, user.ref, on))
    if into is None:
        return None
    return TeamMembership.objects.create(user=user, municipality=municipality, team=into, starts_on=on)


@transaction.atomic
def replace_password(*, actor: User, user: User, password: str, municipality: Municipality, on: date) -> None:
    """Gives a colleague of the municipality who has lost theirs a new password; old sessions end with the old one.

    Raises:
        Refused: ROLE_LACKS_ACT, NOT_FOUND (no role of the user is in the municipality), PASSWORD_WEAK (reasons).
    """
    _require_admin(actor, municipality, on=on)
    if not Membership.objects.on(on).filter(user=user, municipality=municipality).exists():
        raise Refused(Refusal(AccessRefusal.NOT_FOUND))
    _set_password(user, password)
    user.save(update_fields=["password"])
    record(Happening(PasswordReplaced(), actor.ref, user.ref, user.ref, on))


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        reasons = ", ".join(sorted(str(each.code) for each in error.error_list))
        raise Refused(Refusal(UserRefusal.PASSWORD_WEAK, {"reasons": reasons})) from error
    user.set_password(password)


def log_lookups(*, actor: User, citizens: Iterable[SeenCitizen], page: str) -> None:
    """Writes that somebody saw everybody in a list, each once, in one statement."""
    seen = {citizen.ref: citizen for citizen in citizens}
    AccessLog.objects.bulk_create(
        AccessLog(user=actor, citizen=ref, municipality_id=citizen.municipality_id, page=page)
        for ref, citizen in seen.items()
    )


def log_lookup(*, actor: User, citizen: Ref, municipality_id: int, page: str) -> None:
    """Writes that somebody looked a citizen up on a page, at this moment."""
    AccessLog.objects.create(user=actor, citizen=citizen, municipality_id=municipality_id, page=page)


def _require_admin(actor: User | None, municipality: Municipality, *, on: date) -> None:
    if actor is None:
        return
    if not municipalities_for(actor, Act.MANAGE_USERS, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.MANAGE_USERS.value}))
