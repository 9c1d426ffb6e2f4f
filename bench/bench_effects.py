"""Effects of a table of persons against statsmodels called with the arrays in hand: what reading and checking cost.

``python -m bench.bench_effects --persons 100000``: five covariates, some half of the persons treated.
"""

import argparse
from collections.abc import Callable
from functools import partial

import ibis
import numpy as np
import pyarrow as pa
import statsmodels.api as sm
from ibis.expr.types import Table
from numpy.typing import NDArray
from statsmodels.treatment.treatment_effects import TreatmentEffect

from bench.sidebyside import compare
from jobpakke.evaluation.effects import effect

COVARIATES = [f"x{place}" for place in range(5)]
ROUNDS = 3
Numbers = NDArray[np.float64]


def main() -> None:
    """Prints ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, default=20_000)
    number = asked.parse_args().persons
    rng = np.random.default_rng(1)
    covariates = rng.normal(size=(number, len(COVARIATES)))
    treated = (rng.random(number) < 1 / (1 + np.exp(-covariates[:, 0] / 2))).astype(int)
    outcome = treated + covariates.sum(axis=1) + rng.normal(size=number)
    columns = dict(zip(COVARIATES, covariates.T, strict=True))
    table = ibis.memtable(pa.table({"treated": treated, "outcome": outcome, **columns}))
    for method in ("ipw", "aipw"):
        compare(
            f"{method} of {number:,} persons",
            partial(by_table, table, method),
            by_statsmodels(method, treated, outcome, covariates),
            against="statsmodels' own call",
            rounds=ROUNDS,
        )


def by_table(table: Table, method: str) -> tuple[float, float]:
    """Estimate and standard error, to five decimals."""
    found = effect(table, treatment="treated", outcome="outcome", covariates=COVARIATES, method=method)
    (row,) = found.to_pyarrow().to_pylist()
    return round(row["estimate"], 5), round(row["se"], 5)


def by_statsmodels(
    method: str, treated: NDArray[np.int_], outcome: Numbers, covariates: Numbers
) -> Callable[[], tuple[float, float]]:
    """The same, as its documentation does it."""
    design = sm.add_constant(covariates)

    def estimate() -> tuple[float, float]:
        chosen = sm.Logit(treated, design).fit(disp=0)
        results = getattr(TreatmentEffect(sm.OLS(outcome, design), treated, results_select=chosen), method)()
        return round(float(results.effect[0]), 5), round(float(results.sd[0]), 5)

    return estimate


if __name__ == "__main__":
    main()
