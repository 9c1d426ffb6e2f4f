"""Events told as sentences that name what they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.history.kinds import CardHandedIn
from jobpakke.history.models import Event
from jobpakke.lib.days import parse_day
from jobpakke.lib.refs import parse_ref
from jobpakke.web.citizens.naming import PEOPLE, THINGS, Names, Thing
from jobpakke.web.labels import code_label
from jobpakke.web.proposals.pages import BESIDE

TOLD: Mapping[str, Promise | str] = {
    "citizen_registered": gettext_lazy("The citizen was registered."),
    "protection_changed": gettext_lazy("Name and address protection was changed to: %(protection)s."),
    "case_assigned": gettext_lazy("The case was given to %(caseworker)s."),
    "case_handed_over": gettext_lazy("The case was handed over from %(giver)s to %(receiver)s."),
    "hand_over_seen": gettext_lazy("%(subject)s has seen the hand-over."),
    "case_offered": gettext_lazy("The citizen moved; the case was offered to %(subject)s: %(ground)s."),
    "case_accepted": gettext_lazy("The case was taken over from %(beside)s and given to %(caseworker)s."),
    "case_returned": gettext_lazy("%(subject)s sent the case back."),
    "wish_recorded": gettext_lazy("A wish was recorded: “%(subject)s”."),
    "limit_recorded": gettext_lazy("A limit was recorded (%(limit)s): “%(subject)s”."),
    "wish_ended": gettext_lazy("A wish no longer holds: “%(subject)s”."),
    "limit_ended": gettext_lazy("A limit no longer holds (%(limit)s): “%(subject)s”."),
    "qualification_ended": gettext_lazy("A qualification no longer holds: “%(subject)s”."),
    "family_ties_declared": gettext_lazy("It was declared whether the citizen has family at %(workplace)s."),
    "warning_accepted": gettext_lazy("A limit was passed with a reason in “%(subject)s”: %(rule)s%(because_of)s."),
    "qualification_recorded": gettext_lazy("A qualification was recorded: “%(subject)s”."),
    "target_group_set": gettext_lazy("The target group was set, %(scheme)s: %(group)s."),
    "status_recorded": gettext_lazy("Status from this day: %(status)s%(because)s."),
    "status_corrected": gettext_lazy("A status was corrected: from %(was)s to %(status)s%(because)s."),
    "status_ended": gettext_lazy("The status ended: %(status)s%(because)s."),
    "package_drafted": gettext_lazy("A package was drafted, toward: %(form)s, “%(subject)s”."),
    "step_added": gettext_lazy("“%(subject)s”%(kind)s was added to the draft%(days)s."),
    "sub_goal_added": gettext_lazy("The sub-goal “%(subject)s” was added to “%(step)s”."),
    "sub_goal_removed": gettext_lazy("The sub-goal “%(subject)s” was taken out of “%(step)s”."),
    "goal_changed": gettext_lazy("The job goal was changed in version %(version)s: %(form)s, “%(subject)s”."),
    "step_changed": gettext_lazy("“%(subject)s”%(kind)s was changed in the draft%(days)s."),
    "step_extended": gettext_lazy("“%(subject)s” was extended in the draft to %(last)s%(instead)s."),
    "step_shortened": gettext_lazy("“%(subject)s” was shortened in the draft to %(last)s%(instead)s."),
    "step_moved": gettext_lazy("“%(subject)s” was moved in the draft to %(starts_on)s – %(last)s%(instead)s."),  # noqa: RUF001
    "step_removed": gettext_lazy("“%(subject)s”%(kind)s was taken out of the draft."),
    "staircase_laid": gettext_lazy("A ready-made staircase was laid in version %(version)s."),
    "plan_reopened": gettext_lazy("Version %(version)s of the plan was begun."),
    "draft_forgotten": gettext_lazy("The draft of version %(version)s, which nobody had touched, was removed."),
    "draft_discarded": gettext_lazy("The draft of version %(version)s was thrown away."),
    "plan_proposed": gettext_lazy(
        "Version %(version)s of the plan toward “%(subject)s” was proposed to all three%(because_of)s."
    ),
    "paper_told": gettext_lazy("Version %(version)s of the plan lay on paper before it stood here: %(paper_on)s."),
    "plan_withdrawn": gettext_lazy("The proposal of version %(version)s was taken back."),
    "plan_approved": gettext_lazy("%(party)s said yes to version %(version)s of the plan%(behalf)s."),
    "plan_approval_undone": gettext_lazy(
        "%(party)s had not said yes to version %(version)s of the plan, as recorded on %(was_on)s (%(why)s)."
    ),
    "plan_agreed": gettext_lazy("Version %(version)s of the plan toward “%(subject)s” took effect."),
    "signed_copy_filed": gettext_lazy("A copy of version %(version)s was filed, signed by: %(signers)s."),
    "signed_copy_withdrawn": gettext_lazy("A signed copy of version %(version)s was withdrawn."),
    "signed_copy_wiped": gettext_lazy("The file of a signed copy of version %(version)s was removed."),
    "story_written": gettext_lazy("Wording %(number)s of the case story was written."),
    "story_asked": gettext_lazy("The citizen was asked about wording %(number)s of the case story, %(how)s."),
    "story_consented": gettext_lazy("The citizen consented to wording %(number)s of the case story (%(on_behalf)s)."),
    "story_withdrawn": gettext_lazy(
        "The citizen took the consent to wording %(number)s of the case story back, %(how)s."
    ),
    "step_started": gettext_lazy("“%(subject)s”%(kind)s started%(late)s."),
    "step_fulfilled": gettext_lazy("“%(subject)s”%(kind)s was fulfilled%(late)s."),
    "step_ended": gettext_lazy("“%(subject)s”%(kind)s ended without fulfilment: %(reason)s%(late)s."),
    "step_start_corrected": gettext_lazy(
        "The first day of “%(subject)s” was corrected; it was recorded as %(was_on)s (%(why)s)."
    ),
    "step_end_corrected": gettext_lazy(
        "The day “%(subject)s” was over was corrected; it was recorded as %(was_on)s (%(why)s)."
    ),
    "step_start_undone": gettext_lazy("“%(subject)s” had not started, as recorded on %(was_on)s (%(why)s)."),
    "step_end_undone": gettext_lazy("“%(subject)s” was not over, as recorded: from %(was_on)s, %(ending)s (%(why)s)."),
    "package_end_undone": gettext_lazy(
        "The package toward “%(subject)s” had not ended, as recorded: %(was_on)s, %(outcome)s (%(why)s)."
    ),
    "status_retracted": gettext_lazy("A status had never held: %(status)s."),
    "evidence_recorded": gettext_lazy("Evidence for “%(subject)s” in “%(step)s”: %(evidence_kind)s, %(met)s%(late)s."),
    "card_asked": gettext_lazy("A competence card was asked for in “%(subject)s”; its link opens until %(until)s."),
    "card_link_renewed": gettext_lazy(
        "A competence card in “%(subject)s” got a new link in the place of the old one; it opens until %(until)s."
    ),
    "card_revoked": gettext_lazy("A competence card in “%(subject)s” was taken back before it was filled in."),
    "card_handed_in": gettext_lazy("A competence card in “%(subject)s” was filled in."),
    "card_set_aside": gettext_lazy("A competence card in “%(subject)s” does not count: %(because)s."),
    "card_taken_in": gettext_lazy(
        "A competence card in “%(subject)s” was taken into the plan; sub-goals that got a level: %(sub_goals)s."
    ),
    "gate_waived": gettext_lazy("A dispensation was given for “%(subject)s”, by: %(given_as)s%(because_of)s."),
    "gate_waiver_undone": gettext_lazy(
        "No dispensation was given for “%(subject)s”, as recorded on %(was_on)s (%(why)s)."
    ),
    "commitment_laid": gettext_lazy("A promise of %(party)s was written into the draft: “%(subject)s”."),
    "commitment_removed": gettext_lazy("A promise of %(party)s was taken out of the draft."),
    "commitment_made": gettext_lazy("%(party)s promised: “%(subject)s”%(due)s."),
    "commitment_moved": gettext_lazy(
        "%(party)s got a later day for “%(subject)s”: %(due_on)s instead of %(was_on)s%(because_of)s."
    ),
    "commitment_kept": gettext_lazy("%(party)s kept the promise “%(subject)s”."),
    "commitment_broken": gettext_lazy("%(party)s's promise “%(subject)s” was broken%(breach)s%(because_of)s."),
    "commitment_unsettled": gettext_lazy(
        "%(party)s's promise “%(subject)s” stands open: it was not %(settled)s, as recorded on %(was_on)s (%(why)s)."
    ),
    "change_proposed": gettext_lazy("%(party)s proposed a change of the plan: %(wanted)s%(in_step)s%(because_of)s."),
    "proposal_accepted": gettext_lazy("A proposal was accepted (%(party)s: %(wanted)s%(in_step)s)."),
    "proposal_rejected": gettext_lazy("A proposal was rejected (%(party)s: %(wanted)s%(in_step)s)%(because_of)s."),
    "proposal_retracted": gettext_lazy("%(party)s took a proposal back: %(wanted)s%(in_step)s."),
    "proposal_replaced": gettext_lazy("A newer proposal replaced an older one: %(code)s%(in_step)s."),
    "party_told": gettext_lazy("%(party)s was told of a change, %(how)s: %(change)s."),
    "mentor_assigned": gettext_lazy("%(mentor)s became mentor in “%(subject)s”."),
    "mentor_removed": gettext_lazy("%(mentor)s was taken out as mentor in the draft of “%(subject)s”."),
    "mentor_confirmed": gettext_lazy("%(mentor)s, mentor in “%(subject)s”, confirmed confidentiality."),
    "mentor_unconfirmed": gettext_lazy(
        "%(mentor)s, mentor in “%(subject)s”, had not confirmed confidentiality, as recorded on %(was_on)s (%(why)s)."
    ),
    "mentor_replaced": gettext_lazy("%(mentor)s became mentor in “%(subject)s” in the place of %(was)s."),
    "mentor_stopped": gettext_lazy("%(mentor)s stopped as mentor in “%(subject)s”."),
    "mentor_ended": gettext_lazy("%(mentor)s's support as mentor in “%(subject)s” ended with the package."),
    "contact_recorded": gettext_lazy("A conversation was noted: %(contact_kind)s with %(party)s."),
    "progress_measured": gettext_lazy("Progress was measured, answered by: %(by)s."),
    "progress_corrected": gettext_lazy("A measure of progress was corrected, answered by: %(by)s."),
    "note_written": gettext_lazy("A note was written in the journal."),
    "note_corrected": gettext_lazy("A note of the journal was corrected."),
    "package_ended": gettext_lazy("The package toward “%(subject)s” ended: %(outcome)s."),
    "job_found": gettext_lazy("The package led to a job: %(outcome)s%(job)s."),
    "job_corrected": gettext_lazy(
        "The job that the package led to was corrected: %(outcome)s%(job)s; recorded before were %(was)s and the first"
        " day %(was_on)s (%(why)s)."
    ),
    "aftercare_used": gettext_lazy("Aftercare was used by %(called_by)s: %(topic)s."),
    "aftercare_ended": gettext_lazy("Aftercare ended by wish."),
    "aftercare_agreed": gettext_lazy("Aftercare was agreed until %(until)s."),
    "aftercare_extended": gettext_lazy("Aftercare was extended until %(until)s instead of %(was_on)s%(because_of)s."),
    "aftercare_end_undone": gettext_lazy(
        "Aftercare had not ended by wish, as recorded on %(was_on)s (%(why)s); it goes on until %(until)s."
    ),
    "aftercare_followed": gettext_lazy(
        "Aftercare followed the job's first day: %(starts_on)s – %(until)s instead of %(was_from)s – %(was_on)s."  # noqa: RUF001
    ),
    "aftercare_resumed": gettext_lazy("Aftercare was taken up again, until %(until)s."),
}
"""Every kind of event that is told about a citizen. A test holds it against history.kinds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the history."""

    day: date
    text: str
    by: str


def told(event: Event, names: Names) -> Line:
    """An event as a sentence with its day and who did it."""
    words = _Words({name: _word(event, name, value, names) for name, value in event.data.items()})
    thing = names.thing(event.subject, on=event.effective_on) or Thing("", "")
    words |= {"subject": thing.name or _unnamed(event), "beside": thing.beside or _("not recorded")}
    words |= {name: make(event, thing, names) for name, make in MADE.items()}
    text = str(TOLD[event.kind]) % words
    by = (names.users.get(event.actor) if event.actor else None) or _nobody_signed_in(event)
    return Line(event.effective_on, text[:1].upper() + text[1:], by)


def _nobody_signed_in(event: Event) -> str:
    """The company answers by a link; all else that nobody did, the system did."""
    return _("the company") if event.kind == CardHandedIn.code() else _("the system")


class _Words(dict[str, object]):
    """What an event of before a kind got the field does not say."""

    def __missing__(self, name: str) -> str:
        return _("not recorded")


def _word(event: Event, name: str, value: object, names: Names) -> object:
    if name in PEOPLE:
        return names.users.get(parse_ref(value), _("a former user")) if value else _("nobody")  # type: ignore[arg-type]
    if name in THINGS and (ref := parse_ref(value)) is not None:
        return _thing(names.thing(ref, on=event.effective_on))
    if not isinstance(value, str):
        return value
    day = parse_day(value)
    return _day(day) if day else code_label(value)


def _thing(thing: Thing | None) -> str:
    """What is deleted has no name any more: a step that never was agreed."""
    if thing is None or not thing.name:
        return _("no longer in the plan")
    return thing.name


def _unnamed(event: Event) -> str:
    """What stands for the name of something that is gone."""
    kind = event.data.get("step_kind")
    return code_label(kind) if kind else _("no longer in the plan")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _data_day(event: Event, name: str) -> date | None:
    return parse_day(event.data.get(name))


def _last(event: Event, name: str = "ends_on") -> str:
    """The last day of what ends before a day."""
    end = _data_day(event, name)
    return _day(end - timedelta(days=1)) if end else ""


def _kind(event: Event, thing: Thing, _names: Names) -> str:
    """The kind of a step, unless its title says it already."""
    kind = code_label(event.data.get("step_kind") or "")
    return "" if not thing.name or thing.name.casefold() == kind.casefold() else f" ({kind})"


def _days(event: Event, _thing: Thing, _names: Names) -> str:
    first, last = _data_day(event, "starts_on"), _last(event)
    return ", " + _("from %(first)s to %(last)s") % {"first": _day(first), "last": last} if first and last else ""


def _instead(event: Event, _thing: Thing, _names: Names) -> str:
    first, last = _data_day(event, "was_from"), _last(event, "was_until")
    if not last:
        return ""
    was = f"{_day(first)} – {last}" if first else last  # noqa: RUF001  # a Danish dash
    return " " + _("instead of %(was)s") % {"was": was}


def _tail(name: str, words: Promise | str) -> Callable[[Event, Thing, Names], str]:
    """A part of the sentence that is only there when the event holds the value."""

    def tail(event: Event, _thing: Thing, names: Names) -> str:
        value = event.data.get(name)
        return str(words) % {"value": _word(event, name, value, names)} if value else ""

    return tail


def _in_step(event: Event, thing: Thing, names: Names) -> str:
    step = names.thing(parse_ref(event.data.get("step")), on=event.effective_on)
    title = step.name if step else thing.beside
    return " " + _("in “%(step)s”") % {"step": title} if title else ""


def _party(event: Event, _thing: Thing, names: Names) -> object:
    """A company that is named by its name."""
    company = names.thing(parse_ref(event.data.get("company")), on=event.effective_on)
    return company.name if company else _word(event, "party", event.data.get("party", _("not recorded")), names)


def _breach(event: Event, _thing: Thing, _names: Names) -> str:
    by, because = event.data.get("broken_by"), event.data.get("because")
    return " " + _("by %(by)s: %(why)s") % {"by": code_label(by), "why": code_label(because)} if by and because else ""


def _signers(event: Event, _thing: Thing, _names: Names) -> str:
    signed = [party for party in ("citizen", "company", "municipality") if event.data.get(f"by_{party}")]
    return ", ".join(code_label(party) for party in signed) or _("nobody")


def _change(event: Event, _thing: Thing, names: Names) -> str:
    change = getattr(event, "told", None) or {}
    about = names.thing(parse_ref(change.get("subject")), on=event.effective_on)
    words = {"about": about.name if about else "", "by": code_label(change.get("party") or "")}
    return str(BESIDE[change["kind"]]) % words if change.get("kind") in BESIDE else _("not recorded")


def _because_of(event: Event, _thing: Thing, _names: Names) -> str:
    """The reason in the words of whoever wrote it, without a full stop of its own."""
    words = (getattr(event, "words", "") or "").strip().rstrip(".")
    return f": “{words}”" if words else ""


def _job(event: Event, _thing: Thing, _names: Names) -> str:
    job = getattr(event, "job", None) or {}
    if not job:
        return ""
    hours, day = job.get("weekly_hours"), parse_day(job.get("starts_on"))
    parts = (
        f"“{job['title']}”",
        job.get("place") or "",
        _("%(hours)s hours a week") % {"hours": floatformat(hours)} if hours else "",
        _("from %(day)s") % {"day": _day(day)} if day else "",
    )
    return ", " + ", ".join(part for part in parts if part)


MADE: Mapping[str, Callable[[Event, Thing, Names], object]] = {
    "kind": _kind,
    "last": lambda event, _thing, _names: _last(event),
    "days": _days,
    "instead": _instead,
    "in_step": _in_step,
    "breach": _breach,
    "party": _party,
    "signers": _signers,
    "change": _change,
    "because_of": _because_of,
    "job": _job,
    "code": lambda _event, thing, _names: code_label(thing.name),
    "because": lambda _event, thing, _names: f" ({code_label(thing.beside)})" if thing.beside else "",
    "why": lambda event, _thing, _names: code_label(event.data.get("because") or ""),
    "met": lambda event, _thing, _names: _("met") if event.data.get("meets") else _("not met yet"),
    "behalf": _tail("on_behalf", " (%(value)s)"),
    "late": _tail("late", gettext_lazy(", registered afterwards: %(value)s")),
    "due": _tail("due_on", gettext_lazy(", by %(value)s")),
}
"""Words made of what an event holds and names; empty where it says nothing of it."""
