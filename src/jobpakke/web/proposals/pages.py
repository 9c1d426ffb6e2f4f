"""What the pages of proposals and of telling show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jobpakke.history.kinds import (
    CommitmentBroken,
    CommitmentMade,
    CommitmentMoved,
    CommitmentUnsettled,
    MentorAssigned,
    MentorReplaced,
    MentorStopped,
    PlanAgreed,
    WorkplaceChanged,
)
from jobpakke.method.agreement import Voice
from jobpakke.method.changes import Effect
from jobpakke.method.proposals import ProposalState, Wanted, state_on
from jobpakke.packages.models import JobPackage, PlannedStep, PlanVersion, Proposal
from jobpakke.packages.models.proposal import ProposalQuerySet
from jobpakke.packages.proposals import proposal_fact
from jobpakke.packages.telling import ANOTHER_CASEWORKER, Untold, untold
from jobpakke.web.http import Visitor, seen_or_404
from jobpakke.web.labels import PROPOSAL, PROPOSAL_MARKS, label, party_label
from jobpakke.web.plans.speaking import key_of
from jobpakke.web.proposals.words import proposal_words


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal with its answer, as it stood on a date."""

    ref: UUID
    what: str
    reason: str
    made_on: date
    how: str
    by: str
    state: Promise | str
    mark: str
    waits: bool
    answered_on: date | None
    answered_by: str
    answer_reason: str
    led_to: PlanVersion | None
    lost: bool
    """Accepted, but the draft it was made in was thrown away."""


@dataclass(frozen=True, slots=True)
class TellLine:
    """A change that a party, or one company, is still to hear of; ``key`` names both in a form."""

    event: UUID
    voice: Voice
    key: str
    what: str
    party: str
    day: date
    acknowledge: bool

    @property
    def words(self) -> str:
        """As one chooses it."""
        return f"{self.party}: {self.what}"


def proposals_of(package: JobPackage, *, on: date) -> tuple[ProposalLine, ...]:
    """Every proposal made by the date, the newest first; one query."""
    rows = _with_titles(Proposal.objects.filter(package=package, made_on__lte=on))
    return tuple(line_of(row, on=on) for row in rows)


def proposal_or_404(who: Visitor, ref: UUID) -> Proposal:
    """A proposal that the visitor may see, with what its page needs. Raises Http404."""
    rows = Proposal.objects.visible_to(who.user, on=who.viewing.today)
    return seen_or_404(_with_titles(rows).select_related("package__citizen__municipality"), ref)


def _with_titles(rows: ProposalQuerySet) -> ProposalQuerySet:
    """Each with ``title``: what the agreed plan calls its step."""
    agreed = PlannedStep.objects.filter(step=OuterRef("step"), version__effective_on__isnull=False)
    named = agreed.order_by("-version__number").values("title")[:1]
    titled = rows.annotate(title=Subquery(named))
    return titled.select_related("package", "company", "step", "recorded_by", "answered_by", "led_to")


def title_of(row: Proposal) -> str:
    """What its step is called; empty for the whole package."""
    return getattr(row, "title", None) or ""


def line_of(row: Proposal, *, on: date) -> ProposalLine:
    """One proposal as it stood on the date."""
    state = state_on(proposal_fact(row), on=on)
    answered = state not in (ProposalState.WAITING, ProposalState.LAPSED)
    drafted = state is ProposalState.ACCEPTED and row.wanted != Wanted.STOP.value
    return ProposalLine(
        ref=row.ref,
        what=proposal_words(row, title_of(row)),
        reason=row.reason,
        made_on=row.made_on,
        how=row.get_how_display() if row.how else "",
        by=row.recorded_by.full_name,
        state=PROPOSAL[state],
        mark=PROPOSAL_MARKS[state],
        waits=state is ProposalState.WAITING,
        answered_on=row.answered_on if answered else None,
        answered_by=row.answered_by.full_name if answered and row.answered_by else "",
        answer_reason=row.answer_reason if answered else "",
        led_to=row.led_to if answered else None,
        lost=drafted and row.led_to is None,
    )


BESIDE: Mapping[str, Promise | str] = {
    MentorAssigned.code(): gettext_lazy("a mentor in “%(about)s”"),
    MentorReplaced.code(): gettext_lazy("another mentor in “%(about)s”"),
    MentorStopped.code(): gettext_lazy("a mentor stops in “%(about)s”"),
    CommitmentMade.code(): gettext_lazy("a promise of %(by)s: “%(about)s”"),
    CommitmentMoved.code(): gettext_lazy("a later day for a promise of %(by)s: “%(about)s”"),
    CommitmentBroken.code(): gettext_lazy("a promise of %(by)s was broken: “%(about)s”"),
    CommitmentUnsettled.code(): gettext_lazy("a promise of %(by)s was not broken after all: “%(about)s”"),
    **dict.fromkeys(ANOTHER_CASEWORKER, gettext_lazy("another job consultant")),
    WorkplaceChanged.code(): gettext_lazy("another contact person at %(about)s"),
    PlanAgreed.code(): gettext_lazy("a new version of the plan in which the company has no step any more"),
}


def to_tell(package: JobPackage, *, on: date) -> tuple[TellLine, ...]:
    """What is still to be told in a package as of the date."""
    return tuple(_tell_line(each) for each in untold(package, on=on))


def _tell_line(each: Untold) -> TellLine:
    by = each.event.data.get("party")
    what = str(BESIDE[each.event.kind]) % {"about": each.about, "by": label(by).lower() if by else ""}
    return TellLine(
        event=each.event.ref,
        voice=each.to_tell.voice,
        key=f"{each.event.ref}|{key_of(each.to_tell.voice)}",
        what=what,
        party=party_label(each.to_tell.party.value, each.company),
        day=each.to_tell.change.day,
        acknowledge=each.to_tell.effect is Effect.ACKNOWLEDGE,
    )
