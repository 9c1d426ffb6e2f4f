"""Users of the administrator's municipality."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.models import Membership, Role
from jobpakke.access.policies import Act, municipalities_for
from jobpakke.access.services import add_user
from jobpakke.web.acting import ActPage, act
from jobpakke.web.forms import ActForm
from jobpakke.web.http import Visitor, page


class UserForm(ActForm):
    """A new user with a first role."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    username = forms.SlugField(label=gettext_lazy("User name"), max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


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
