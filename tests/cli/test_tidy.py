"""``jobpakke tidy``: one line for each municipality, and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobpakke.cli import main
from jobpakke.lib.clock import today
from jobpakke.packages.models import PlanVersion
from tests.builders import Cast, draft
from tests.cli.shell import one_line

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]


def lines(capsys: Capture, *arguments: str) -> list[str]:
    assert main(["tidy", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_it_says_what_went_and_runs_again(cast: Cast, capsys: Capture) -> None:
    draft(cast.bo, cast.her, today() - timedelta(weeks=14))
    draft(cast.erik, cast.frode, today() - timedelta(weeks=14, days=-1))
    aabenraa = "0580 Aabenraa: no forgotten drafts"
    would = "0751 Århus: 1 forgotten draft would be removed, 1 of them with the whole package"
    assert lines(capsys, "--dry-run") == [aabenraa, would]
    assert PlanVersion.objects.count() == 2
    assert lines(capsys) == [aabenraa, would.replace("would be removed", "removed")]
    assert lines(capsys) == [aabenraa, "0751 Århus: no forgotten drafts"]
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert lines(capsys, "--on", tomorrow, "--dry-run")[1] == would
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(("on", "said"), [("2026-9-1", "YYYY-MM-DD"), ("", "YYYY-MM-DD"), ("2099-01-01", "--dry-run")])
def test_a_day_that_is_none_or_lies_ahead(cast: Cast, capsys: Capture, on: str, said: str) -> None:
    draft(cast.bo, cast.her, today() - timedelta(weeks=20))
    assert main(["tidy", "--on", on]) == 2
    assert said in one_line(capsys.readouterr().err)
    assert PlanVersion.objects.count() == 1
