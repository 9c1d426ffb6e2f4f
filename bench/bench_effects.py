"""How long an effect by weights takes: ``python -m bench.bench_effects --persons 100000``."""

import argparse
from time import perf_counter

import ibis
import numpy as np
import pyarrow as pa

from jobpakke.evaluation.effects import effect

COVARIATES = [f"x{number}" for number in range(5)]


def main() -> None:
    """Prints seconds of each method."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, default=10_000)
    number = asked.parse_args().persons
    table = ibis.memtable(people(number))
    for method in ("difference", "regression", "ipw", "aipw"):
        before = perf_counter()
        row = effect(table, treatment="treated", outcome="outcome", covariates=COVARIATES, method=method)
        (found,) = row.to_pyarrow().to_pylist()
        seconds = perf_counter() - before
        told = f"{found['estimate']:.2f} ({found['lower']:.2f} to {found['upper']:.2f})"
        print(
            f"{method} of {number:,} persons and {len(COVARIATES)} covariates: {seconds:.1f} s, {told}; the truth is 1"
        )


def people(number: int) -> pa.Table:
    """The higher the covariates, the more are treated and the higher the outcome; the effect is 1. All in texts."""
    rng = np.random.default_rng(1)
    covariates = rng.normal(size=(number, len(COVARIATES)))
    tendency = covariates.sum(axis=1) / 4
    treated = rng.random(number) < 1 / (1 + np.exp(-tendency))
    outcome = treated + covariates.sum(axis=1) + rng.normal(size=number)
    columns = {"treated": treated.astype(int), "outcome": outcome.round(6)}
    columns |= {name: covariates[:, place].round(6) for place, name in enumerate(COVARIATES)}
    return pa.table({name: values.astype(str) for name, values in columns.items()})


if __name__ == "__main__":
    main()
