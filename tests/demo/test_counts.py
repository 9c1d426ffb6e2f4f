"""The invented counts around VIP2: a rise of 30 to 50 % over the programme, as the follow-up of 2009 tells."""

from __future__ import annotations

from datetime import date

import pytest

from jobpakke.demo.counts import SOURCE
from jobpakke.demo.vip2 import CODE, ENDS_ON, FOLLOWED_UP_ON, PARTS, STARTS_ON
from jobpakke.followup.context.beside import beside, series_of, window_of
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.tables import status_at
from jobpakke.packages.models import Programme

pytestmark = pytest.mark.django_db
LEAST, MOST = 30, 50


@pytest.mark.parametrize("ends_on", [ENDS_ON, FOLLOWED_UP_ON])
@pytest.mark.parametrize("starts_on", [STARTS_ON, date(2008, 9, 1)])
def test_the_number_of_recipients_rose_by_30_to_50_percent(demo: int, starts_on: date, ends_on: date) -> None:
    counts = BenefitCount.objects.current()
    series = series_of(counts)[0]
    window = window_of(series, starts_on, ends_on)
    assert window is not None
    shown = beside(window, counts, status_at(Programme.objects.get(code=CODE), on=ends_on))
    changes = [row.change for row in shown.rows]
    assert len(changes) == len(PARTS)
    assert all(change is not None and LEAST <= round(100 * change) <= MOST for change in changes), changes
    assert [source.text for source in shown.sources] == [SOURCE]
    assert SOURCE.startswith("Opdigtede tal")
