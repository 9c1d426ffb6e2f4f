"""What I dag shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobpakke.access.policies import Act
from jobpakke.citizens.models import Citizen
from jobpakke.continuity.caseload import caseload
from jobpakke.continuity.findings import OF_LEADERS, Finding, FindingKind, findings
from jobpakke.method.coverage import is_covered
from jobpakke.method.progress import Answerer
from jobpakke.packages.models import JobPackage
from jobpakke.web.http import Visitor
from jobpakke.web.journal.forms import AS_INTERVIEW, AS_TALK
from jobpakke.web.labels import FINDING, code_label
from jobpakke.web.proposals.ending import ending_url
from jobpakke.web.proposals.words import standing_words

URGENT = frozenset(
    {
        FindingKind.NO_CASEWORKER,
        FindingKind.CASE_OFFERED,
        FindingKind.GAP_NOW,
        FindingKind.RELAPSE,
        FindingKind.NO_PACKAGE,
    }
)
SOON = frozenset(
    {
        FindingKind.GAP_AHEAD,
        FindingKind.PROPOSAL_OPEN,
        FindingKind.STOP_AGREED,
        FindingKind.COMMITMENT_BROKEN,
        FindingKind.STEP_OVERDUE,
        FindingKind.INTERVIEW_DUE,
        FindingKind.NO_CONTACT,
    }
)
_GAPS = frozenset({FindingKind.GAP_NOW, FindingKind.GAP_AHEAD})


ANSWERS_DUE: Mapping[tuple[Answerer, ...], Promise | str] = {
    tuple(Answerer): gettext_lazy("The answers of citizen and job consultant have been due %(when)s"),
    (Answerer.CITIZEN,): gettext_lazy("The citizen's answers have been due %(when)s"),
    (Answerer.CASEWORKER,): gettext_lazy("The job consultant's answers have been due %(when)s"),
}


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One row: who, what, since when, and the one act. ``citizen`` None: whose pages are not open to the reader;
    ``named`` None: whose name is not, either."""

    citizen: UUID | None
    named: Citizen | None
    name: str
    label: Promise | str
    mark: str
    what: str
    act: str
    url: str
    posted: bool
    """Whether the act is done by a press of a button, not by a page of its own."""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The rows, and the caseload in figures. ``people`` counts who stands in the rows, each once; ``covered`` open
    packages with an activity under way."""

    rows: tuple[TodayRow, ...]
    people: int
    citizens: int
    open_packages: int
    covered: int
    kinds: tuple[tuple[Promise | str, int], ...]


def today_page(who: Visitor) -> TodayPage:
    """Everything for the visitor's caseload on the viewed date."""
    on = who.viewing.on
    cases = caseload(who.user, today=who.viewing.today, on=on)
    found = findings(cases, on=on)
    seen = [case for case in cases if not case.hidden]
    facts = [
        case.running.package_fact(case.running.package.opened_on)
        for case in seen
        if case.running and case.running.package.opened_on and case.running.package.opened_on <= on
    ]
    counted = Counter(finding.kind for finding in found)
    working = who.works(Act.WORK_CASES)
    return TodayPage(
        rows=tuple(_row(finding, on=on, working=working) for finding in found),
        people=len({finding.citizen.pk for finding in found}),
        citizens=len(seen),
        open_packages=len(facts),
        covered=sum(is_covered(fact, on=on) for fact in facts),
        kinds=tuple((FINDING[kind], counted[kind]) for kind in FindingKind if counted[kind]),
    )


def mark_of(kind: FindingKind) -> str:
    """How urgent it is, as a badge shows it."""
    return "error" if kind in URGENT else "warning" if kind in SOON else "info"


def _row(finding: Finding, *, on: date, working: bool) -> TodayRow:
    can_mend = working or finding.kind in OF_LEADERS or finding.news is not None
    act, url, posted = _act(finding) if can_mend else (_("See the staircase"), _citizen_url(finding), False)
    return TodayRow(
        citizen=None if finding.hidden else finding.citizen.ref,
        named=(named := None if _is_unnamed(finding) else finding.citizen),
        name=named.name if named else _("A protected citizen"),
        label=FINDING[finding.kind],
        mark=mark_of(finding.kind),
        what=what(finding, on=on),
        act=act,
        url=url,
        posted=posted,
    )


def _is_unnamed(finding: Finding) -> bool:
    return finding.hidden and finding.citizen.address_protected is not False


def what(finding: Finding, *, on: date) -> str:
    """What needs somebody, and since when or when."""
    days = abs((on - finding.day).days)
    step = finding.step.title if finding.step else ""
    promise = finding.commitment.text if finding.commitment else ""
    proposal = standing_words(finding.proposal, step) if finding.proposal else ""
    since = ngettext("for %(days)s day", "for %(days)s days", days) % {"days": days}
    ahead = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    when = ahead if finding.day > on else since
    source = (finding.news.source if finding.news else "") or _("nobody")
    sentences = {
        FindingKind.NO_CASEWORKER: _("Has no job consultant"),
        FindingKind.CASE_OFFERED: _("Offered by %(source)s; waited %(when)s"),
        FindingKind.CASE_RETURNED: _("%(source)s has sent the case back"),
        FindingKind.CASE_RECEIVED: _("Received from %(source)s"),
        FindingKind.JOB_AHEAD: _("The job begins %(when)s"),
        FindingKind.GAP_NOW: _("Without activity %(when)s"),
        FindingKind.RELAPSE: _("Back on benefit %(when)s after self-support"),
        FindingKind.NO_PACKAGE: _("Without package and job %(when)s") if days else _("Has no package yet"),
        FindingKind.GAP_AHEAD: _("Without activity %(when)s"),
        FindingKind.PROPOSAL_OPEN: _("%(proposal)s. It has waited %(when)s"),
        FindingKind.STOP_AGREED: _("%(proposal)s. It has waited %(when)s"),
        FindingKind.GATE_READY: _("%(step)s: all sub-goals met %(when)s"),
        FindingKind.STEP_READY: _("%(step)s: could have started %(when)s"),
        FindingKind.CARD_IN: _("%(step)s: %(who)s has filled the card in; it has waited %(when)s"),
        FindingKind.CARD_WAITING: _("%(step)s: %(who)s was asked on %(asked)s; the link has run out")
        if finding.card and finding.card.link_until <= on
        else _("%(step)s: %(who)s was asked on %(asked)s and has not filled the card in"),
        FindingKind.PLAN_WAITING: _("Everybody else has said yes; waited %(when)s"),
        FindingKind.PLAN_UNANSWERED: _("The proposal has waited %(when)s for a yes from: %(whom)s"),
        FindingKind.DRAFT_FADING: _("A draft nobody touches; it is removed on %(day)s")
        if finding.day > on
        else _("A draft nobody touches; it is removed the next time the system tidies up"),
        FindingKind.PLAN_DRAFT: _("A draft to go on with, touched last %(when)s ago"),
        FindingKind.STEP_OVERDUE: _("%(step)s: past its end %(when)s"),
        FindingKind.COMMITMENT_BROKEN: _("%(promise)s: broken. Nothing new has been promised %(when)s"),
        FindingKind.COMMITMENT_DUE: _("%(promise)s: due %(when)s")
        if finding.day >= on
        else _("%(promise)s: late %(when)s"),
        FindingKind.INTERVIEW_DUE: _("Job interview %(number)s of at least %(least)s has been due %(when)s"),
        FindingKind.NO_CONTACT: _("A conversation has been due %(when)s"),
        FindingKind.AFTERCARE_CHECK: _("A talk about the job has been due %(when)s"),
        FindingKind.PROGRESS_DUE: ANSWERS_DUE.get(finding.answerers, ""),
    }
    return str(sentences[finding.kind]) % {
        "when": when,
        "step": step,
        "promise": promise,
        "proposal": proposal,
        "source": source,
        "who": finding.card.who if finding.card else "",
        "asked": date_format(finding.card.asked_on, "DATE_FORMAT") if finding.card else "",
        "whom": ", ".join(each.name or code_label(each.voice.side.value) for each in finding.unanswered),
        "number": finding.interviews.held + 1 if finding.interviews else "",
        "least": finding.interviews.least if finding.interviews else "",
        "day": date_format(finding.day, "DATE_FORMAT"),
    }


def _act(finding: Finding) -> tuple[str, str, bool]:
    """The one act that mends it, where it is done, and whether it is posted there."""
    if finding.kind is FindingKind.NO_CASEWORKER:
        return _("Give the case to somebody"), f"{reverse('hand_over')}?fra=ingen", False
    if finding.kind is FindingKind.STOP_AGREED and finding.proposal and finding.package:
        asked, step = finding.proposal, finding.step.step.ref if finding.step else None
        return _("End it"), ending_url(finding.package.ref, step, asked.day, asked.end_reason), False
    if finding.kind in _GAPS and finding.package and not finding.step:
        return _to_the_plan(finding.package)
    words, name, subject = _ACTS.get(finding.kind, _SEE)
    ref = subject(finding)
    if ref is None:
        words, name, ref = *_SEE[:2], finding.citizen.ref
    back = f"?som={_talk(finding)}&tilbage={reverse('today')}" if name == "write_note" else ""
    return str(words), f"{reverse(name, args=[ref])}{back}", False


def _talk(finding: Finding) -> str:
    return AS_INTERVIEW if finding.kind is FindingKind.INTERVIEW_DUE else AS_TALK


def _to_the_plan(package: JobPackage) -> tuple[str, str, bool]:
    """Where a step is laid into a gap: the draft that goes on, or a new one, which a press begins."""
    if package.unsettled_ref:
        return _("See the plan"), reverse("plan", args=[package.unsettled_ref]), False
    return _("Change the plan"), reverse("reopen_plan", args=[package.ref]), True


def _of_step(finding: Finding) -> UUID | None:
    return finding.step.step.ref if finding.step else None


def _of_version(finding: Finding) -> UUID | None:
    return finding.package.unsettled_ref if finding.package else None


def _of_promise(finding: Finding) -> UUID | None:
    return finding.commitment.ref if finding.commitment else None


def _of_news(finding: Finding) -> UUID | None:
    return finding.news.ref if finding.news else None


def _of_proposal(finding: Finding) -> UUID | None:
    return finding.proposal.ref if finding.proposal else None


def _of_card(finding: Finding) -> UUID | None:
    return finding.card.ref if finding.card else None


def _of_package(finding: Finding) -> UUID | None:
    return finding.package.ref if finding.package else None


def _of_citizen(finding: Finding) -> UUID | None:
    return finding.citizen.ref


ActLine = tuple[Promise | str, str, Callable[[Finding], UUID | None]]
_SEE: ActLine = (gettext_lazy("See the staircase"), "citizen", _of_citizen)
_ACTS: Mapping[FindingKind, ActLine] = {
    FindingKind.CASE_OFFERED: (gettext_lazy("Answer"), "accept_transfer", _of_news),
    FindingKind.CASE_RETURNED: (gettext_lazy("See why"), "sent_case", _of_news),
    FindingKind.CASE_RECEIVED: (gettext_lazy("See what was pending"), "received_case", _of_news),
    FindingKind.JOB_AHEAD: (gettext_lazy("Note the conversation"), "write_note", _of_citizen),
    FindingKind.GAP_NOW: (gettext_lazy("Start the step"), "start_step", _of_step),
    FindingKind.RELAPSE: (gettext_lazy("Begin a job package"), "new_package", _of_citizen),
    FindingKind.NO_PACKAGE: (gettext_lazy("Begin a job package"), "new_package", _of_citizen),
    FindingKind.PROPOSAL_OPEN: (gettext_lazy("Answer"), "proposal", _of_proposal),
    FindingKind.GATE_READY: (gettext_lazy("Fulfil the step"), "fulfil_step", _of_step),
    FindingKind.STEP_READY: (gettext_lazy("Start the step"), "start_step", _of_step),
    FindingKind.STEP_OVERDUE: (gettext_lazy("End the step"), "end_step", _of_step),
    FindingKind.CARD_IN: (gettext_lazy("Read the card"), "card", _of_card),
    FindingKind.CARD_WAITING: (gettext_lazy("Remind the company"), "card", _of_card),
    FindingKind.PLAN_WAITING: (gettext_lazy("Approve the plan"), "approve_plan", _of_version),
    FindingKind.PLAN_UNANSWERED: (gettext_lazy("Record the answers"), "plan", _of_version),
    FindingKind.DRAFT_FADING: (gettext_lazy("Go on with the draft"), "plan", _of_version),
    FindingKind.PLAN_DRAFT: (gettext_lazy("Go on with the draft"), "plan", _of_version),
    FindingKind.COMMITMENT_BROKEN: (gettext_lazy("Record a promise"), "make_commitment", _of_package),
    FindingKind.COMMITMENT_DUE: (gettext_lazy("Settle the promise"), "settle_commitment", _of_promise),
    FindingKind.INTERVIEW_DUE: (gettext_lazy("Note the job interview"), "write_note", _of_citizen),
    FindingKind.NO_CONTACT: (gettext_lazy("Note the conversation"), "write_note", _of_citizen),
    FindingKind.AFTERCARE_CHECK: (gettext_lazy("Note the conversation"), "write_note", _of_citizen),
    FindingKind.PROGRESS_DUE: (gettext_lazy("Answer now"), "measure_progress", _of_citizen),
}


def _citizen_url(finding: Finding) -> str:
    return reverse("citizen", args=[finding.citizen.ref])
