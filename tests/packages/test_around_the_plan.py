"""Ending a package; promises, aftercare, programmes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jobpakke.lib.refusal import Refused
from jobpakke.packages.models import Outcome
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services import (
    agree_aftercare,
    end_package,
    open_programme,
    start_step,
)
from tests.builders import DAY, Cast, agreed, draft

pytestmark = pytest.mark.django_db
PAPER = OnBehalfReason.SIGNED_ON_PAPER
LATER = DAY + timedelta(days=10)


def test_a_package_ends_when_its_steps_have(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": stairs.package, "outcome": Outcome.NO_JOB, "on": LATER}
    with pytest.raises(Refused, match="STEP_STILL_UNDER_WAY"):
        end_package(ended_on=LATER, **arguments)
    other = agreed(cast.erik, cast.frode)
    end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        end_package(actor=cast.erik, package=other.package, ended_on=LATER, outcome=Outcome.NO_JOB, on=LATER)
    draft(cast.erik, cast.frode, LATER)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (DAY, LATER, "AFTERCARE_BEFORE_END"),
        (LATER, LATER, "AFTERCARE_DATES_REVERSED"),
        (LATER, date(2031, 3, 13), "AFTERCARE_TOO_LONG"),
        (LATER, date(2031, 3, 12), None),
        (LATER, date(2031, 3, 11), None),
    ],
)
def test_aftercare_up_to_five_years(cast: Cast, starts_on: date, ends_on: date, code: str | None) -> None:
    package = agreed(cast.bo, cast.her).package
    end_package(actor=cast.bo, package=package, ended_on=LATER, outcome=Outcome.ORDINARY_JOB, on=LATER)
    arguments: dict[str, Any] = {"actor": cast.bo, "package": package, "on": LATER}
    if code:
        with pytest.raises(Refused, match=code):
            agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
        return
    agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)
    with pytest.raises(Refused, match="AFTERCARE_AGREED_ALREADY"):
        agree_aftercare(starts_on=starts_on, ends_on=ends_on, **arguments)


def test_programmes(cast: Cast) -> None:
    arguments: dict[str, Any] = {"code": "P", "name": "P", "starts_on": DAY, "on": DAY}
    here, both = [(cast.here, 10)], [(cast.here, 10), (cast.there, None)]
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        open_programme(actor=cast.anna, ends_on=None, targets=both, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_DATES_REVERSED"):
        open_programme(actor=cast.anna, ends_on=DAY, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_WITHOUT_MUNICIPALITY"):
        open_programme(actor=None, ends_on=None, targets=[], **arguments)
    open_programme(actor=cast.anna, ends_on=None, targets=here, **arguments)
    with pytest.raises(Refused, match="PROGRAMME_KNOWN_ALREADY"):
        open_programme(actor=None, ends_on=None, targets=both, **arguments)
