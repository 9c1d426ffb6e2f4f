"""Cumulative incidence with variances, five groups and two causes in one call, against lifelines, and R where it is.

``python -m bench.bench_incidence --persons 1000000``. Times are whole weeks over ten years; every event of a week is of
one cause, so that lifelines need not jitter ties and gives the same numbers.
"""

import argparse
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from lifelines import AalenJohansenFitter

from bench.sidebyside import compare, tell
from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.incidence import incidence

AT = (52.0, 156.0, 260.0)
WEEKS = 520
ROUNDS = 3
TARGET = 50
R_SCRIPT = """
suppressMessages(library(survival))
arguments <- commandArgs(TRUE)
d <- read.csv(arguments[1])
times <- c()
for (round in 1:as.integer(arguments[2])) {
  times <- c(times, system.time(f <- survfit(Surv(duration, factor(event, 0:2)) ~ group, data = d))[["elapsed"]])
}
s <- summary(f, times = c(52, 156, 260))
cat(sprintf('{"seconds": %f, "cif": [%s], "se": [%s]}', min(times),
  paste(sprintf("%.12f", s$pstate[, 2:3]), collapse = ","), paste(sprintf("%.12f", s$std.err[, 2:3]), collapse = ",")))
"""
Answer = list[tuple[float, float]]


def main() -> None:
    """Prints ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, default=100_000)
    persons = people(asked.parse_args().persons)
    with engine() as backend:
        table = backend.create_table("durations", persons)
        frame = persons.to_pandas()
        name = f"incidence of {persons.num_rows:,} persons"

        def ours() -> Answer:
            return estimates(table)

        print(f"{name}: every time, cause and group in {_best(lambda: incidence(table)):.2f} s")
        compare(name, ours, lambda: by_lifelines(frame), against="lifelines", rounds=ROUNDS, target=TARGET)
        by_r(persons, ours, name)


def people(number: int) -> pa.Table:
    """Random durations with events and censoring."""
    rng = np.random.default_rng(1)
    duration = np.minimum(np.ceil(rng.exponential(210, number)), WEEKS)
    seen = rng.random(number) < 0.6  # noqa: PLR2004
    event = np.where(seen, 1 + duration.astype(int) % 2, 0)
    return pa.table({"duration": duration, "event": event, "group": [f"g{place % 5}" for place in range(number)]})


def estimates(table: ibis.Table) -> Answer:
    """Each group's, cause's and time's estimate and standard error."""
    rows = incidence(table, at=AT).to_pyarrow().to_pylist()
    return [(round(row["cif"], 6), round(row["se"], 8)) for row in rows]


def by_lifelines(frame: pd.DataFrame) -> Answer:
    """The same by lifelines."""
    found: Answer = []
    for _, part in frame.groupby("group"):
        for cause in (1, 2):
            fitter = AalenJohansenFitter()
            with np.errstate(all="ignore"):
                fitter.fit(part["duration"], part["event"], event_of_interest=cause)
            for time in AT:
                cif = float(fitter.cumulative_density_.loc[:time].iloc[-1, 0])
                found.append((round(cif, 6), round(float(fitter.variance_.loc[:time].iloc[-1]) ** 0.5, 8)))
    return found


def by_r(persons: pa.Table, ours: Callable[[], Answer], name: str) -> None:
    """The same by R's survfit, its own time only; says so when there is no R."""
    if shutil.which("Rscript") is None:
        print(f"{name}: R is not installed, not compared")
        return
    with TemporaryDirectory() as folder:
        data, script = Path(folder, "data.csv"), Path(folder, "fit.R")
        persons.to_pandas().to_csv(data, index=False)
        script.write_text(R_SCRIPT, encoding="utf-8")
        before = _best(ours)
        command = ["Rscript", "--vanilla", str(script), str(data), str(ROUNDS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, S607  # ours
    if done.returncode != 0:
        print(f"{name}: R has no package survival, not compared")
        return
    theirs = json.loads(done.stdout)
    rows = ours()
    columns = [rows[place : place + 3] for place in range(0, len(rows), 3)]
    by_cause = [pair for cause in (0, 1) for group in range(5) for pair in columns[2 * group + cause]]
    for place, known in enumerate(("cif", "se")):
        if not np.allclose([pair[place] for pair in by_cause], theirs[known], atol=1e-6):
            raise AssertionError(f"{name}: R gives another {known}")
    ratio = theirs["seconds"] / min(before, _best(ours))
    tell(name, ratio, against="R's survfit", target=TARGET)


def _best(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
