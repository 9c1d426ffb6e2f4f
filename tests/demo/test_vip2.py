"""The published tables come out of the events, to the unit. The figures stand here as they were printed in 2009."""

from __future__ import annotations

from datetime import date

import pytest

from jobpakke.citizens.models import Citizen
from jobpakke.followup.export import status_cells, target_cells, written
from jobpakke.followup.tables import status_at, targets_by
from jobpakke.history.kinds import KINDS
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import JobPackage, Programme, Step
from tests.demo.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

TABLE_2 = """\
municipality_code,municipality,ordinary_job,flex_job,in_package,cash_benefit,disability_pension,other,citizens
0210,Fredensborg,12,0,13,18,0,8,51
0159,Gladsaxe,18,0,44,23,3,9,97
0330,Slagelse,20,0,25,0,4,0,49
0580,Aabenraa,33,1,14,11,0,2,61
0751,Århus,24,13,6,12,4,3,62
total,,107,14,102,64,11,22,320
"""
TABLE_1 = """\
municipality_code,municipality,target,packages
0210,Fredensborg,25,61
0159,Gladsaxe,10,97
0330,Slagelse,,49
0580,Aabenraa,,56
0751,Århus,77,50
total,,112,313
"""


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.get(code="VIP2")


def test_table_2(programme: Programme) -> None:
    assert written(status_cells(status_at(programme, on=date(2009, 9, 1))), "csv") == TABLE_2


def test_table_1_and_the_growth_since(programme: Programme) -> None:
    assert written(target_cells(targets_by(programme, on=date(2009, 4, 30))), "csv") == TABLE_1
    later = targets_by(programme, on=date(2009, 9, 1))
    assert [row.packages for row in later.rows] == [61, 97, 49, 61, 62]
    assert later.total.packages == 330


def test_self_support(programme: Programme) -> None:
    table = status_at(programme, on=date(2009, 9, 1))
    assert table.total.self_supporting == 121
    rates = {str(row.municipality): float(row.self_support_rate or 0) for row in table.rows}
    assert 0.55 <= rates["Aabenraa"] <= 0.60
    assert 0.55 <= rates["Århus"] <= 0.60
    assert 0.40 <= rates["Slagelse"] <= 0.42


def test_at_every_first_of_a_month_everybody_who_has_started_has_one_status(programme: Programme) -> None:
    for year in (2008, 2009, 2010):
        for month in range(1, 13):
            on = date(year, month, 1)
            started = JobPackage.objects.filter(programme=programme, opened_on__lte=on)
            assert status_at(programme, on=on).total.citizens == started.values("citizen").distinct().count()


def test_there_are_gaps_jobs_and_relapses(programme: Programme) -> None:
    spells = Citizen.objects.filter(packages__programme=programme, spells__status="ordinary_job")
    assert spells.filter(spells__ends_on__lt=date(2009, 9, 1)).exists()
    assert JobPackage.objects.filter(programme=programme, opened_on__gt=date(2009, 9, 1)).exists()
    idle = JobPackage.objects.filter(programme=programme).open_on(date(2009, 9, 1))
    busy = Step.objects.under_way_on(date(2009, 9, 1)).values("package")
    assert idle.exclude(pk__in=busy).exists()


def test_the_three_stand_in_their_cells(demo: int) -> None:
    assert demo == 449
    for name, outcome in (("Bukurije", "flex_job"), ("Wadeera", "ordinary_job"), ("Fuat", "ordinary_job")):
        package = JobPackage.objects.select_related("municipality").get(citizen__given_name=name)
        assert (package.municipality.name, package.outcome) == ("Århus", outcome)
        assert package.steps.filter(ending="fulfilled").count() == package.steps.count()


def test_every_event_is_of_a_known_kind() -> None:
    assert set(Event.objects.values_list("kind", flat=True).distinct()) <= set(KINDS)


def test_it_is_loaded_into_an_empty_database_only() -> None:
    from jobpakke.demo.load import load

    with pytest.raises(Refused, match="DATABASE_NOT_EMPTY"):
        load(today=TODAY, progress=lambda _done, _total: None)
