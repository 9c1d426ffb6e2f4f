"""What the rows say of the events of a page: reasons in words and the job; events themselves hold codes and refs only.

Annotated on the events, so that a page of them costs no query more. What was corrected since is told as it stood when
the event was recorded.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, DateField, F, JSONField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KT, KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from jobpakke.history.models import Event
from jobpakke.packages.models import (
    AcceptedWarning,
    AftercareExtension,
    Commitment,
    CommitmentMove,
    Corrected,
    Correction,
    Job,
    PlanVersion,
    Proposal,
    Telling,
    Waiver,
)

JOB_KINDS = ("job_found", "job_corrected")
"""Kinds of event that tell of the job of a package."""


def with_words(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each with ``told`` (of a change that a party was told: its kind, subject and party), ``words`` (the reason, or
    what somebody wrote) and ``job`` (title, place, starts_on, weekly_hours)."""
    return events.annotate(told=_told(), words=_words(), job=_job())


def _told() -> Subquery:
    rows = Telling.objects.filter(ref=OuterRef("subject"))
    change = JSONObject(kind="event__kind", subject="event__subject", party=KeyTextTransform("party", "event__data"))
    return Subquery(rows.annotate(change=change).values("change")[:1])


def _words() -> Case:
    rows: dict[str, Any] = {
        "gate_waived": Coalesce(
            _before(Corrected.WAIVER, KT("was__reason")),
            _newest(Waiver.objects.filter(step__ref=OuterRef("subject")), "reason"),
        ),
        "warning_accepted": _newest(_accepted(), "reason"),
        "commitment_moved": _newest(
            CommitmentMove.objects.filter(commitment__ref=OuterRef("subject"), due_on=_day("due_on")), "reason"
        ),
        "commitment_broken": Coalesce(
            _before(Corrected.PROMISE, KT("was__broken_words")),
            _newest(Commitment.objects.filter(ref=OuterRef("subject")), "broken_words"),
        ),
        "proposal_rejected": _newest(Proposal.objects.filter(ref=OuterRef("subject")), "answer_reason"),
        "change_proposed": _newest(Proposal.objects.filter(ref=OuterRef("subject")), "reason"),
        "plan_proposed": _newest(PlanVersion.objects.filter(ref=OuterRef("subject")), "reason"),
        "aftercare_extended": _newest(
            AftercareExtension.objects.filter(aftercare__ref=OuterRef("subject"), until=_day("until")), "reason"
        ),
    }
    whens = [When(kind=kind, then=reason) for kind, reason in rows.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def _accepted() -> QuerySet[AcceptedWarning]:
    """The acceptance of the event: the newest of the limit in the step by then."""
    return AcceptedWarning.objects.filter(
        step=OuterRef("subject"), code=_held("rule"), recorded_at__lte=OuterRef("recorded_at")
    )


def _job() -> Case:
    rows = Job.objects.filter(ref=OuterRef("subject"))
    now = JSONObject(
        title=F("title"),
        place=Coalesce("workplace__name", "employer"),
        starts_on=Cast("starts_on", CharField()),
        weekly_hours=Cast("weekly_hours", CharField()),
    )
    job = Coalesce(
        _before(Corrected.JOB, F("was"), JSONField()),
        Subquery(rows.annotate(now=now).values("now")[:1]),
        output_field=JSONField(),
    )
    return Case(When(kind__in=JOB_KINDS, then=job), default=None, output_field=JSONField())


def _before(what: Corrected, said: Any, kind: Any = None) -> Subquery:
    """What the subject of an event said until it was corrected after the event; null where it was not."""
    rows = Correction.objects.filter(
        what=what, subject=OuterRef("subject"), recorded_at__gt=OuterRef("recorded_at")
    ).order_by("recorded_at", "pk")
    return Subquery(rows.annotate(said=said).values("said")[:1], output_field=kind or CharField())


def _newest(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by("-pk").values(column)[:1])


def _held(name: str) -> Any:
    """What the data of the event hold under a name."""
    return KeyTextTransform(name, OuterRef("data"))


def _day(name: str) -> Any:
    return Cast(_held(name), DateField())
