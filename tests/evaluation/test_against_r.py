"""Whole curves against R's survfit, on the competing risks that its package survival ships; where R is installed."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from jobpakke.evaluation.incidence import incidence
from tests.evaluation.rows import rows_of, table

SCRIPT = """
suppressMessages(library(survival))
folder <- commandArgs(TRUE)[1]
event <- with(mgus2, ifelse(pstat == 1, 1, ifelse(death == 1, 2, 0)))
data <- data.frame(duration = with(mgus2, ifelse(pstat == 1, ptime, futime)), event = event, group = mgus2$sex)
s <- summary(survfit(Surv(duration, factor(event, 0:2)) ~ group, data = data))
curves <- data.frame(group = sub("group=", "", s$strata), time = s$time, at_risk = s$n.risk[, 1],
  cif1 = s$pstate[, 2], se1 = s$std.err[, 2], cif2 = s$pstate[, 3], se2 = s$std.err[, 3])
k <- summary(survfit(Surv(duration, event > 0) ~ 1, data = data, conf.type = "log-log"))
survival <- data.frame(time = k$time, survival = k$surv, se = k$std.err, lower = k$lower, upper = k$upper)
options(digits = 17)
write.csv(data, file.path(folder, "data.csv"), row.names = FALSE)
write.csv(curves, file.path(folder, "curves.csv"), row.names = FALSE)
write.csv(survival, file.path(folder, "survival.csv"), row.names = FALSE)
"""
Numbers = list[dict[str, str]]


@pytest.fixture(scope="module")
def r(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Numbers]:
    """What R says: the data, the curves of both causes for women and men, and the survival of all."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    folder: Path = tmp_path_factory.mktemp("r")
    (folder / "fit.R").write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", "fit.R", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    if "there is no package called" in done.stderr:
        pytest.skip("R has no package survival")
    assert done.returncode == 0, done.stderr
    names = ("data", "curves", "survival")
    return {name: list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines())) for name in names}


def people(r: dict[str, Numbers]) -> dict[str, list[Any]]:
    rows = r["data"]
    return {
        "duration": [float(row["duration"]) for row in rows],
        "event": [int(row["event"]) for row in rows],
        "group": [row["group"] for row in rows],
    }


def near(value: str) -> Any:
    return pytest.approx(float(value), rel=1e-8, abs=1e-10)


def test_every_point_of_two_competing_causes(r: dict[str, Numbers]) -> None:
    assert len(r["data"]) == 1384
    rows = {(row["group"], row["cause"], row["time"]): row for row in rows_of(incidence(table(people(r))))}
    assert len(r["curves"]) > 300
    for point in r["curves"]:
        for cause in "12":
            ours = rows[point["group"], cause, float(point["time"])]
            assert ours["at_risk"] == int(point["at_risk"])
            assert ours["cif"] == near(point[f"cif{cause}"])
            assert ours["se"] == near(point[f"se{cause}"])


def test_every_point_of_the_survival_with_its_interval(r: dict[str, Numbers]) -> None:
    alone = {name: values for name, values in people(r).items() if name != "group"}
    rows = {row["time"]: row for row in rows_of(incidence(table(alone), cause="any"))}
    for point in r["survival"]:
        ours = rows[float(point["time"])]
        assert 1 - ours["cif"] == near(point["survival"])
        if point["se"] == "NA":  # R gives none once nobody is left
            assert 1 - ours["cif"] == 0
            continue
        assert ours["se"] == near(point["se"])
        assert (1 - ours["upper"], 1 - ours["lower"]) == (near(point["lower"]), near(point["upper"]))
