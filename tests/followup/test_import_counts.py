"""Counts are taken in whole; a newer file corrects, and what was known before can still be told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from jobpakke.followup.context import services
from jobpakke.followup.context.models import BenefitCount, BenefitImport
from jobpakke.followup.context.services import import_benefit_counts
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from tests.builders import DAY, Cast, user
from tests.followup.counts import counted, read

pytestmark = pytest.mark.django_db


def persons(rows: object) -> list[tuple[date, int]]:
    return list(rows.order_by("month").values_list("month", "persons"))  # type: ignore[attr-defined]  # a QuerySet


def test_a_file_is_taken_in_and_told(cast: Cast) -> None:
    done = counted(cast.finn, "Aarhus;Kontanthjælp;100;130", "Hele landet;Kontanthjælp;9;9", on=DAY)
    assert (done.new, done.changed, done.same) == (2, 0, 0)
    rows = BenefitCount.objects.visible_to(cast.finn, on=DAY)
    assert persons(rows) == [(date(2026, 1, 1), 100), (date(2026, 2, 1), 130)]
    assert {row.municipality for row in rows} == {cast.here}
    assert (done.row.source, done.row.imported_by, done.row.imported_on) == ("Prøve", cast.finn, DAY)
    event = Event.objects.get(kind="benefit_counts_imported")
    assert (event.actor, event.subject, event.data) == (cast.finn.ref, done.row.ref, {"new": 2, "changed": 0})
    assert not BenefitCount.objects.visible_to(cast.dorte, on=DAY).exists()
    assert not BenefitCount.objects.visible_to(cast.bo, on=DAY).exists()


def test_a_newer_file_corrects_what_differs_and_the_old_can_be_told(cast: Cast) -> None:
    first = counted(cast.finn, "Århus;Kontanthjælp;100;130", on=DAY)
    second = counted(cast.finn, "Århus;Kontanthjælp;100;131", "Århus;Dagpenge;..;7", on=DAY, source="Nyere")
    assert (second.new, second.changed, second.same) == (1, 1, 1)
    rows = BenefitCount.objects.filter(benefit="Kontanthjælp")
    assert persons(rows.current()) == [(date(2026, 1, 1), 100), (date(2026, 2, 1), 131)]
    assert persons(rows.known_at(first.row.recorded_at)) == [(date(2026, 1, 1), 100), (date(2026, 2, 1), 130)]
    assert persons(rows.known_at(second.row.recorded_at)) == persons(rows.current())
    assert rows.count() == 3


def test_the_operator_takes_in_for_every_municipality(cast: Cast) -> None:
    assert counted(None, "Århus;A;1;2", "Aabenraa;A;3;4", on=DAY).new == 4
    assert Event.objects.get(kind="benefit_counts_imported").actor is None


REFUSED: list[tuple[str, Callable[[Cast], object]]] = [
    ("ROLE_LACKS_ACT", lambda cast: take(cast.bo)),
    ("ROLE_LACKS_ACT", lambda cast: take(cast.tove)),
    ("ROLE_LACKS_ACT", lambda cast: take(cast.finn, "Aabenraa")),
    ("TEXT_NEEDED", lambda cast: take(cast.finn, source=" ")),
    ("COUNTS_KNOWN_ALREADY", lambda cast: [take(cast.finn), take(cast.finn)]),
    ("COUNTS_OF_OTHER_PLACES", lambda cast: counted(cast.finn, "Aabenraa;A;1;2", on=DAY)),
]


def take(actor: object, place: str = "Århus", source: str = "S") -> object:
    file = read("OMRÅDE;YDELSESTYPE;TID;INDHOLD", f"{place};A;2026M01;1")
    return import_benefit_counts(actor=actor, file=file, source=source, on=DAY)  # type: ignore[arg-type]  # a User


@pytest.mark.parametrize(("code", "act"), REFUSED)
def test_what_is_refused_changes_nothing(cast: Cast, code: str, act: Callable[[Cast], object]) -> None:
    with pytest.raises(Refused, match=code), transaction.atomic():
        act(cast)
    assert not BenefitImport.objects.exists()
    assert not BenefitCount.objects.exists()


def test_who_comes_second_is_told_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(cast.finn, "Århus;A;1;2", on=DAY)
    stale = services._known(read("OMRÅDE;YDELSESTYPE;TID;INDHOLD", "Århus;A;2026M01;9"), {"0751": cast.here})
    counted(cast.finn, "Århus;A;5;2", on=DAY)
    for known in (stale, {}):
        monkeypatch.setattr(services, "_known", lambda _file, _places, known=known: known)
        with pytest.raises(Refused, match="COUNTS_CHANGED_MEANWHILE"):
            counted(cast.finn, "Århus;A;9;..", on=DAY)
    assert persons(BenefitCount.objects.current()) == [(date(2026, 1, 1), 5), (date(2026, 2, 1), 2)]


def test_the_database_itself_holds_one_known_count_and_the_imports(cast: Cast) -> None:
    done = counted(cast.finn, "Århus;A;1;2", on=DAY)
    row = BenefitCount.objects.earliest("month")
    for again in ({"months": 1}, {"months": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BenefitCount.objects.create(
                imported=done.row, municipality=cast.here, benefit="A", month=row.month, persons=3, **again
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        BenefitImport.objects.update(source="x")


def test_rights_end_with_the_role(cast: Cast) -> None:
    from jobpakke.access.models import Role

    elsewhere = user("eva", Role.EVALUATOR, cast.there)
    counted(cast.finn, "Århus;A;1;2", on=DAY)
    assert not BenefitCount.objects.visible_to(elsewhere, on=DAY).exists()
    assert BenefitCount.objects.visible_to(cast.tove, on=DAY).count() == 2
