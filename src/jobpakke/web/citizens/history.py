"""Events told as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.history.models import Event
from jobpakke.lib.days import parse_day
from jobpakke.web.labels import code_label

TOLD: Mapping[str, Promise | str] = {
    "citizen_registered": gettext_lazy("The citizen was registered."),
    "protection_changed": gettext_lazy("Name and address protection was changed."),
    "case_assigned": gettext_lazy("The case got a job consultant."),
    "case_handed_over": gettext_lazy("The case was handed over from %(giver)s to %(receiver)s."),
    "hand_over_seen": gettext_lazy("Who took the case over has seen the hand-over."),
    "case_offered": gettext_lazy("The citizen moved; the case was offered to the other municipality: %(ground)s."),
    "case_accepted": gettext_lazy("The case was taken over from another municipality and given to %(caseworker)s."),
    "case_returned": gettext_lazy("The other municipality sent the case back."),
    "wish_recorded": gettext_lazy("A wish was recorded."),
    "limit_recorded": gettext_lazy("A limit was recorded: %(limit)s."),
    "wish_ended": gettext_lazy("A wish no longer holds."),
    "limit_ended": gettext_lazy("A limit no longer holds: %(limit)s."),
    "qualification_ended": gettext_lazy("A qualification no longer holds."),
    "family_ties_declared": gettext_lazy("It was declared whether the citizen has family at a workplace of the plan."),
    "warning_accepted": gettext_lazy("A limit was passed with a reason: %(rule)s."),
    "qualification_recorded": gettext_lazy("A qualification was recorded."),
    "target_group_set": gettext_lazy("The target group was set: %(group)s."),
    "status_recorded": gettext_lazy("Status from this day: %(status)s."),
    "status_corrected": gettext_lazy("A status was corrected: from %(was)s to %(status)s."),
    "status_ended": gettext_lazy("The status ended: %(status)s."),
    "package_drafted": gettext_lazy("A package was drafted, toward: %(form)s."),
    "step_added": gettext_lazy("A step was added: %(step_kind)s."),
    "sub_goal_added": gettext_lazy("A sub-goal was added."),
    "sub_goal_removed": gettext_lazy("A sub-goal was taken out."),
    "goal_changed": gettext_lazy("The job goal was changed in version %(version)s: %(form)s."),
    "step_changed": gettext_lazy("A step was changed in the draft: %(step_kind)s."),
    "step_extended": gettext_lazy("A step was extended in the draft, to end before %(ends_on)s."),
    "step_shortened": gettext_lazy("A step was shortened in the draft, to end before %(ends_on)s."),
    "step_moved": gettext_lazy("A step was moved in the draft: from %(starts_on)s, to end before %(ends_on)s."),
    "step_removed": gettext_lazy("A step was taken out: %(step_kind)s."),
    "staircase_laid": gettext_lazy("A ready-made staircase was laid in version %(version)s."),
    "plan_reopened": gettext_lazy("Version %(version)s of the plan was begun."),
    "draft_forgotten": gettext_lazy("The draft of version %(version)s, which nobody had touched, was removed."),
    "draft_discarded": gettext_lazy("The draft of version %(version)s was thrown away."),
    "plan_proposed": gettext_lazy("Version %(version)s of the plan was proposed to the three parties."),
    "paper_told": gettext_lazy("Version %(version)s of the plan lay on paper before it stood here: %(paper_on)s."),
    "plan_withdrawn": gettext_lazy("The proposal of version %(version)s was taken back."),
    "plan_approved": gettext_lazy("%(party)s said yes to version %(version)s of the plan."),
    "plan_agreed": gettext_lazy("Version %(version)s of the plan took effect."),
    "signed_copy_filed": gettext_lazy("A signed copy of version %(version)s was filed."),
    "signed_copy_withdrawn": gettext_lazy("A signed copy of version %(version)s was withdrawn."),
    "signed_copy_wiped": gettext_lazy("The file of a signed copy of version %(version)s was removed."),
    "step_started": gettext_lazy("A step started: %(step_kind)s."),
    "step_fulfilled": gettext_lazy("A step was fulfilled: %(step_kind)s."),
    "step_ended": gettext_lazy("A step ended without fulfilment: %(step_kind)s (%(reason)s)."),
    "step_start_corrected": gettext_lazy(
        "A step's first day was corrected: %(step_kind)s, it was recorded as %(was_on)s (%(because)s)."
    ),
    "step_end_corrected": gettext_lazy(
        "The day a step was over was corrected: %(step_kind)s, it was recorded as %(was_on)s (%(because)s)."
    ),
    "step_start_undone": gettext_lazy("A step had not started: %(step_kind)s, recorded as %(was_on)s (%(because)s)."),
    "step_end_undone": gettext_lazy(
        "A step was not over: %(step_kind)s, recorded as over from %(was_on)s, %(ending)s (%(because)s)."
    ),
    "package_end_undone": gettext_lazy(
        "The package had not ended: recorded as ended %(was_on)s, %(outcome)s (%(because)s)."
    ),
    "status_retracted": gettext_lazy("A status had never held: %(status)s."),
    "evidence_recorded": gettext_lazy("Evidence was recorded: %(evidence_kind)s."),
    "gate_waived": gettext_lazy("A dispensation was given, by: %(given_as)s."),
    "commitment_made": gettext_lazy("%(party)s promised something."),
    "commitment_moved": gettext_lazy("%(party)s got a later day for a promise: %(due_on)s instead of %(was_on)s."),
    "commitment_kept": gettext_lazy("%(party)s kept a promise."),
    "commitment_broken": gettext_lazy("%(party)s broke a promise."),
    "change_proposed": gettext_lazy("%(party)s proposed a change of the plan: %(wanted)s."),
    "proposal_accepted": gettext_lazy("A proposal of a party was accepted (%(party)s: %(wanted)s)."),
    "proposal_rejected": gettext_lazy("A proposal of a party was rejected (%(party)s: %(wanted)s)."),
    "proposal_retracted": gettext_lazy("%(party)s took a proposal back: %(wanted)s."),
    "proposal_replaced": gettext_lazy("A newer proposal replaced an older one."),
    "party_told": gettext_lazy("%(party)s was told of a change: %(how)s."),
    "mentor_assigned": gettext_lazy("A mentor was tied to a step."),
    "mentor_ended": gettext_lazy("A mentor's support ended with the package."),
    "contact_recorded": gettext_lazy("A conversation was noted: %(contact_kind)s with %(party)s."),
    "progress_measured": gettext_lazy("Progress was measured, answered by: %(by)s."),
    "progress_corrected": gettext_lazy("A measure of progress was corrected, answered by: %(by)s."),
    "note_written": gettext_lazy("A note was written in the journal."),
    "note_corrected": gettext_lazy("A note of the journal was corrected."),
    "package_ended": gettext_lazy("The package ended: %(outcome)s."),
    "job_found": gettext_lazy("The package led to a job: %(outcome)s."),
    "aftercare_used": gettext_lazy("Aftercare was used by %(called_by)s: %(topic)s."),
    "aftercare_ended": gettext_lazy("Aftercare ended by wish."),
    "aftercare_agreed": gettext_lazy("Aftercare was agreed until %(until)s."),
}
"""Every kind of event that is told about a citizen. A test holds it against history.kinds."""


_PEOPLE = ("giver", "receiver", "caseworker")
"""Data of events that name a user by ref."""


def people_of(event: Event) -> set[UUID]:
    """The users an event speaks of: who did it, and whom it names."""
    named = {UUID(event.data[name]) for name in _PEOPLE if event.data.get(name)}
    return named | ({event.actor} if event.actor else set())


def _word(name: str, value: object, names: Mapping[UUID, str]) -> object:
    if name in _PEOPLE:
        return names.get(UUID(str(value)), _("a former user")) if value else _("nobody")
    if not isinstance(value, str):
        return value
    day = parse_day(value)
    return date_format(day, "DATE_FORMAT") if day else code_label(value)


class _Words(dict[str, object]):
    """What an event of before a kind got the field does not say."""

    def __missing__(self, name: str) -> str:
        return _("not recorded")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the history."""

    day: date
    text: str
    by: str


def told(event: Event, names: Mapping[UUID, str]) -> Line:
    """An event as a sentence with its day and who did it."""
    words = _Words({name: _word(name, value, names) for name, value in event.data.items()})
    text = str(TOLD[event.kind]) % words
    by = (names.get(event.actor) if event.actor else None) or _("the system")
    return Line(event.effective_on, text[:1].upper() + text[1:], by)
