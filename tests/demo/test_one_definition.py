"""The tables are read in two ways, as lives and as standings with their facts: they say the same on every day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobpakke.access.models import User
from jobpakke.followup.standings import standings
from jobpakke.followup.tables import parts, status_at, status_from, targets_by, targets_from
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
