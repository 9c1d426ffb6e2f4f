"""The history names what each of its sentences is about."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from jobpakke.citizens.models import LimitKind, OtherReason, Status, TargetGroupScheme
from jobpakke.citizens.services import (
    end_wish,
    hand_over,
    record_limit,
    record_status,
    record_wish,
    set_target_group,
)
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.companies.services import name_mentor
from jobpakke.history.kinds import KINDS, payload
from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from jobpakke.packages.models import EndReason, LateReason, Party, PlannedStep
from jobpakke.packages.services import (
    assign_mentor,
    end_step,
    extend_step,
    make_commitment,
    record_evidence,
    reopen_plan,
    start_step,
)
from jobpakke.web.citizens.history import TOLD, told
from jobpakke.web.citizens.naming import PEOPLE, THINGS, Names, Thing
from tests.builders import Cast, agreed, workplace
from tests.web.test_pages import client, text

WITHOUT_NAME = {
    "citizen_registered": "the citizen, whose page it is",
    "protection_changed": "the citizen, whose page it is",
    "target_group_set": "named by its group",
    "job_found": "named by the outcome, and the job as the row says",
    "job_corrected": "named by the outcome, and the job as the row says",
    "commitment_removed": "the promise is gone",
    "paper_told": "named by its number",
    "status_retracted": "named by the status itself",
    "plan_reopened": "named by its number",
    "draft_forgotten": "named by its number",
    "draft_discarded": "named by its number",
    "plan_withdrawn": "named by its number",
    "staircase_laid": "named by the version's number",
    "signed_copy_filed": "named by the version's number",
    "signed_copy_withdrawn": "named by the version's number",
    "signed_copy_wiped": "named by the version's number",
    "story_written": "named by its number",
    "story_asked": "named by its number",
    "story_consented": "named by its number",
    "story_withdrawn": "named by its number",
    "contact_recorded": "named by how and with whom; its text stands in the journal",
    "note_written": "its text stands in the journal",
    "note_corrected": "its text stands in the journal",
    "progress_measured": "named by who answered",
    "progress_corrected": "named by who answered",
    "aftercare_used": "named by who called about what",
    "aftercare_ended": "one a package",
    "aftercare_agreed": "named by its day",
    "aftercare_extended": "named by its days",
    "aftercare_resumed": "named by its day",
    "aftercare_end_undone": "named by its day",
    "aftercare_followed": "named by its days",
}
"""Kinds whose subject has no name of its own, and why."""


def example(code: str) -> tuple[Event, Names, set[str]]:
    """An event of the kind with every field filled, what its refs are called, and what the sentence must name."""
    subject, actor = uuid4(), uuid4()
    users, things = {actor: "Bo"}, {subject: Thing("NAVNET", "STEDET")}
    values: dict[str, Any] = {}
    wanted: set[str] = set()
    for number, each in enumerate(fields(cast(Any, KINDS[code])), start=1):
        kind = str(each.type)
        if "UUID" in kind:
            ref = uuid4()
            values[each.name] = ref
            if each.name in PEOPLE:
                users[ref] = f"Person{number}"
                wanted.add(f"Person{number}")
            elif each.name in THINGS:
                things[ref] = Thing(f"TING{number}", "")
                wanted |= {f"TING{number}"} - {"TING1" if each.name == "by" else ""}
        elif "date" in kind:
            values[each.name] = date(2026, 3, number)
        elif "bool" in kind:
            values[each.name] = True
        elif "int" in kind:
            values[each.name] = number
        else:
            values[each.name] = "citizen"
    event = Event(
        kind=code,
        actor=actor,
        subject=subject,
        about=uuid4(),
        effective_on=date(2026, 3, 1),
        data=payload(KINDS[code](**values)),
    )
    event.told = {"kind": "commitment_made", "subject": str(subject), "party": "company"}  # type: ignore[attr-defined]
    return event, Names(users, things), wanted


@pytest.mark.parametrize("code", sorted(TOLD))
def test_every_kind_names_its_subject(code: str) -> None:
    event, names, wanted = example(code)
    line = told(event, names).text
    assert "%" not in line
    assert all(name in line for name in wanted), line
    named = any(mark in line for mark in ("NAVNET", "TING", "STEDET", "navnet"))
    assert named or code in WITHOUT_NAME or wanted, line
    assert not (named and code in WITHOUT_NAME), "it has a name after all"


@pytest.mark.parametrize("code", sorted(TOLD))
def test_a_kind_tells_what_is_gone_and_what_an_older_event_did_not_hold(code: str) -> None:
    event, _names, _wanted = example(code)
    needed = {each.name for each in fields(cast(Any, KINDS[code])) if each.default is MISSING}
    event.data = {name: value for name, value in event.data.items() if name in needed}
    event.told = None  # type: ignore[attr-defined]
    line = told(event, Names()).text
    assert "%" not in line
    assert "  " not in line
    assert not any(isinstance(value, str) and _is_ref(value) and value in line for value in event.data.values())


def _is_ref(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


@pytest.mark.django_db
def test_a_life_is_told_with_names(cast: Cast) -> None:
    on = today()
    since = on - timedelta(days=30)
    place = workplace(cast.bo, cast.here)
    stairs = agreed(cast.bo, cast.her, since)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=since, on=on, late_reason=LateReason.TOLD_LATE)
    mentor = name_mentor(actor=cast.bo, workplace=place, name="Mette Mentor", phone="", on=on)
    assign_mentor(actor=cast.bo, step=stairs.first.step, mentor=mentor, starts_on=on, confidentiality_on=on, on=on)
    promise = make_commitment(
        actor=cast.bo, package=stairs.package, party=Party.COMPANY, text="Et hygiejnekursus", due_on=on, on=on
    )
    record_evidence(actor=cast.bo, sub_goal=stairs.goal, meets=True, shown_on=on, on=on)
    wish = record_wish(actor=cast.bo, citizen=cast.her, text="Butik i byen", on=since)
    end_wish(actor=cast.bo, wish=wish, ended_on=on, on=on)
    record_limit(actor=cast.bo, citizen=cast.her, kind=LimitKind.HOURS, text="Kun om dagen", on=on)
    facts = StatusFacts(Status.OTHER, on, reason=OtherReason.MATERNITY)
    record_status(actor=cast.bo, citizen=cast.her, facts=facts, on=on)
    set_target_group(actor=cast.bo, citizen=cast.her, scheme=TargetGroupScheme.MATCH_GROUP, group="2", on=on)
    draft = reopen_plan(actor=cast.bo, package=stairs.package, on=on)
    later = PlannedStep.objects.get(version=draft, step=stairs.second.step)
    extend_step(actor=cast.bo, planned=later, ends_on=later.ends_on + timedelta(days=7), seen=later.edits, on=on)
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=on, reason=EndReason.CITIZEN_WITHDREW, on=on)
    page = text(client("bo").get(reverse("history", args=[cast.her.ref])))
    for words in (
        "Mette Mentor blev mentor i",
        f"gav tilsagn: “{promise.text}”",
        "Butik i byen",
        "Kun om dagen",
        stairs.goal.title,
        "barsel",
        "blev forlænget",
        "i stedet for",
        "registreret bagefter",
    ):
        assert words in page, words
    assert page.count(stairs.first.title) > 3
    hand_over(actor=cast.bo, citizens=[cast.her], giver=cast.bo, receiver=cast.erik, starts_on=on, note="", on=on)
    page = text(client("erik").get(reverse("history", args=[cast.her.ref])))
    assert "overdraget fra Bo til Erik" in page
