"""What the pages of users show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from jobpakke.access.models import Membership, Municipality, TeamMembership, User
from jobpakke.access.policies import Act
from jobpakke.web.http import Visitor


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role in the administrator's municipality, now or before; the roles are those there."""

    user: User
    place: Municipality
    held: tuple[Membership, ...]
    past: tuple[Membership, ...]
    team: TeamMembership | None


def colleague_or_404(who: Visitor, ref: UUID) -> Colleague:
    """The user with the ref, if any role of theirs is or was in the administrator's municipality. Raises Http404."""
    today, place = who.viewing.today, who.municipalities(Act.MANAGE_USERS)[0]
    rows = Membership.objects.current().filter(municipality=place, user__ref=ref)
    known = list(rows.select_related("user").order_by("-starts_on", "role"))
    if not known:
        raise Http404
    held = tuple(row for row in known if row.ends_on is None or row.ends_on > today)
    teams = TeamMembership.objects.on(today).filter(municipality=place, user__ref=ref).select_related("team")
    return Colleague(known[0].user, place, held, tuple(row for row in known if row not in held), teams.first())
