"""The network of VIP2 as the follow-up of September 2009 tells of it."""

from __future__ import annotations

from datetime import date

import pytest

from jobpakke.network.models import Newsletter
from jobpakke.network.reach import network_of
from jobpakke.packages.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_it_grew_as_it_did() -> None:
    vip = Programme.objects.get(code="VIP2")
    found = network_of(vip, on=date(2009, 9, 1), before=date(2009, 5, 31))
    assert (found.now.people, found.now.municipalities, found.now.others) == (70, 38, 4)
    assert found.before is not None
    assert (found.before.people, found.before.municipalities, found.before.others) == (33, 23, 0)
    assert [len(course.extra) for course in found.courses] == [1]
    assert found.courses[0].extra[0].starts_on == date(2009, 9, 16)
    assert found.newsletter is not None
    assert (found.newsletter.subscribers, found.newsletter.sent_on) == (2700, date(2009, 8, 27))
    assert Newsletter.objects.current().count() == 3
