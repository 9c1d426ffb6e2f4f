"""Two follow-ups beside each other: each cell before and after, and why people moved."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jobpakke.access.policies import Act
from jobpakke.followup.differences import in_order
from jobpakke.followup.export import FORMATS, written
from jobpakke.followup.models import FollowUp
from jobpakke.lib.refs import parse_ref
from jobpakke.web.followup.differences import Compared, compared, difference_cells, title
from jobpakke.web.followup.programmes import programmes
from jobpakke.web.http import Visitor, page, seen_or_404

NOW = "now"
MOST_CHOICES = 50
"""The newest ones are offered; an older one is compared from its own page."""


class CompareForm(forms.Form):
    """Two follow-ups of a programme."""

    use_required_attribute = False
    before = forms.ChoiceField(label=gettext_lazy("One follow-up"))
    after = forms.ChoiceField(label=gettext_lazy("The other"))


@require_safe
@page(Act.SEE_FOLLOW_UP)
def comparing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Chooses two; when they are chosen, the tables."""
    seen = FollowUp.objects.visible_to(who.user, on=who.viewing.today).select_related("programme", "frozen_by")
    one, other = (_chosen(seen, request.GET.get(name, "")) for name in ("before", "after"))
    found = None if one else programmes(request, who)
    programme = one.programme if one else found.chosen if found else None
    if programme is None:
        return render(request, "followup/empty.html")
    with_now = request.GET.get("after") == NOW
    form = _form(seen.filter(programme=programme), one, other)
    context: dict[str, Any] = {"programme": programme, "form": form, "wrong": "", "page": None}
    if one and (other or with_now):
        context["wrong"] = _wrong(one, other)
        page = None if context["wrong"] else compared(one, other)
        kind = request.GET.get("format")
        if page and kind:
            return _file(page, one, kind)
        context["page"] = page
        first, second = (one, None) if other is None else in_order(one, other)
        context["query"] = urlencode({"before": first.ref, "after": second.ref if second else NOW, "format": "csv"})
    return render(request, "followup/compare.html", context)


def _file(page: Compared, one: FollowUp, kind: str) -> HttpResponse:
    """Every cell before and after, with the reasons, as CSV or JSON."""
    if kind not in FORMATS:
        raise Http404
    response = HttpResponse(written(difference_cells(page), kind), content_type=FORMATS[kind])
    name = f"{one.programme.code.lower()}-sammenlignet-{one.cut_off_on}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chosen(seen: QuerySet[FollowUp], ref: str) -> FollowUp | None:
    """Raises Http404 for one that is not to be seen."""
    if ref in ("", NOW):
        return None
    found = parse_ref(ref)
    if found is None:
        raise Http404
    return seen_or_404(seen, found)


def _form(seen: QuerySet[FollowUp], one: FollowUp | None, other: FollowUp | None) -> CompareForm | None:
    """The newest follow-ups and those chosen; None where there is none to choose."""
    offered = list(seen.order_by("-frozen_at", "-pk").defer("content", "facts")[:MOST_CHOICES])
    offered += [each for each in (one, other) if each and each not in offered]
    form = CompareForm(initial={"before": str(one.ref) if one else "", "after": str(other.ref) if other else NOW})
    choices = [(str(each.ref), title(each)) for each in offered]
    form.fields["before"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
    form.fields["after"].choices = [(NOW, _("the same date, as known now")), *choices]  # type: ignore[attr-defined]
    return form if offered else None


def _wrong(one: FollowUp, other: FollowUp | None) -> str:
    if one == other:
        return _("Both are the same follow-up. Choose another one beside it.")
    if other and one.programme_id != other.programme_id:
        return _("The two belong to different programmes. Choose two of one programme.")
    return ""
