"""Competing risks of a public data set against R: ``survival::mgus2``, progression or death first, by sex."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from jobpakke.evaluation.incidence import incidence
from jobpakke.evaluation.layouts import DURATIONS
from jobpakke.evaluation.spells import Row, table_of
from tests.evaluation.rows import rows_of

SCRIPT = """
suppressMessages(library(survival))
lasted <- with(mgus2, ifelse(pstat == 0, futime, ptime))
event <- with(mgus2, ifelse(pstat == 0, 2 * death, 1))
write.csv(data.frame(lasted, event, sex = as.character(mgus2$sex)), "mgus2.csv", row.names = FALSE)
found <- survfit(Surv(lasted, factor(event, 0:2)) ~ sex, data = data.frame(lasted, event, sex = mgus2$sex),
                 conf.type = "log-log")
options(digits = 17)
write.csv(data.frame(sex = rep(sub("sex=", "", names(found$strata)), found$strata), time = found$time,
                     at_risk = found$n.risk[, 1], cif = found$pstate[, -1], se = found$std.err[, -1],
                     lower = found$lower[, -1], upper = found$upper[, -1]), "curves.csv", row.names = FALSE)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where R put the data and its curves."""
    program, found = shutil.which("Rscript"), tmp_path_factory.mktemp("r")
    if program is None:
        pytest.skip("Rscript is not installed")
    asked = subprocess.run([program, "-e", SCRIPT], cwd=found, capture_output=True, text=True, timeout=120, check=False)
    if asked.returncode and "survival" in asked.stderr:
        pytest.skip("R has no package survival")
    assert asked.returncode == 0, asked.stderr
    return found


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_point_of_both_causes_is_that_of_survfit(folder: Path) -> None:
    people: list[Row] = [
        (float(row["lasted"]), int(row["event"]), row["sex"], None) for row in read(folder / "mgus2.csv")
    ]
    ours = {
        (row["group"], row["time"], row["cause"]): row
        for row in rows_of(incidence(table_of(people, DURATIONS), by="group"))
    }
    compared = 0
    for row in read(folder / "curves.csv"):
        for cause in ("1", "2"):
            found = ours.get((row["sex"], float(row["time"]), cause))
            if found is None:  # a time of censoring alone, or of the other cause
                continue
            compared += 1
            assert found["at_risk"] == int(row["at_risk"])
            for name in ("cif", "se", "lower", "upper"):
                theirs = row[f"{name}.{cause}"]
                if theirs != "NA" and found[name] is not None:
                    assert found[name] == pytest.approx(float(theirs), abs=1e-8), (row, name)
    assert compared > 300
    assert len(people) == 1384
