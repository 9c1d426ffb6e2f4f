"""What the demonstration froze is the same bytes after the database has moved on by 10,000 corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from jobpakke.citizens.models import CaseAssignment, Status, StatusSpell
from jobpakke.citizens.services import correct_status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.followup.differences import differences, in_order
from jobpakke.followup.frozen import intact, read
from jobpakke.followup.models import FollowUp
from jobpakke.followup.tables import status_at, targets_by
from jobpakke.history.kinds import StatusCorrected
from jobpakke.history.models import Event
from jobpakke.history.services import Happening, record_many
from jobpakke.lib.clock import now
from jobpakke.method.comparison import Reason
from jobpakke.packages.models import Programme
from tests.demo.conftest import TODAY
from tests.followup.known import tables_known

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CORRECTIONS = 10_000
NEXT = {Status.ORDINARY_JOB: Status.FLEX_JOB, Status.FLEX_JOB: Status.ORDINARY_JOB}


@pytest.fixture
def september() -> FollowUp:
    return FollowUp.objects.get(programme__code="VIP2", cut_off_on=date(2009, 9, 1))


def correct_by_the_verb(spells: Iterable[StatusSpell]) -> list[StatusSpell]:
    """Each spell is corrected to the other kind of job by the citizen's caseworker; the new rows."""
    made = []
    for spell in spells:
        case = CaseAssignment.objects.on(TODAY).select_related("caseworker").get(citizen=spell.citizen)
        facts = StatusFacts(NEXT[Status(spell.status)], spell.starts_on, spell.ends_on)
        made.append(correct_status(actor=case.caseworker, spell=spell, facts=facts, on=TODAY))
    return made


def left(rows: Iterable[StatusSpell]) -> list[object]:
    """What a correction leaves: the row and its event, without what differs from one to the next: keys and moments."""
    own = {"id", "ref", "recorded_at", "superseded_at"}
    names = [field.attname for field in StatusSpell._meta.concrete_fields if field.name not in own]
    events = {event.subject: event for event in Event.objects.filter(subject__in=[row.ref for row in rows])}
    told = {ref: (each.kind, each.about, each.effective_on, each.data) for ref, each in events.items()}
    return [([getattr(row, name) for name in names], told[row.ref]) for row in rows]


def correct_one_after_another(spells: Iterable[StatusSpell], most: int) -> int:
    """Round after round each spell is corrected to the other kind of job: first by the verb, which takes too long for
    all, then many at once; the third round leaves what the verb left."""
    rows = correct_by_the_verb(spells)
    by_verb, made, rounds = left(rows), len(rows), 1
    while made < most:
        StatusSpell.objects.filter(pk__in=[row.pk for row in rows]).update(superseded_at=now())
        fresh = [
            StatusSpell(
                citizen=row.citizen, status=NEXT[Status(row.status)], starts_on=row.starts_on, ends_on=row.ends_on
            )
            for row in rows
        ]
        StatusSpell.objects.bulk_create(fresh, batch_size=500)
        record_many(
            Happening(StatusCorrected(str(old.status), str(new.status)), None, new.ref, new.citizen.ref, new.starts_on)
            for old, new in zip(rows, fresh, strict=True)
        )
        rows, made, rounds = fresh, made + len(fresh), rounds + 1
        assert rounds != 3 or left(rows) == by_verb  # noqa: PLR2004
    return made


def jobs() -> list[StatusSpell]:
    """The spells in VIP2 of those who have had one job and nothing else."""
    rows = StatusSpell.objects.current().filter(citizen__packages__programme__code="VIP2", status__in=NEXT)
    alone = [row for row in rows.select_related("citizen").distinct() if row.citizen.spells.count() == 1]
    return alone[: len(alone) - (len(alone) % 2 == 0)]


def test_ten_thousand_corrections(september: FollowUp) -> None:
    content, facts = intact(september), bytes(september.facts)
    before = read(september)
    spells = jobs()
    assert len(spells) > 50
    assert correct_one_after_another(spells, CORRECTIONS) >= CORRECTIONS
    again = FollowUp.objects.get(pk=september.pk)
    assert (intact(again), bytes(again.facts)) == (content, facts)
    now_known = status_at(september.programme, on=september.cut_off_on)
    then_known, _ = tables_known(september.programme, on=september.cut_off_on, known_at=september.frozen_at)
    assert now_known.total.counts != before.status.total.counts
    assert [row.cells for row in then_known.rows] == [row.cells for row in read(again).status.rows]
    assert then_known.total.cells == (107, 14, 102, 64, 11, 22)
    found = differences(again, None)
    assert {move.reason for move in found.by_place.moves} == {Reason.CORRECTED_FACT}
    for cell in found.by_place.cells:
        assert cell.difference == sum(cell.came.values()) - sum(cell.went.values())


def test_the_two_counts_of_vip2(september: FollowUp) -> None:
    april = FollowUp.objects.get(programme__code="VIP2", cut_off_on=date(2009, 4, 30))
    assert (read(april).targets.total.target, read(april).targets.total.packages) == (112, 313)
    assert read(september).status.total.cells == (107, 14, 102, 64, 11, 22)
    found = differences(*in_order(september, april))
    assert {move.reason for move in (*found.by_place.moves, *found.packages.moves)} == {Reason.NEW_FACT}
    assert sum(move.count for move in found.packages.moves) == 17


@pytest.mark.parametrize("code", ["VIP2", "DRIFT"])
def test_every_day_that_counts_was_told_in_the_log(code: str) -> None:
    """As known now from the log is as the columns say: no figure rests on something that nobody recorded."""
    programme = Programme.objects.get(code=code)
    moment = now()
    for on in (date(2008, 6, 1), date(2009, 9, 1), date(2026, 6, 1), date(2026, 11, 2)):
        in_columns = status_at(programme, on=on), targets_by(programme, on=on)
        assert tables_known(programme, on=on, known_at=moment) == in_columns
