"""Users of the administrator's municipality: who they are, their roles, a new password for who has lost it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.models import Membership, Role, Team
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.access.services import add_user, end_role, give_role, put_in_team, replace_password
from jobpakke.web.acting import ActPage, act
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page
from jobpakke.web.users.pages import Colleague, colleague_or_404


def new_password() -> forms.CharField:
    """A field for a password that somebody chooses now."""
    return forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class UserForm(ActForm):
    """A new user with a first role."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    username = forms.SlugField(label=gettext_lazy("User name"), max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    password = new_password()


class RoleForm(ActForm):
    """One of some roles."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, roles: Iterable[Role], data: QueryDict | None) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField


class TeamForm(ActForm):
    """The name of a team."""

    team = forms.CharField(label=gettext_lazy("Team"), max_length=60, required=False)

    def __init__(self, names: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ", ".join(names)
        here = _("Teams here: %(teams)s.") % {"teams": known} if known else ""
        about = _("A new name makes a new team; empty: no team.")
        self.fields["team"].help_text = f"{here} {about}".strip()


class PasswordForm(ActForm):
    """A new password."""

    password = new_password()


@require_safe
@page(Act.MANAGE_USERS)
def users(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Everybody with a role in the municipality today."""
    where = municipalities_for(who.user, Act.MANAGE_USERS, on=who.viewing.today)
    held = Membership.objects.on(who.viewing.today).filter(municipality__in=where)
    ordered = held.select_related("user", "municipality").order_by("user__full_name", "pk")
    rows = Paginator(ordered, 50).get_page(request.GET.get("side"))
    return render(request, "users/users.html", {"rows": rows})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def add(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Adds a user to the administrator's municipality."""

    def verb(data: dict[str, Any]) -> None:
        add_user(
            actor=who.user,
            username=data["username"],
            full_name=data["full_name"],
            password=data["password"],
            role=Role(data["role"]),
            municipality=who.municipalities(Act.MANAGE_USERS)[0],
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("Add a user"),
        submit=_("Add"),
        done=_("The user was added."),
        back=reverse("users"),
        back_label=_("Users"),
    )
    return act(request, UserForm(request.POST or None), verb, words)


@require_safe
@page(Act.MANAGE_USERS)
def user(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A colleague's roles, those that have ended too, and what one can do about them."""
    return render(request, "users/user.html", {"colleague": colleague_or_404(who, ref)})


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def give(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Gives a colleague one more role."""
    found = colleague_or_404(who, ref)
    lacking = [role for role in Role if role not in {row.role for row in found.held}]

    def verb(data: dict[str, Any]) -> None:
        give_role(
            actor=who.user, user=found.user, role=Role(data["role"]), municipality=found.place, on=who.viewing.today
        )

    words = _words(found, _("Give a role"), _("Give the role"), _("The role was given. It holds from today."))
    return act(request, RoleForm(lacking, request.POST or None), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Ends a colleague's role from today."""
    found = colleague_or_404(who, ref)

    def verb(data: dict[str, Any]) -> None:
        end_role(
            actor=who.user, user=found.user, role=Role(data["role"]), municipality=found.place, on=who.viewing.today
        )

    about = _(
        "The role ends today. A job consultant's cases stay where they are and show up at the team leader until "
        "somebody takes them over."
    )
    words = _words(found, _("End a role"), _("End the role"), _("The role has ended."), about)
    held = [Role(row.role) for row in found.held]
    return act(request, RoleForm(held, request.POST or None), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def team(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Puts a colleague into a team from today."""
    found = colleague_or_404(who, ref)

    def verb(data: dict[str, Any]) -> None:
        put_in_team(actor=who.user, user=found.user, municipality=found.place, team=data["team"], on=who.viewing.today)

    names = Team.objects.filter(municipality=found.place).values_list("name", flat=True)
    form = TeamForm(names, request.POST or None, initial={"team": found.team.team.name if found.team else ""})
    about = _("The follow-up counts by team: a citizen counts in the team that the job consultant was in on the date.")
    words = _words(found, _("Team"), _("Save"), _("The team was changed. It holds from today."), about)
    return act(request, form, verb, words)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def password(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Gives a colleague who has lost theirs a new password."""
    found = colleague_or_404(who, ref)

    def verb(data: dict[str, Any]) -> None:
        replace_password(
            actor=who.user,
            user=found.user,
            password=data["password"],
            municipality=found.place,
            on=who.viewing.today,
        )

    about = _("The old password stops working at once, and the user is signed out everywhere.")
    words = _words(found, _("New password"), _("Save the password"), _("The password was replaced."), about)
    return act(request, PasswordForm(request.POST or None), verb, words)


def _words(found: Colleague, heading: str, submit: str, done: str, about: str = "") -> ActPage:
    return ActPage(
        heading=f"{heading}: {found.user.full_name}",
        submit=submit,
        done=done,
        back=reverse("user", args=[found.user.ref]),
        back_label=found.user.full_name,
        about=about,
    )
