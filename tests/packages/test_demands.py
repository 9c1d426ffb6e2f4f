"""What a sub-goal asks of its evidence, and evidence that says too little."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refused
from jobpakke.method.evidence import Demand, why_not_ask, why_not_show
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import Evidence, PlannedStep, SubGoal
from jobpakke.packages.services import (
    add_sub_goal,
    duplicate_step,
    lay_step,
    record_evidence,
    start_step,
)
from jobpakke.packages.services.plan.checks import StepFacts
from tests.builders import Cast, approve, draft

numbers = st.none() | st.integers(-2, 103)


@given(st.sampled_from(EvidenceKind), numbers, numbers)
def test_what_may_be_asked(kind: EvidenceKind, share: int | None, level: int | None) -> None:
    fits = {
        EvidenceKind.ATTENDANCE: level is None and (share is None or share in range(1, 101)),
        EvidenceKind.CARD_LEVEL: share is None and (level is None or level in range(1, 6)),
    }
    allowed = fits.get(kind, share is None and level is None)
    assert bool(why_not_ask(kind, Demand(share, level))) == (not allowed)


@given(st.sampled_from(EvidenceKind), st.none() | st.integers(1, 100), numbers, st.booleans())
def test_what_is_enough(kind: EvidenceKind, asked: int | None, shown: int | None, meets: bool) -> None:
    counted = {EvidenceKind.ATTENDANCE: range(101), EvidenceKind.CARD_LEVEL: range(1, 6)}
    demand = Demand()
    if kind is EvidenceKind.ATTENDANCE:
        demand = Demand(share=asked)
    elif kind is EvidenceKind.CARD_LEVEL and asked:
        demand = Demand(level=asked % 5 + 1)
    least = demand.least
    said_well = shown is None or shown in counted.get(kind, ())
    enough = not meets or least is None or (shown is not None and shown >= least)
    assert bool(why_not_show(kind, demand, shown, meets=meets)) == (not (said_well and enough))


def laid(cast: Cast) -> PlannedStep:
    stairs = draft(cast.bo, cast.her, today())
    facts = StepFacts(StepKind.OWN_WORDS, "Værksted", today(), today().replace(year=today().year + 1))
    return lay_step(actor=cast.bo, version=stairs.version, facts=facts, on=today())


@pytest.mark.django_db
def test_attendance_below_what_was_asked_is_not_met(cast: Cast) -> None:
    planned = laid(cast)
    common: dict[str, Any] = {"actor": cast.bo, "planned": planned, "on": today()}
    with pytest.raises(Refused, match="DEMAND_OF_ANOTHER_KIND"):
        add_sub_goal(title="A", evidence_kind=EvidenceKind.STATEMENT, demand=Demand(share=90), **common)
    with pytest.raises(Refused, match="SHARE_OUT_OF_RANGE"):
        add_sub_goal(title="A", evidence_kind=EvidenceKind.ATTENDANCE, demand=Demand(share=101), **common)
    with pytest.raises(Refused, match="LEVEL_OUT_OF_SCALE"):
        add_sub_goal(title="A", evidence_kind=EvidenceKind.CARD_LEVEL, demand=Demand(level=6), **common)
    add_sub_goal(title="Møder", evidence_kind=EvidenceKind.ATTENDANCE, demand=Demand(share=90), **common)
    add_sub_goal(title="Kan", evidence_kind=EvidenceKind.CARD_LEVEL, demand=Demand(None, 3, "Kassen"), **common)
    copy = duplicate_step(actor=cast.bo, planned=planned, on=today())
    assert [goal.demand for goal in copy.sub_goals.all()] == [Demand(share=90), Demand(None, 3, "Kassen")]
    approve(cast.bo, planned.version, today())
    planned.step.package.refresh_from_db()
    start_step(actor=cast.bo, step=planned.step, started_on=today(), on=today())
    goals = planned.sub_goals.select_related("step__package__citizen")
    share, level = goals.get(title="Møder"), goals.get(title="Kan")
    shown: dict[str, Any] = {"actor": cast.bo, "shown_on": today(), "on": today()}
    with pytest.raises(Refused, match="SHOWN_NUMBER_MISSING"):
        record_evidence(sub_goal=share, meets=True, **shown)
    with pytest.raises(Refused, match="SHOWN_TOO_LITTLE"):
        record_evidence(sub_goal=share, meets=True, shown=89, **shown)
    with pytest.raises(Refused, match="LEVEL_OUT_OF_SCALE"):
        record_evidence(sub_goal=level, meets=False, shown=6, **shown)
    record_evidence(sub_goal=share, meets=False, shown=89, **shown)
    record_evidence(sub_goal=share, meets=True, shown=90, **shown)
    record_evidence(sub_goal=level, meets=True, shown=3, **shown)
    assert list(Evidence.objects.order_by("pk").values_list("shown", flat=True)) == [89, 90, 3]


@pytest.mark.django_db
def test_a_statement_has_no_number_and_the_database_says_so_of_sub_goals(cast: Cast) -> None:
    stairs = draft(cast.bo, cast.her)
    assert [each.code for each in why_not_show(EvidenceKind.STATEMENT, Demand(), 3, meets=True)] == [
        "SHOWN_NUMBER_NOT_ASKED"
    ]
    for columns, name in (({"share": 50}, "subgoal_share"), ({"level": 2}, "subgoal_level")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            SubGoal.objects.filter(pk=stairs.goal.pk).update(**columns)


@pytest.mark.django_db
def test_the_forms_ask_what_fits_and_the_gate_says_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.bo)
    planned = laid(cast)
    goal = {"title": "Møder", "evidence": "attendance", "share": "85", "which": ""}
    assert client.post(reverse("add_sub_goal", args=[planned.ref]), goal).status_code == 302
    assert "mindst 85 %" in client.get(reverse("plan", args=[planned.version.ref])).content.decode()
    edit = client.get(reverse("edit_step", args=[planned.ref])).content.decode()
    assert "mindst 85 %" in edit
    assert 'name="level"' in edit
    approve(cast.bo, planned.version, today())
    planned.step.package.refresh_from_db()
    start_step(actor=cast.bo, step=planned.step, started_on=today(), on=today())
    url = reverse("record_evidence", args=[planned.sub_goals.get().ref])
    assert "Fremmøde i procent" in client.get(url).content.decode()
    low = client.post(url, {"day": today(), "meets": "yes", "shown": "80", "remark": "", "late": ""})
    assert (low.status_code, "80" in low.content.decode()) == (422, True)
    assert client.post(url, {"day": today(), "meets": "no", "shown": "80", "late": ""}).status_code == 302
    assert "80 %" in client.get(url).content.decode()
