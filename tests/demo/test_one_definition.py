"""The tables are read in two ways, as lives and as standings with their facts: they say the same on every day."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.evaluation.rates import self_support_rate
from jobpakke.evaluation.status_at import status_at as status_figure
from jobpakke.evaluation.targets import targets_by as targets_figure
from jobpakke.followup.arrow import PLACED
from jobpakke.followup.arrow import tables as engine_tables
from jobpakke.followup.lives import lives_of
from jobpakke.followup.standings import standings
from jobpakke.followup.tables import parts, status_at, status_from, status_in, targets_by, targets_from, targets_in
from jobpakke.followup.told import told_spells
from jobpakke.packages.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
DAYS = [date(year, month, 1) for year in (2008, 2009, 2010) for month in range(1, 13)]


def test_lives_and_standings_make_the_same_tables() -> None:
    for programme in Programme.objects.all():
        places = list(parts(programme))
        for on in (*DAYS, date(2026, 3, 1), date(2026, 11, 2)):
            found = standings(programme, on=on)
            assert status_from(found, places, on=on) == status_at(programme, on=on), (programme, on)
            assert targets_from(found, places, on=on) == targets_by(programme, on=on), (programme, on)


def test_the_note_of_a_programme_with_benefit_counts_takes_as_few_queries_as_any_page() -> None:
    client = Client()
    client.force_login(User.objects.get(username="finn"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"{reverse('followup_note')}?programme=VIP2&on=2009-09-01")
    assert "Kontanthjælp (ledige)" in page.content.decode()
    assert len(queries) <= 12


def test_the_evaluations_figures_of_the_told_spells_are_the_tables() -> None:
    programme = Programme.objects.get(code="VIP2")
    lives = lives_of(programme, until=DAYS[-1])
    asked = [date(2009, 4, 30), date(2009, 9, 1), *DAYS[::6]]
    tables = {on: status_in(lives, on=on) for on in asked}
    codes = [(part.municipality.code, part.packages) for part in lives.parts]
    begun = [
        (str(number), package) for number, package in enumerate(each for life in lives.every for each in life.packages)
    ]
    names = {part.municipality_id: part.municipality.code for part in lives.parts}
    with engine_tables() as engine:
        spells = engine.table(told_spells(lives, on=DAYS[-1]), PLACED)
        counts = engine.rows(status_figure(spells, asked, by=["municipality"]))
        rates = engine.rows(self_support_rate(spells, asked, by=["municipality"]))
        schema = pa.schema({"package_id": pa.string(), "municipality": pa.string(), "start": pa.date32()})
        packages = engine.table([(key, names[each.municipality], each.on) for key, each in begun], schema)
        promised = engine.table(codes, pa.schema({"municipality": pa.string(), "target": pa.int64()}))
        for on in asked:
            found = engine.rows(targets_figure(packages, targets=promised, on=on, by=["municipality"]))
            rows = targets_in(lives, on=on).rows
            assert {(row["municipality"], row["target"], row["packages"]) for row in found} == {
                (row.municipality.code, row.target, row.packages) for row in rows if row.municipality
            }
    said = {(row["on"], row["municipality"], row["status"]): row["persons"] for row in counts if row["persons"]}
    shown = {
        (on, row.municipality.code, status.value): number
        for on, table in tables.items()
        for row in table.rows
        if row.municipality
        for status, number in row.counts.items()
        if number
    }
    assert said == shown
    by_place = {
        (on, row.municipality.code): row for on, table in tables.items() for row in table.rows if row.municipality
    }
    for rate in rates:
        row = by_place[rate["on"], rate["municipality"]]
        assert (rate["self_supporting"], rate["persons"]) == (row.self_supporting, row.citizens)
        if row.interval:
            assert (rate["low"], rate["high"]) == pytest.approx(row.interval, abs=1e-12)
