"""Registering a citizen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobpakke.access.policies import Act
from jobpakke.citizens.models import Citizen
from jobpakke.citizens.services import register_citizen
from jobpakke.web.citizens.forms import RegisterForm
from jobpakke.web.http import Visitor, page

PROTECTION = {"unknown": None, "no": False, "yes": True}


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.WORK_CASES)
def register(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The visitor becomes the citizen's job consultant. The CPR number is never shown again."""
    form = RegisterForm(request.POST or None)
    made: list[Citizen] = []

    def verb(data: dict[str, Any]) -> None:
        made.append(
            register_citizen(
                actor=who.user,
                municipality=who.municipalities(Act.WORK_CASES)[0],
                cpr=data["cpr"],
                given_name=data["given_name"],
                family_name=data["family_name"],
                phone=data["phone"],
                address_protected=PROTECTION[data["protection"]],
                on=who.viewing.today,
            )
        )

    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The citizen is registered."))
        return redirect("citizen", ref=made[0].ref)
    words = {
        "heading": _("Register a citizen"),
        "submit": _("Register"),
        "back": reverse("citizens"),
        "back_label": _("Citizens"),
        "form": form,
    }
    return render(request, "act.html", words, status=422 if request.method == "POST" else 200)
