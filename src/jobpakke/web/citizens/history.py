"""Events told as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.history.models import Event
from jobpakke.web.labels import code_label

TOLD: Mapping[str, Promise | str] = {
    "citizen_registered": gettext_lazy("The citizen was registered."),
    "protection_changed": gettext_lazy("Name and address protection was changed."),
    "case_assigned": gettext_lazy("The case got a job consultant."),
    "wish_recorded": gettext_lazy("A wish was recorded."),
    "limit_recorded": gettext_lazy("A limit was recorded: %(limit)s."),
    "qualification_recorded": gettext_lazy("A qualification was recorded."),
    "target_group_set": gettext_lazy("The target group was set: %(group)s."),
    "status_recorded": gettext_lazy("Status from this day: %(status)s."),
    "status_corrected": gettext_lazy("A status was corrected: from %(was)s to %(status)s."),
    "status_ended": gettext_lazy("The status ended: %(status)s."),
    "package_drafted": gettext_lazy("A package was drafted, toward: %(form)s."),
    "step_added": gettext_lazy("A step was added: %(step_kind)s."),
    "sub_goal_added": gettext_lazy("A sub-goal was added."),
    "plan_approved": gettext_lazy("%(party)s said yes to version %(version)s of the plan."),
    "plan_agreed": gettext_lazy("Version %(version)s of the plan took effect."),
    "step_started": gettext_lazy("A step started: %(step_kind)s."),
    "step_fulfilled": gettext_lazy("A step was fulfilled: %(step_kind)s."),
    "step_ended": gettext_lazy("A step ended without fulfilment: %(step_kind)s (%(reason)s)."),
    "evidence_recorded": gettext_lazy("Evidence was recorded: %(evidence_kind)s."),
    "gate_waived": gettext_lazy("A dispensation was given."),
    "commitment_made": gettext_lazy("%(party)s promised something."),
    "commitment_kept": gettext_lazy("%(party)s kept a promise."),
    "commitment_broken": gettext_lazy("%(party)s broke a promise."),
    "mentor_assigned": gettext_lazy("A mentor was tied to a step."),
    "contact_recorded": gettext_lazy("A conversation was noted: %(contact_kind)s with %(party)s."),
    "package_ended": gettext_lazy("The package ended: %(outcome)s."),
    "aftercare_agreed": gettext_lazy("Aftercare was agreed until %(until)s."),
}
"""Every kind of event that is told about a citizen. A test holds it against history.kinds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the history."""

    day: date
    text: str
    by: str


def told(event: Event, names: Mapping[UUID, str]) -> Line:
    """An event as a sentence with its day and who did it."""
    words = {name: code_label(value) if isinstance(value, str) else value for name, value in event.data.items()}
    text = str(TOLD[event.kind]) % words
    by = (names.get(event.actor) if event.actor else None) or _("the system")
    return Line(event.effective_on, text[:1].upper() + text[1:], by)
