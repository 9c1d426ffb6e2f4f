"""The one choice when a step gets other days: whether what builds on it goes along. Told before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.lib.periods import Period
from jobpakke.lib.refs import Ref
from jobpakke.method.changes import why_not_change
from jobpakke.method.followers import moved_along
from jobpakke.packages.facts import Plan
from jobpakke.web.forms import ActForm
from jobpakke.web.staircase import step_names


class AlongForm(ActForm):
    """A form that gives a step its days. The choice stands there only once it matters."""

    along = forms.ChoiceField(
        label=gettext_lazy("The steps that build on it"),
        required=False,
        widget=forms.RadioSelect,
        choices=(("yes", gettext_lazy("Move them along")), ("no", gettext_lazy("Let them keep their days"))),
    )
    asks = False

    def visible_fields(self) -> list[forms.BoundField]:
        """As always, and the choice last while it matters."""
        shown = super().visible_fields()
        choice = [field for field in shown if field.name == "along"]
        return [field for field in shown if field.name != "along"] + (choice if self.asks else [])

    def must_choose(self, plan: Plan, step: Ref, days: Period, *, on: date) -> bool:
        """Whether something builds on the step, would move with it, and nobody has said yet whether it shall."""
        fact = next((each for each in plan.steps if each.ref == step), None)
        if fact is None or why_not_change(fact, days, on=on):
            return False  # the verb says what is wrong with it
        going = moved_along(plan.steps, step, days, on=on)
        self.asks = bool(going)
        if not going:
            return False
        self.fields["along"].required = True
        self["along"].help_text = _("Moved along: %(steps)s.") % {"steps": "; ".join(_lines(plan, going))}
        if self.cleaned_data.get("along"):
            return False
        self.add_error("along", _("What builds on this step would lie otherwise. Choose whether it moves along."))
        return True

    @staticmethod
    def moves_along(data: Mapping[str, Any]) -> bool:
        """What was chosen; nothing moves that nobody chose."""
        return data.get("along") == "yes"


def _lines(plan: Plan, going: Mapping[Ref, Period]) -> list[str]:
    names = step_names(plan)
    was = {step.ref: step.planned for step in plan.steps}
    said = _("“%(step)s” %(now)s instead of %(was)s")
    return [said % {"step": names[ref], "now": _days(now), "was": _days(was[ref])} for ref, now in going.items()]


def _days(days: Period) -> str:
    first = date_format(days.start, "MEDIUM_DATE_FORMAT")
    last = date_format(days.end - timedelta(days=1), "MEDIUM_DATE_FORMAT") if days.end else ""
    return f"{first} – {last}"  # noqa: RUF001  # a Danish dash
