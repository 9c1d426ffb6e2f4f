"""Handing cases over to a colleague, and what the receiver reads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from jobpakke.access.models import Role, User
from jobpakke.access.policies import Act
from jobpakke.access.services import log_lookups
from jobpakke.citizens import services
from jobpakke.citizens.models import Citizen, HandOver
from jobpakke.lib.refs import parse_ref
from jobpakke.web.cases.pages import NOBODY, Colleague, cases_of, colleagues, in_charge, pending_on
from jobpakke.web.citizens.pages import noted
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404

form_page = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50


class HandOverForm(ActForm):
    """Which of the cases, to whom, from when."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Which cases"),
        choices=(("chosen", gettext_lazy("Those I have ticked")), ("all", gettext_lazy("All of them"))),
        initial="chosen",
        widget=forms.RadioSelect,
    )
    hidden = forms.BooleanField(label="", required=False)
    receiver = forms.ChoiceField(label=gettext_lazy("Who takes over"))
    day = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Today or later."))
    note = forms.CharField(
        label=gettext_lazy("A note to who takes over"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The same for every case. It is read by who takes over and stands in no history."),
    )

    def __init__(self, data: Any, *, hidden: int, among: tuple[Colleague, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen = [(str(each.ref), f"{each.name} ({each.cases})") for each in among]
        self.fields["receiver"].choices = [("", "—"), *chosen]  # type: ignore[attr-defined]  # a choice field
        if not hidden:
            del self.fields["hidden"]
            return
        self.fields["hidden"].label = ngettext(
            "%(count)s protected citizen too, who is not named here",
            "%(count)s protected citizens too, who are not named here",
            hidden,
        ) % {"count": hidden}


@form_page
@page(Act.HAND_OVER)
def hand_over(request: HttpRequest, who: Visitor) -> HttpResponse:
    """A team leader first chooses whose cases; a caseworker hands over the own ones."""
    chosen, among = request.GET.get("fra", ""), colleagues(who)
    if Role.TEAM_LEADER not in who.roles:
        chosen = str(who.user.ref)
    if not chosen:
        return _overview(request, who, among)
    giver = _giver(chosen, among)
    hidden = _hidden(who, giver, among)
    ticked = request.POST.getlist("chosen")
    shown = cases_of(who, giver, hidden=hidden, ticked=ticked)
    form = HandOverForm(
        request.POST or None, hidden=shown.hidden, among=among, initial={"day": who.viewing.today, "whom": "chosen"}
    )
    if request.method == "POST":
        done = _carry_out(who, form, giver, ticked)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("hand_over") if Role.TEAM_LEADER in who.roles else reverse("today"))
    rows = Paginator(shown.rows, PER_PAGE).get_page(request.GET.get("side"))
    log_lookups(actor=who.user, citizens=(row.citizen for row in rows), page="hand_over")
    status = 422 if request.method == "POST" else 200
    context = {
        "shown": shown,
        "rows": rows,
        "form": form,
        "leading": Role.TEAM_LEADER in who.roles,
        "mine": giver is not None and giver.pk == who.user.pk,
    }
    return render(request, "cases/hand_over.html", context, status=status)


def _overview(request: HttpRequest, who: Visitor, among: tuple[Colleague, ...]) -> HttpResponse:
    nobodys = list(in_charge(who, None).values_list("seen", flat=True))
    context = {
        "colleagues": [(each, f"?{urlencode({'fra': each.ref})}") for each in among],
        "nobodys": len(nobodys),
        "nobodys_protected": sum(not seen for seen in nobodys),
        "nobody_url": f"?{urlencode({'fra': NOBODY})}",
    }
    return render(request, "cases/colleagues.html", context)


def _giver(chosen: str, among: tuple[Colleague, ...]) -> User | None:
    """Whose cases they are; None for nobody's. Raises Http404 for who is no caseworker here."""
    if chosen == NOBODY:
        return None
    found = next((each.user for each in among if str(each.ref) == chosen), None)
    if found is None:
        raise Http404
    return found


def _hidden(who: Visitor, giver: User | None, among: tuple[Colleague, ...]) -> int:
    """How many cases of the giver the visitor hands over without seeing them; one's own are all seen."""
    if giver is None or giver.pk == who.user.pk:
        return 0
    return next((each.protected for each in among if each.ref == giver.ref), 0)


def _carry_out(who: Visitor, form: HandOverForm, giver: User | None, ticked: list[str]) -> str:
    """Hands over, and says what was done; empty when it was refused."""
    said: list[str] = []

    def verb(data: dict[str, Any]) -> None:
        receiver = User.objects.get(ref=data["receiver"])
        rows = services.hand_over(
            actor=who.user,
            citizens=_citizens(who, giver, data, ticked),
            giver=giver,
            receiver=receiver,
            starts_on=data["day"],
            note=data["note"],
            on=who.viewing.today,
        )
        text = ngettext(
            "%(count)s case goes to %(name)s from %(day)s.", "%(count)s cases go to %(name)s from %(day)s.", len(rows)
        )
        day = date_format(data["day"], "DATE_FORMAT")
        said.append(text % {"count": len(rows), "name": receiver.full_name, "day": day})

    return said[0] if form.carried_out(verb) else ""


def _citizens(who: Visitor, giver: User | None, data: dict[str, Any], ticked: list[str]) -> list[Citizen]:
    """Those ticked, or all; the protected ones only when they were asked for. A case that is no longer the giver's is
    kept in, so that the verb says so."""
    mine = list(in_charge(who, giver).select_related("municipality"))
    found = [each for each in mine if not each.seen and data.get("hidden")]
    if data["whom"] == "all":
        return found + [each for each in mine if each.seen]
    refs = [ref for text in ticked if (ref := parse_ref(text))]
    seen = Citizen.objects.visible_to(who.user, on=who.viewing.today).filter(ref__in=refs)
    return found + list(seen)


@form_page
@page(Act.SEE_CASES)
def received(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """From whom a case came, the note, and what was pending then; the receiver says that it is seen."""
    rows = HandOver.objects.visible_to(who.user, on=who.viewing.today)
    row = seen_or_404(rows.select_related("citizen__municipality", "giver", "receiver", "handed_by"), ref)
    noted(who, row.citizen, "received_case")
    if request.method == "POST":
        services.see_hand_over(actor=who.user, hand_over=row, on=who.viewing.today)
        messages.success(request, _("The hand-over is marked as seen."))
        return HttpResponseRedirect(reverse("citizen", args=[row.citizen.ref]))
    context = {
        "row": row,
        "pending": pending_on(who, row.citizen, row.starts_on),
        "can_see": row.receiver_id == who.user.pk and row.seen_on is None and row.starts_on <= who.viewing.today,
    }
    return render(request, "cases/received.html", context)
