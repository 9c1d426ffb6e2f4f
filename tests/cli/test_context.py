"""``jobpakke context import``: one line of what was done, or why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobpakke.cli import main
from jobpakke.followup.context import reading
from jobpakke.followup.context.models import BenefitCount
from tests.builders import Cast
from tests.cli.shell import one_line

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]
LONG = "OMRÅDE;YDELSESTYPE;TID;INDHOLD\n"


def written(folder: Path, text: str) -> str:
    path = folder / "auk01.csv"
    path.write_text(text, encoding="cp1252")
    return str(path)


def test_it_tries_takes_in_and_has_it_already(cast: Cast, tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, f"{LONG}Århus;A;2009M01;5\nHele landet;A;2009M01;9\nAabenraa;A;2009M01;..\n")
    said = "Taken in: 1 new counts, 0 corrected; 0 were here already. Left out: 1 row of other areas (Hele landet)."
    assert main(["context", "import", file, "--dry-run"]) == 0
    assert capsys.readouterr().out == f"Only tried: {said} Not known in the file itself (..): 1.\n"
    assert not BenefitCount.objects.exists()
    assert main(["context", "import", file, "--source", "Kilde"]) == 0
    assert capsys.readouterr().out.startswith(said)
    assert BenefitCount.objects.get().imported.source == "Kilde"
    assert main(["context", "import", file]) == 2
    assert "is here already" in one_line(capsys.readouterr().err)


def test_faults_are_told_in_one_line_and_written_to_a_file(cast: Cast, tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, "OMRÅDE;TID;INDHOLD\nÅrhus;2009M01;x\nÅrhus;2009;5\n")
    assert main(["context", "import", file]) == 2
    assert "which benefit" in one_line(capsys.readouterr().err)
    report = tmp_path / "fejl.csv"
    assert main(["context", "import", file, "--benefit", "A", "--problems", str(report)]) == 2
    assert "Faults in the file: 2." in (said := one_line(capsys.readouterr().err))
    assert said.endswith("The first: row 2, column 3: no_count.")
    assert report.read_text() == "row,column,fault\n2,3,no_count\n3,2,no_month\n"
    assert not BenefitCount.objects.exists()


def test_a_file_that_is_not_there_or_too_large(
    cast: Cast, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["context", "import", str(tmp_path / "x.csv")]) == 2
    assert "cannot read" in one_line(capsys.readouterr().err)
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert main(["context", "import", written(tmp_path, LONG * 9)]) == 2
    assert "larger than" in one_line(capsys.readouterr().err)
