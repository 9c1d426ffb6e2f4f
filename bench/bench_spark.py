"""Statuses on 60 dates on DuckDB against Spark on the same machine, from one file; skipped where there is no Spark.

``python -m bench.bench_spark --spells 5000000`` (after ``make test-spark`` has installed Spark; Java 17).
"""

import argparse
from importlib.util import find_spec
from tempfile import TemporaryDirectory

from bench.bench_evaluation import MONTHS, counts, spells
from bench.sidebyside import compare
from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.evaluation.status_at import status_at


def main() -> None:
    """Prints a ratio, or why not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--spells", type=int, default=1_000_000)
    number = asked.parse_args().spells
    if find_spec("pyspark") is None:
        print("60 dates on Spark: Spark is not installed, not compared")
        return
    with TemporaryDirectory() as folder, engine() as duckdb, engine("spark") as spark:
        path = f"{folder}/spells.parquet"
        spells(duckdb, number, path)
        ours, theirs = load(duckdb, path, SPELLS), load(spark, path, SPELLS)
        compare(
            f"60 dates of {number:,} spells on DuckDB",
            lambda: counts(duckdb, status_at(ours, MONTHS)),
            lambda: counts(spark, status_at(theirs, MONTHS)),
            against="Spark on the same machine",
            rounds=2,
        )


if __name__ == "__main__":
    main()
