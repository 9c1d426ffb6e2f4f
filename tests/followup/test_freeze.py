"""Freezing a follow-up: what is kept, who sees it, and that a changed row is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from jobpakke.access.models import Role
from jobpakke.access.services import give_role
from jobpakke.citizens.models import Status
from jobpakke.citizens.services import record_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.differences import differences
from jobpakke.followup.frozen import intact, read
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import without_small_cells
from jobpakke.followup.lives import grouped, lives_of
from jobpakke.followup.models import FollowUp, FollowUpPart
from jobpakke.followup.results import results_frozen
from jobpakke.followup.services import freeze_follow_up
from jobpakke.followup.tables import status_at, status_in, targets_by
from jobpakke.history.guards import remove
from jobpakke.history.models import Event
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Programme
from tests.builders import DAY, SINCE, Cast, agreed, user
from tests.web.test_pages import client, text

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def frozen(cast: Cast, programme: Programme) -> FollowUp:
    """finn evaluates here alone."""
    agreed(cast.bo, cast.her, DAY, programme)
    agreed(cast.erik, cast.frode, DAY, programme)
    agreed(cast.dorte, cast.gerda, DAY, programme)
    record_status(actor=cast.bo, citizen=cast.her, facts=StatusFacts(Status.FLEX_JOB, DAY), on=DAY)
    return freeze_follow_up(actor=cast.finn, programme=programme, cut_off_on=DAY, on=DAY, note="  Til notatet ")


def test_it_keeps_both_tables_of_the_municipalities_one_evaluates(cast: Cast, frozen: FollowUp) -> None:
    among = type(cast.here)._default_manager.filter(pk=cast.here.pk)
    found = read(FollowUp.objects.get(pk=frozen.pk))
    table = status_at(frozen.programme, on=DAY, among=among)
    assert [row.cells for row in found.status.rows] == [row.cells for row in table.rows] == [(0, 1, 0, 1, 0, 0)]
    assert found.status.total.cells == table.total.cells
    targets = targets_by(frozen.programme, on=DAY, among=among)
    assert [(row.target, row.packages) for row in found.targets.rows] == [
        (row.target, row.packages) for row in targets.rows
    ]
    assert (str(found.status.rows[0].municipality), found.targets.total.target) == ("Århus", 3)
    assert set(found.standings.citizens) == {str(cast.her.ref), str(cast.frode.ref)}
    assert list(frozen.municipalities.all()) == [cast.here]


def test_its_bytes_are_canonical_hashed_and_without_people(cast: Cast, frozen: FollowUp) -> None:
    content, facts = bytes(frozen.content), bytes(frozen.facts)
    assert hashlib.sha256(content).hexdigest() == frozen.sha256
    said = json.loads(content)
    assert said["facts_sha256"] == hashlib.sha256(facts).hexdigest()
    assert json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == content
    assert (said["cut_off_on"], said["note"], said["frozen_by"]) == (DAY.isoformat(), "Til notatet", str(cast.finn.ref))
    assert said["frozen_at"] == FollowUp.objects.get(pk=frozen.pk).frozen_at.isoformat()
    for person in (cast.her, cast.frode):
        assert str(person.ref).encode() not in content
        assert str(person.ref).encode() in facts
        assert person.given_name.encode() not in content + facts
    assert b"Testesen" not in content + facts


def test_it_keeps_the_status_by_each_group_and_hides_what_was_small_then(cast: Cast, frozen: FollowUp) -> None:
    kept = read(FollowUp.objects.get(pk=frozen.pk))
    lives = lives_of(frozen.programme, until=DAY, among=type(cast.here)._default_manager.filter(pk=cast.here.pk))
    assert set(kept.groups) == set(Grouping) - {Grouping.MUNICIPALITY}
    for by, table in kept.groups.items():
        whole = status_in(grouped(lives, by), on=DAY)
        assert table == without_small_cells(whole, least=5)
        assert {None, 0} >= {number for row in table.rows for number in (*row.shown, row.shown_citizens)}
    assert (kept.groups[Grouping.GOAL].rows[0].group, kept.groups[Grouping.GOAL].rows[0].citizens) == ("ordinary", 2)
    said = json.loads(bytes(frozen.content))
    assert said["groups"]["goal"][0]["citizens"]["flex_job"] is None
    assert (said["format"], said["small_counts"], kept.least) == (2, 4, 5)


OLD = """{"citizens":{"C":[["0751","flex_job"],["F"]]},"packages":{"P":[["0751"],["P"]]}}"""


def test_what_was_frozen_before_groups_were_kept_is_still_read_and_compared(cast: Cast, programme: Programme) -> None:
    """Laid out as it was then, to the letter."""
    moment, facts = now(), OLD.encode()
    content = (
        f'{{"cut_off_on":"{DAY}","facts_sha256":"{hashlib.sha256(facts).hexdigest()}","format":1,'
        f'"frozen_at":"{moment.isoformat()}","frozen_by":"{cast.finn.ref}","note":"","programme":"P","statuses":[{{'
        '"citizens":{"cash_benefit":0,"disability_pension":0,"flex_job":1,"in_package":0,"ordinary_job":0,"other":0},'
        '"code":"0751","name":"Århus"}],"targets":[{"code":"0751","name":"Århus","packages":1,"target":3}]}'
    ).encode()
    old = FollowUp.objects.create(
        programme=programme,
        cut_off_on=DAY,
        content=content,
        facts=facts,
        sha256=hashlib.sha256(content).hexdigest(),
        frozen_at=moment,
        frozen_by=cast.finn,
    )
    FollowUpPart.objects.create(follow_up=old, municipality=cast.here)
    assert intact(old) == content
    kept = read(old)
    assert (kept.status.total.cells, kept.targets.total.packages) == ((0, 1, 0, 0, 0, 0), 1)
    assert (kept.groups, kept.least) == ({}, None)
    assert differences(old, None).packages.cells[0].difference == -1
    found = results_frozen(old)
    assert (found.lives, found.jobs, found.status.total.cells) == (None, None, (0, 1, 0, 0, 0, 0)), "nobody is there"
    finn = client("finn")
    page = text(finn.get(reverse("frozen_follow_up", args=[old.ref])))
    assert "Kun efter kommune" in page
    assert "passer ikke længere" in text(finn.get(f"{reverse('followup_note')}?frosset={old.ref}"))
    assert finn.get(reverse("frozen_follow_up", args=[old.ref]) + "?by=goal").status_code == 404


def test_it_is_told_in_the_log(cast: Cast, frozen: FollowUp) -> None:
    event = Event.objects.get(kind="follow_up_frozen")
    assert (event.subject, event.about, event.actor) == (frozen.ref, frozen.programme.ref, cast.finn.ref)
    assert event.data == {"programme": "P", "cut_off_on": DAY.isoformat()}


@pytest.mark.parametrize(
    ("person", "more", "code"),
    [
        ("bo", {}, "NOT_FOUND"),
        ("tove", {}, "ROLE_LACKS_ACT"),
        ("finn", {"cut_off_on": DAY + timedelta(days=1)}, "CUT_OFF_AHEAD"),
        ("finn", {"note": "x" * 1001}, "TEXT_TOO_LONG"),
        ("finn", {"note": "\x00"}, "TEXT_NOT_PLAIN"),
    ],
)
def test_what_is_refused(cast: Cast, programme: Programme, person: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        freeze_follow_up(
            **{"actor": getattr(cast, person), "programme": programme, "cut_off_on": DAY, "on": DAY, **more}
        )
    assert not FollowUp.objects.exists()


def test_a_programme_elsewhere_is_not_found(cast: Cast, programme: Programme) -> None:
    ole = user("ole", Role.EVALUATOR, type(cast.here)._default_manager.create(code="0330", name="Slagelse"))
    with pytest.raises(Refused, match="NOT_FOUND"):
        freeze_follow_up(actor=ole, programme=programme, cut_off_on=DAY, on=DAY)


def test_who_sees_it_has_the_right_in_every_municipality_of_it(cast: Cast, frozen: FollowUp) -> None:
    give_role(actor=None, user=cast.finn, role=Role.EVALUATOR, municipality=cast.there, on=SINCE)
    both = freeze_follow_up(actor=cast.finn, programme=frozen.programme, cut_off_on=DAY, on=DAY)
    assert both.parts.count() == 2
    other = user("ulla", Role.TEAM_LEADER, cast.there)

    def seen(name: Any) -> set[int]:
        return set(FollowUp.objects.visible_to(name, on=DAY).values_list("pk", flat=True))

    assert seen(cast.finn) == {frozen.pk, both.pk}
    assert seen(cast.tove) == {frozen.pk}
    assert seen(other) == seen(cast.bo) == seen(cast.dan) == set()


@pytest.mark.parametrize("model", [FollowUp, FollowUpPart])
def test_it_is_read_only(frozen: FollowUp, model: Any) -> None:
    name = "note" if model is FollowUp else "municipality"
    acts: tuple[Callable[[], object], ...] = (
        lambda: model.objects.update(**{name: 1}),
        lambda: model.objects.all()._raw_delete("default"),
    )
    for act in acts:
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "Pænere"},
        {"cut_off_on": DAY - timedelta(days=1)},
        {"frozen_at": "2026-01-01T00:00:00Z"},
        {"facts": b'{"citizens":{},"packages":{}}'},
        {"content": b"{}"},
        {"sha256": "0" * 64},
        {"frozen_by": "tove"},
    ],
)
def test_a_changed_row_is_noticed(cast: Cast, frozen: FollowUp, changes: dict[str, Any]) -> None:
    assert intact(FollowUp.objects.get(pk=frozen.pk)) == bytes(frozen.content)
    if "frozen_by" in changes:
        changes = {"frozen_by": cast.tove}
    remove(connection)
    FollowUp.objects.filter(pk=frozen.pk).update(**changes)
    for look in (intact, read):
        with pytest.raises(Refused, match="FOLLOW_UP_ALTERED"):
            look(FollowUp.objects.get(pk=frozen.pk))
