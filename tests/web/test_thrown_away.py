"""Two sessions on one plan: nobody throws away, repeats or moves what the other has written since the page was opened,
and the answer shows it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.clock import today
from jobpakke.method.step_kinds import EvidenceKind
from jobpakke.packages.models import Approval, GoalForm, Party, PlannedStep, PlanVersion
from jobpakke.packages.ready_made import shipped
from jobpakke.packages.services import add_sub_goal, draft_package, propose_plan
from tests.builders import Cast, Stairs, draft, say_yes
from tests.web.test_pages import client as other_session
from tests.web.test_pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def stairs(cast: Cast, client: Client) -> Stairs:
    client.force_login(cast.bo)
    return draft(cast.bo, cast.her, today())


def write_meanwhile(cast: Cast, stairs: Stairs) -> None:
    row = PlannedStep.objects.get(pk=stairs.second.pk)
    add_sub_goal(actor=cast.bo, planned=row, title="Nyt delmål", evidence_kind=EvidenceKind.STATEMENT, on=today())


def test_a_step_that_somebody_else_has_changed_is_not_removed(cast: Cast, stairs: Stairs, client: Client) -> None:
    url = reverse("arrange_step", args=[stairs.second.ref])
    seen = PlannedStep.objects.get(pk=stairs.second.pk).edits
    assert f'name="seen" value="{seen}.' in client.get(reverse("plan", args=[stairs.version.ref])).content.decode()
    write_meanwhile(cast, stairs)
    for old in ({"seen": seen}, {}, {"seen": "9" * 40}):
        answer = client.post(url, {"act": "remove", **old}, follow=True)
        assert "Nyt delmål" in answer.content.decode()
        assert "En anden har ændret" in answer.content.decode()
    newest = PlannedStep.objects.get(pk=stairs.second.pk).edits
    assert client.post(url, {"act": "remove", "seen": newest}).status_code == 302
    assert not PlannedStep.objects.filter(pk=stairs.second.pk).exists()


def test_a_draft_that_somebody_else_has_changed_is_not_thrown_away(cast: Cast, stairs: Stairs, client: Client) -> None:
    url = reverse("discard_draft", args=[stairs.version.ref])
    seen = client.get(url).context["form"].initial["seen"]
    write_meanwhile(cast, stairs)
    assert client.post(url, {"seen": seen}).status_code == 422
    assert PlanVersion.objects.filter(pk=stairs.version.pk).exists()
    newest = client.get(url).context["form"].initial["seen"]
    assert client.post(url, {"seen": newest}).status_code == 302
    assert not PlanVersion.objects.filter(pk=stairs.version.pk).exists()


SOMEBODY_ELSE = "En anden har ændret"


def hidden(page: str, name: str, after: str) -> str:
    """The value of a hidden field that stands after something on a page."""
    return page.split(after)[1].split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def rename(session: Client, planned: PlannedStep, title: str) -> None:
    """As the other session words a step anew on its own page."""
    url = reverse("edit_step", args=[planned.ref])
    form = session.get(url).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, [])}
    days = {name: data[name].isoformat() for name in ("first_day", "last_day")}
    assert session.post(url, {**data, **days, "title": title}).status_code == 302


def test_a_step_that_the_other_has_worded_anew_is_not_repeated(stairs: Stairs, client: Client) -> None:
    plan, url = reverse("plan", args=[stairs.version.ref]), reverse("arrange_step", args=[stairs.first.ref])
    seen = hidden(text(client.get(plan)), "seen", url)
    rename(other_session("bo"), stairs.first, "Ny overskrift")
    for old in ({"seen": seen}, {}):
        answer = text(client.post(url, {"act": "duplicate", **old}, follow=True))
        assert SOMEBODY_ELSE in answer
        assert "Ny overskrift" in answer
    assert stairs.version.planned_steps.count() == 2
    again = hidden(text(client.get(plan)), "seen", url)
    assert SOMEBODY_ELSE not in text(client.post(url, {"act": "duplicate", "seen": again}, follow=True))
    assert list(stairs.version.planned_steps.values_list("title", flat=True)).count("Ny overskrift") == 2


def test_a_list_that_the_other_has_ordered_is_not_ordered_by_an_older_one(stairs: Stairs, client: Client) -> None:
    def titles() -> list[str]:
        return list(stairs.version.planned_steps.order_by("position").values_list("title", flat=True))

    plan, url = reverse("plan", args=[stairs.version.ref]), reverse("arrange_step", args=[stairs.second.ref])
    order = hidden(text(client.get(plan)), "seen", url)
    rename(other_session("bo"), stairs.first, "Andre ord")
    assert other_session("bo").post(url, {"act": "up", "seen": order}).status_code == 302
    assert titles() == ["Vejledning", "Andre ord"], "other words are no other order"
    for old in ({"seen": order}, {}):
        assert SOMEBODY_ELSE in text(client.post(url, {"act": "down", **old}, follow=True))
        assert titles() == ["Vejledning", "Andre ord"]
    again = hidden(text(client.get(plan)), "seen", url)
    assert SOMEBODY_ELSE not in text(client.post(url, {"act": "down", "seen": again}, follow=True))
    assert titles() == ["Andre ord", "Vejledning"]


def test_a_sub_goal_of_a_step_that_the_other_has_changed_is_not_taken_out(stairs: Stairs, client: Client) -> None:
    page, url = reverse("edit_step", args=[stairs.second.ref]), reverse("remove_sub_goal", args=[stairs.second.ref])
    seen = hidden(text(client.get(page)), "seen", url)
    rename(other_session("bo"), stairs.second, "Uden det andet delmål går det ikke")
    goal = str(stairs.second_goal.ref)
    for old in ({"seen": seen}, {}):
        answer = text(client.post(url, {"goal": goal, **old}, follow=True))
        assert SOMEBODY_ELSE in answer
        assert "Uden det andet delmål går det ikke" in answer
    assert stairs.second.sub_goals.exists()
    assert client.post(url, {"goal": goal, "seen": hidden(text(client.get(page)), "seen", url)}).status_code == 302
    assert not stairs.second.sub_goals.exists()


def test_a_proposal_that_the_other_has_recorded_a_yes_to_is_not_taken_back(
    cast: Cast, stairs: Stairs, client: Client
) -> None:
    propose_plan(actor=cast.bo, version=stairs.version, on=today())
    say_yes(cast.bo, stairs.version, today(), Party.CITIZEN)
    url = reverse("withdraw_plan", args=[stairs.version.ref])
    seen = client.get(url).context["form"].initial["seen"]
    yes = f"{reverse('approve_plan', args=[stairs.version.ref])}?part=company"
    data = {"day": today().isoformat(), "how": "said_on_phone"}
    assert other_session("bo").post(yes, data).status_code == 302
    answer = client.post(url, {"seen": seen})
    assert answer.status_code == 422
    assert SOMEBODY_ELSE in text(answer)
    assert "Virksomheden" in text(answer).split("Har sagt ja")[1]
    assert PlanVersion.objects.get().withdrawn_on is None
    assert Approval.objects.count() == 2
    again = hidden(text(answer), "seen", "<main")
    assert client.post(url, {"seen": again}).status_code == 302, "who has read it may take it back all the same"
    assert PlanVersion.objects.filter(withdrawn_on__isnull=False).exists()


def test_a_staircase_is_not_laid_upon_what_the_other_has_laid(cast: Cast, client: Client) -> None:
    client.force_login(cast.bo)
    version = draft_package(actor=cast.bo, citizen=cast.her, goal_title="Butik", form=GoalForm.FLEX, on=today())
    plan, url = reverse("plan", args=[version.ref]), reverse("lay_staircase", args=[version.ref])
    page = text(client.get(plan))
    data = {"staircase": next(iter(shipped())), "day": today().isoformat(), "seen": hidden(page, "seen", url)}
    assert other_session("bo").post(url, data).status_code == 302
    titles = list(version.planned_steps.order_by("position").values_list("title", flat=True))
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert SOMEBODY_ELSE in text(answer)
    assert all(f"{number}. {title}" in text(answer) for number, title in enumerate(titles, start=1))
    assert version.planned_steps.count() == len(titles)
    again = hidden(text(answer), "seen", "<main")
    assert client.post(url, {**data, "seen": again}).status_code == 302
    assert version.planned_steps.count() == 2 * len(titles)
