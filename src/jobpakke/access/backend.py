"""Signing in as django-allauth does it; whoever is signed in is read together with the roles held today."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from jobpakke.access.models import Membership, User
from jobpakke.lib.clock import today


class RoleBackend(AuthenticationBackend):
    """Saves every page a query: the user of a request comes with their roles."""

    def get_user(self, user_id: Any) -> User | None:
        """The user with the key, if active."""
        held = _held(user_id)
        user: User | None = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.held_today = held
        return user


def roles_held_today(user: User) -> tuple[Membership, ...]:
    """The memberships that hold today, by code of the municipality; known already for the user of a request."""
    known: tuple[Membership, ...] | None = getattr(user, "held_today", None)
    return _held(user.pk) if known is None else known


def _held(user_id: Any) -> tuple[Membership, ...]:
    rows = Membership.objects.on(today()).filter(user_id=user_id).select_related("user", "municipality")
    return tuple(rows.order_by("municipality__code", "pk"))
