"""Every limit in force on the day, with its source; and giving the municipality one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

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
from jobpakke.method.rulebook import Entry, Group, Limit, Severity
from jobpakke.packages.models import GroupChoice, LimitChoice, SeverityChoice
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services import override_rule
from jobpakke.packages.services.rules import RuleVerbRefusal
from jobpakke.web.acting import ActPage, act
from jobpakke.web.forms import ActForm, DayField
from jobpakke.web.http import Visitor, page
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
    own: bool
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


@require_safe
@page(Act.SEE_RULES)
def rules(request: HttpRequest, who: Visitor) -> HttpResponse:
    """The rulebook as it holds in the visitor's municipality on the viewed day, its own limits first."""
    on = who.viewing.on
    municipality = who.municipalities(Act.SEE_RULES)[0]
    book = rules_of(municipality.pk, on=on)
    change = who.holds(Act.MANAGE_USERS)
    held = [entry for entry in (*book.own, *book.entries) if _shown(entry, on=on)]
    lines = [_line(entry, own=entry in book.own, named=change) for entry in held]
    context = {"lines": lines, "municipality": municipality, "may_change": change}
    return render(request, "rules/rules.html", context)


def _shown(entry: Entry, *, on: date) -> bool:
    """Pension ages go by the day of birth, so all of them hold at once."""
    return entry.limit is Limit.PENSION_AGE or entry.valid.contains(on)


def _line(entry: Entry, *, own: bool, named: bool) -> RuleLine:
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


def _numbers(text: str) -> dict[str, int]:
    """``weeks 8, more_weeks 4`` as numbers by name. Raises Refused (RULE_VALUES_WRONG)."""
    found: dict[str, int] = {}
    for part in text.replace("\n", ",").split(","):
        words = part.replace("=", " ").replace(":", " ").split()
        if len(words) != 2 or not words[1].isdecimal() or len(words[1]) > 6:
            raise Refused(Refusal(RuleVerbRefusal.RULE_VALUES_WRONG, {"names": ", ".join(sorted(VALUES))}))
        found[words[0]] = int(words[1])
    return found
