"""Frozen follow-ups: the list, freezing one, showing one as it was, and its bytes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act, municipalities_for
from jobpakke.followup.frozen import intact, read
from jobpakke.followup.groups import Grouping
from jobpakke.followup.models import FollowUp
from jobpakke.followup.services import freeze_follow_up
from jobpakke.followup.tables import COLUMNS, parts
from jobpakke.packages.models import Programme
from jobpakke.web.acting import ActPage, act_page
from jobpakke.web.followup.basis import grouping_asked
from jobpakke.web.followup.programmes import ProgrammeForm, programmes
from jobpakke.web.followup.words import GROUP_NOTE, GROUPING, hidden_note
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import STATUS

ROWS = 25


class FreezeForm(ActForm):
    """The date, and a note of one's own."""

    day = DayField(label=gettext_lazy("Cut-off date"))
    note = forms.CharField(
        label=gettext_lazy("Own note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Why it is frozen, or what the reader should know. No names: it is given out with it."),
    )


class GroupForm(forms.Form):
    """By what the status table is grouped."""

    use_required_attribute = False
    by = forms.ChoiceField(label=gettext_lazy("Grouped by"), choices=GROUPING.items())


@require_safe
@page(Act.SEE_FOLLOW_UP)
def listing(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The frozen follow-ups of a programme, the newest first."""
    found = programmes(request, who)
    if found is None:
        return render(request, "followup/empty.html")
    seen = FollowUp.objects.visible_to(who.user, on=who.viewing.today).filter(programme=found.chosen)
    rows = Paginator(seen.listed().prefetch_related("municipalities"), ROWS).get_page(request.GET.get("side"))
    form = ProgrammeForm(initial={"programme": found.chosen.code})
    form.fields["programme"].choices = found.choices  # type: ignore[attr-defined]  # a ChoiceField
    context = {
        "programme": found.chosen,
        "rows": rows,
        "form": form if len(found.all) > 1 else None,
        "may_freeze": who.holds(Act.FREEZE_FOLLOW_UP),
    }
    return render(request, "followup/frozen_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.FREEZE_FOLLOW_UP)
def freeze(request: HttpRequest, who: Visitor) -> HttpResponse:
    """Freezes a programme's follow-up on a date, and leads on to it."""
    found = programmes(request, who)
    if found is None:
        raise Http404
    programme, today = found.chosen, who.viewing.today
    made: list[FollowUp] = []

    def verb(data: dict[str, Any]) -> None:
        made.append(
            freeze_follow_up(actor=who.user, programme=programme, cut_off_on=data["day"], note=data["note"], on=today)
        )

    standing = None if who.viewing.is_today else who.viewing.on
    day = standing or programme.followed_up_on or today
    form = FreezeForm(request.POST or None, initial={"day": day})
    if request.method == "POST" and form.carried_out(verb):
        messages.success(request, _("The follow-up is frozen."))
        return redirect("frozen_follow_up", ref=made[0].ref)
    return act_page(request, form, _freezing(programme, who))


def _freezing(programme: Programme, who: Visitor) -> ActPage:
    among = municipalities_for(who.user, Act.FREEZE_FOLLOW_UP, on=who.viewing.today)
    places = ", ".join(part.municipality.name for part in parts(programme, among))
    return ActPage(
        heading=_("Freeze the follow-up of %(programme)s") % {"programme": programme.code},
        about=_(
            "Both tables, and the status table by each group, are kept as they are known now, whatever is recorded or"
            " corrected later."
        ),
        lines=(
            _(
                "Nobody can change or delete what is frozen. Its hash shows that it is still as it was, and it can be"
                " compared with a later one."
            ),
            _("It covers: %(places)s.") % {"places": places},
        ),
        submit=_("Freeze"),
        done="",
        back=reverse("frozen_follow_ups") + f"?programme={programme.code}",
        back_label=_("Frozen follow-ups"),
    )


@require_safe
@page(Act.SEE_FOLLOW_UP)
def show(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One as it was frozen, after its hash has been checked."""
    follow_up = visible(who, ref)
    frozen = read(follow_up)
    by = grouping_asked(request.GET)
    if by not in {Grouping.MUNICIPALITY, *frozen.groups}:
        raise Http404
    context = {
        "follow_up": follow_up,
        "form": GroupForm(initial={"by": by.value}) if frozen.groups else None,
        "by": by,
        "grouped_by": GROUPING[by],
        "group_note": GROUP_NOTE.get(by, ""),
        "hidden_note": hidden_note(frozen.least),
        "status": frozen.groups.get(by, frozen.status),
        "targets": frozen.targets,
        "on": follow_up.cut_off_on,
        "columns": [STATUS[column] for column in COLUMNS],
        "places": ", ".join(row.municipality.name for row in frozen.status.rows if row.municipality),
    }
    return render(request, "followup/frozen.html", context)


@require_safe
@page(Act.SEE_FOLLOW_UP)
def download(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The frozen bytes, to be checked against the hash anywhere."""
    follow_up = visible(who, ref)
    response = HttpResponse(intact(follow_up), content_type="application/json")
    name = f"{follow_up.programme.code.lower()}-frosset-{follow_up.cut_off_on}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def visible(who: Visitor, ref: UUID) -> FollowUp:
    """A frozen follow-up with its bytes. Raises Http404."""
    rows = FollowUp.objects.visible_to(who.user, on=who.viewing.today).select_related("programme", "frozen_by")
    return seen_or_404(rows, ref)
