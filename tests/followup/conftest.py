"""A programme of both municipalities."""

from __future__ import annotations

import pytest

from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme
from tests.builders import SINCE, Cast
from tests.clocks import Clock


@pytest.fixture
def programme(clock: Clock, cast: Cast) -> Programme:
    """Of both municipalities; whatever is built before the test was recorded in December 2025."""
    targets = [(cast.here, 3), (cast.there, None)]
    return open_programme(actor=None, code="P", name="P", starts_on=SINCE, ends_on=None, targets=targets, on=SINCE)
