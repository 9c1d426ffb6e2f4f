"""Every limit in force on the day, with its source; and giving the municipality one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.companies.models import Sector
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.rulebook import Entry, Group, Limit, Severity, rulebook
from jobpakke.packages.models import GroupChoice, LimitChoice, SeverityChoice
from jobpakke.packages.rules import entry_of, own_rules
from jobpakke.packages.services import end_rule, override_rule
from jobpakke.packages.services.rules import RuleVerbRefusal
from jobpakke.web.acting import ActPage, act
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.labels import VERIFIED, label

VALUES: dict[str, Promise | str] = {
    "weeks": gettext_lazy("weeks"),
    "assessed_weeks": gettext_lazy("weeks after an assessment"),
    "more_weeks": gettext_lazy("weeks more at a time"),
    "announced_weeks": gettext_lazy("weeks it is announced"),
    "first_weeks": gettext_lazy("weeks until the first"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
    "steps": gettext_lazy("steps"),
    "count": gettext_lazy("times"),
    "least": gettext_lazy("at least"),
    "most": gettext_lazy("at most"),
    "per": gettext_lazy("one in so many employees"),
    "up_to": gettext_lazy("up to so many employees"),
    "per_above": gettext_lazy("above that one in so many"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One entry in words."""

    limit: str
    whom: str
    values: str
    source: str
    verified: Promise | str
    severity: str
    own: UUID | None
    """Which of the municipality's own it is; None: a common one."""
    since: date | None
    last: date | None


class OverrideForm(ActForm):
    """A limit of the municipality's own. Numbers as name and number, one a line."""

    limit = forms.ChoiceField(
        label=gettext_lazy("Limit"), choices=[(value, capfirst(text)) for value, text in LimitChoice.choices]
    )
    group = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        required=False,
        choices=[(value, capfirst(text)) for value, text in GroupChoice.choices],
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), required=False, choices=[("", gettext_lazy("Both")), *Sector.choices]
    )
    values = forms.CharField(
        label=gettext_lazy("Numbers"),
        max_length=200,
        help_text=gettext_lazy("Name and number as the list shows them, with commas between: weeks 8, more_weeks 4."),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("When it is passed"),
        choices=[(value, capfirst(text)) for value, text in SeverityChoice.choices],
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("The first day on which it does not hold.")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(ActForm):
    """The first day on which the common limit holds again."""

    day = DayField(
        label=gettext_lazy("No longer from"),
        help_text=gettext_lazy("The limit's own first day, where it should never have held."),
    )


@require_safe
@page(Act.SEE_RULES)
def rules(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The rulebook as it holds in the visitor's municipality on the viewed day, its own limits first."""
    on = who.viewing.on
    municipality = who.municipalities(Act.SEE_RULES)[0]
    change = who.holds(Act.MANAGE_USERS)
    own = [(entry_of(row), row.ref) for row in own_rules([municipality.pk])]
    lines = [_line(entry, own=ref, named=change) for entry, ref in own if not _over(entry, on=on)]
    lines += [_line(entry, own=None, named=change) for entry in rulebook().entries if _shown(entry, on=on)]
    context = {"lines": lines, "municipality": municipality, "may_change": change}
    return render(request, "rules/rules.html", context)


def _shown(entry: Entry, *, on: date) -> bool:
    """Pension ages go by the day of birth, so all of them hold at once."""
    return entry.limit is Limit.PENSION_AGE or entry.valid.contains(on)


def _over(entry: Entry, *, on: date) -> bool:
    """Whether it no longer holds, or never did; one's own that is to come is shown, so that it can be ended."""
    end = entry.valid.end
    return end is not None and (end <= on or end <= entry.valid.start)


def _line(entry: Entry, *, own: UUID | None, named: bool) -> RuleLine:
    """``named``: each number with the name by which one changes it."""
    whom = [label(each) for each in (entry.group, entry.sector) if each]
    return RuleLine(
        limit=label(entry.limit),
        whom=", ".join(whom),
        values="; ".join(f"{VALUES[name]}: {value}" + f" ({name})" * named for name, value in entry.values.items())
        or _("no limit"),
        source=entry.source,
        verified=VERIFIED[entry.verified],
        severity=label(entry.severity) if entry.values else "",
        own=own,
        since=entry.valid.start if entry.valid.start.year > 1900 else None,
        last=entry.valid.end - timedelta(days=1) if entry.valid.end else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def override(request: HttpRequest, who: Visitor) -> HttpResponse:
    """A limit of the municipality's own, dated and with its reason."""

    def verb(data: dict[str, Any]) -> None:
        override_rule(
            actor=who.user,
            municipality=who.municipalities(Act.MANAGE_USERS)[0],
            limit=Limit(data["limit"]),
            values=_numbers(data["values"]),
            severity=Severity(data["severity"]),
            group=Group(data["group"]) if data["group"] else None,
            sector=Sector(data["sector"]) if data["sector"] else None,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            reason=data["reason"],
            on=who.viewing.today,
        )

    words = ActPage(
        heading=_("A limit of our own"),
        submit=_("Record"),
        done=_("The limit is recorded."),
        back=reverse("rules"),
        back_label=_("Rules"),
    )
    return act(request, OverrideForm(request.POST or None, initial={"starts_on": who.viewing.today}), verb, words)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Act.MANAGE_USERS)
def end(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """A limit of the municipality's own no longer holds from a day on."""
    places = [place.pk for place in who.municipalities(Act.MANAGE_USERS)]
    row = seen_or_404(own_rules(places).select_related("municipality"), ref)

    def verb(data: dict[str, Any]) -> None:
        end_rule(actor=who.user, override=row, ended_on=data["day"], on=who.viewing.today)

    words = ActPage(
        heading=_("End the limit of our own"),
        submit=_("End it"),
        done=_("The limit is ended; the common one holds from that day."),
        back=reverse("rules"),
        back_label=_("Rules"),
        about=capfirst(label(row.limit)),
    )
    return act(
        request, EndForm(request.POST or None, initial={"day": max(who.viewing.today, row.starts_on)}), verb, words
    )


def _numbers(text: str) -> dict[str, int]:
    """``weeks 8, more_weeks 4`` as numbers by name. Raises Refused (RULE_VALUES_WRONG)."""
    found: dict[str, int] = {}
    for part in text.replace("\n", ",").split(","):
        words = part.replace("=", " ").replace(":", " ").split()
        if len(words) != 2 or not words[1].isdecimal() or len(words[1]) > 6:
            raise Refused(Refusal(RuleVerbRefusal.RULE_VALUES_WRONG, {"names": ", ".join(sorted(VALUES))}))
        found[words[0]] = int(words[1])
    return found
