"""Copying a ready-made staircase and changing it, by plain forms."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.packages.models import StaircaseTemplate
from jobpakke.packages.ready_made import shipped, steps_of
from tests.builders import Cast

pytestmark = pytest.mark.django_db
CODE, SOURCE = next(iter(shipped().items()))


@pytest.fixture
def bo(client: Client, cast: Cast) -> Client:
    client.force_login(cast.bo)
    return client


def steps() -> list[str]:
    return [step.title for step in steps_of(StaircaseTemplate.objects.get().steps)]


def test_from_one_that_comes_with_the_program_to_our_own(bo: Client) -> None:
    copy = f"{reverse('copy_staircase')}?fra={CODE}"
    assert copy in bo.get(reverse("own_staircases")).content.decode()
    answer = bo.post(copy, {"name": "Vores"})
    row = StaircaseTemplate.objects.get()
    page = reverse("own_staircase", args=[row.ref])
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert bo.post(copy, {"name": "Vores"}).status_code == 422
    assert bo.get(f"{reverse('copy_staircase')}?fra={row.ref}").status_code == 200
    assert bo.get(f"{reverse('copy_staircase')}?fra=findes-ikke").status_code == 404
    add = reverse("add_ready_step", args=[row.ref])
    step = {"seen": 0, "kind": "upskilling", "title": "Truckkursus", "weeks": 2, "hours": "30,5", "needs": ["0"]}
    goal = {"goal_0": "Truckbevis", "shown_0": "certificate", "which_0": "B", "goal_1": "", "shown_1": "statement"}
    share = {"goal_0": "Kommer", "shown_0": "attendance", "least_0": "95"}
    assert bo.post(add, {**step, **goal}).status_code == 302
    last = list(steps_of(StaircaseTemplate.objects.get().steps))[-1]
    assert (last.title, last.hours, last.needs, last.sub_goals[0].title) == ("Truckkursus", 30.5, (0,), "Truckbevis")
    assert bo.post(add, {**step, **goal}).status_code == 422, "somebody else has changed it meanwhile"
    number = len(SOURCE.steps) + 1
    edit = f"{reverse('edit_ready_step', args=[row.ref])}?trin={number}"
    shown = bo.get(edit).content.decode()
    assert 'value="Truckbevis"' in shown
    assert 'value="30,5"' in shown
    wrong = bo.post(edit, {**step, **goal, "seen": 1, "kind": "guidance"})
    assert (wrong.status_code, "tager ikke" in wrong.content.decode()) == (422, True)
    assert bo.post(edit, {**step, "seen": 1, "title": "Gaffeltruck", **goal}).status_code == 302
    assert steps()[-1] == "Gaffeltruck"
    assert bo.post(edit, {**step, "seen": 2, **share}).status_code == 302
    assert "mindst 95 %" in bo.get(page).content.decode()
    too_much = bo.post(edit, {**step, "seen": 3, "goal_0": "Truckbevis", "shown_0": "certificate", "least_0": "95"})
    assert (too_much.status_code, 'value="95"' in too_much.content.decode()) == (422, True)
    assert bo.post(edit, {**step, "seen": 3, "title": "Gaffeltruck", **goal}).status_code == 302
    assert bo.get(f"{reverse('edit_ready_step', args=[row.ref])}?trin=99").status_code == 404
    name = {"seen": 4, "name": "Lager", "trade": "Lager", "goal": "Lagermedarbejder", "form": "ordinary"}
    assert bo.post(reverse("name_staircase", args=[row.ref]), name).status_code == 302
    assert "Lagermedarbejder" in bo.get(page).content.decode()


def test_each_step_is_arranged_by_one_button(bo: Client) -> None:
    bo.post(f"{reverse('copy_staircase')}?fra={CODE}", {"name": "Vores"})
    row = StaircaseTemplate.objects.get()
    arrange, page = reverse("arrange_ready_step", args=[row.ref]), reverse("own_staircase", args=[row.ref])
    before = steps()
    answer = bo.post(arrange, {"trin": 1, "seen": 0, "act": "remove"}, follow=True)
    assert "afhænge" in answer.content.decode()
    assert steps() == before
    bo.post(arrange, {"trin": len(before), "seen": 0, "act": "duplicate"})
    assert steps() == [*before, before[-1]]
    bo.post(arrange, {"trin": len(before) + 1, "seen": 0, "act": "remove"})
    for wrong in ("9" * 5000, "9" * 20, "", "-1", "x"):
        assert bo.post(arrange, {"trin": 1, "seen": wrong, "act": "duplicate"}).status_code == 302
        assert bo.post(arrange, {"trin": wrong, "seen": 1, "act": "duplicate"}).status_code == 302
    assert len(steps()) == len(before) + 1, "of an older state nothing is removed"
    bo.post(arrange, {"trin": len(before) + 1, "seen": 1, "act": "remove"})
    assert steps() == before
    bo.post(arrange, {"trin": 3, "seen": 2, "act": "up"})
    assert steps()[1:3] == [before[2], before[1]]
    assert bo.get(page).status_code == 200
