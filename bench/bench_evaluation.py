"""Statuses on 60 dates in one call against 60 calls, pandas, Polars, Spark; a weekly register as spells; peak memory.

``python -m bench.bench_evaluation --full``: 20 million spells of a million persons, and a register of a million persons
and 520 weeks (some 6 GB of memory, an hour). Spark only where PySpark and Java are installed; else it says so.
"""

import argparse
import shutil
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pandas as pd
import polars as pl
from ibis.backends import BaseBackend

from bench.sidebyside import compare, seconds
from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.evaluation.status_at import status_at
from jobpakke.method.status import PRECEDENCE

FULL = 20_000_000
EACH = 20
"""Spells a person."""
WEEKS = 520
MONTHS = [date(2014 + number // 12, 1 + number % 12, 1) for number in range(60)]
STATUSES = [status.value for status in PRECEDENCE]
Count = dict[tuple[date, str], int]


def main() -> None:
    """Prints ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--spells", type=int, default=1_000_000)
    asked.add_argument("--full", action="store_true", help="20 million spells, one round each")
    chosen = asked.parse_args()
    number, rounds = (FULL, 1) if chosen.full else (chosen.spells, 2)
    with TemporaryDirectory() as folder:
        with engine() as backend:
            _spells(backend, number, f"{folder}/spells.parquet")
            _register(backend, number // EACH // 5, f"{folder}/register.parquet")
            _register(backend, number // EACH, f"{folder}/whole_register.parquet")
        _statuses(f"{folder}/spells.parquet", rounds)
        _spark(f"{folder}/spells.parquet", rounds)
        _weekly(f"{folder}/register.parquet", f"{folder}/whole_register.parquet", rounds)
        _memory(folder, number)


def _spells(backend: BaseBackend, number: int, path: str) -> None:
    """Random spells over twelve years; a person's overlap, but never two of one status."""
    names = ", ".join(f"'{status}'" for status in STATUSES)
    day = f"DATE '2010-01-01' + ((i % {EACH}) * 200 + (hash(i * 3) % 150)::INTEGER)::INTEGER"
    backend.con.execute(
        f"COPY (SELECT 'P' || lpad((i // {EACH})::VARCHAR, 8, '0') AS person_id, "
        f"[{names}][1 + (i + (hash(i // {EACH}) % 6)::BIGINT) % {len(STATUSES)}] AS status, {day} AS start, "
        f"CASE WHEN hash(i) % 20 > 0 OR i % {EACH} < {EACH} - 6 "
        f'THEN {day} + 1 + (hash(i * 5) % 300)::INTEGER END AS "end" '
        f"FROM range({number}) t(i)) TO '{path}'"
    )


def _register(backend: BaseBackend, persons: int, path: str) -> None:
    """520 weeks on end, with codes that stay for a while."""
    weeks = [(date(2010, 1, 4) + timedelta(weeks=number)).isocalendar() for number in range(WEEKS)]
    columns = ", ".join(
        f"['', '111', '730', '890', '771'][1 + (hash(i * 31 + {place} // (5 + i % 20)) % 5)::INTEGER] "
        f"AS y_{week.year % 100:02}{week.week:02}"
        for place, week in enumerate(weeks)
    )
    backend.con.execute(f"COPY (SELECT 'P' || i AS person_id, {columns} FROM range({persons}) t(i)) TO '{path}'")


def _statuses(path: str, rounds: int) -> None:
    with engine() as backend:
        table = backend.create_table("spells", backend.read_parquet(path))

        def at_once() -> Count:
            return _counts(backend, status_at(table, MONTHS))

        def singly() -> Count:
            return {key: count for on in MONTHS for key, count in _counts(backend, status_at(table, [on])).items()}

        compare("60 dates in one call", at_once, singly, against="60 calls", rounds=rounds, target=2)
        columns = pl.read_parquet(path).with_columns(rank=pl.col("status").replace_strict(STATUSES, range(6)))
        compare("60 dates", at_once, lambda: _by_polars(columns), against="Polars", rounds=rounds, target=1)
        frame = columns.select("person_id", "rank", "start", "end").to_pandas()
        compare("60 dates", at_once, lambda: _by_pandas(frame), against="pandas", rounds=rounds, target=5)


def _spark(path: str, rounds: int) -> None:
    """The same call of the same expression on another engine, the file read from where it is by both."""
    if find_spec("pyspark") is None or shutil.which("java") is None:
        print("60 dates on DuckDB: PySpark or Java is not installed, not compared with Spark")
        return
    with engine() as duckdb, engine("spark", url="local[*]") as spark:
        both = {backend: backend.read_parquet(path) for backend in (duckdb, spark)}

        def asked(backend: BaseBackend) -> Count:
            return _counts(backend, status_at(both[backend], MONTHS))

        compare("60 dates on DuckDB", lambda: asked(duckdb), lambda: asked(spark), against="Spark", rounds=rounds)


def _counts(backend: BaseBackend, table: ibis.Table) -> Count:
    rows = backend.to_pyarrow(table).to_pylist()
    return {(row["on"], row["status"]): row["persons"] for row in rows if row["persons"]}


def _by_polars(spells: pl.DataFrame) -> Count:
    found: Count = {}
    lazy = spells.lazy()
    for on in MONTHS:
        holding = lazy.filter((pl.col("start") <= on) & (pl.col("end").is_null() | (pl.col("end") > on)))
        counted = holding.group_by("person_id").agg(pl.col("rank").min()).group_by("rank").len().collect()
        found |= {(on, STATUSES[rank]): count for rank, count in counted.iter_rows()}
    return found


def _by_pandas(spells: pd.DataFrame) -> Count:
    found: Count = {}
    for on in map(pd.Timestamp, MONTHS):
        holding = spells[(spells["start"] <= on) & (spells["end"].isna() | (spells["end"] > on))]
        ranks: Any = holding.groupby("person_id", sort=False)["rank"].min().value_counts()
        found |= {(on.date(), STATUSES[int(rank)]): int(count) for rank, count in ranks.items()}
    return found


def _weekly(path: str, whole: str, rounds: int) -> None:
    """A fifth of a register against Polars, which holds all its weeks at once; the whole of it against that fifth."""
    with engine() as backend:

        def ours(path: str = path) -> int:
            table = load(backend, path, SPELLS, is_weekly=True)
            return int(backend.to_pyarrow(table.count()).as_py())

        def polars() -> int:
            weeks = pl.scan_parquet(path).unpivot(index="person_id", variable_name="week", value_name="code")
            ordered = weeks.sort("person_id", "week")
            begins = (pl.col("code") != pl.col("code").shift(1).over("person_id")).fill_null(value=True)
            return int(ordered.filter(begins).select(pl.len()).collect().item())

        persons, five = (pl.scan_parquet(each).select(pl.len()).collect().item() for each in (path, whole))
        name = f"a register of {persons:,} persons and {WEEKS} weeks, as spells"
        compare(name, ours, polars, against="Polars", rounds=rounds)
        times = seconds(ours), seconds(lambda: ours(whole))
        print(f"{five:,} persons took {times[1] / times[0]:.1f} times as long as {persons:,}", flush=True)


def _memory(folder: str, number: int) -> None:
    """In a process of its own. Linux tells the most it ever held; ``getrusage`` would tell of this process as well."""
    limit = max(100, number // 20_000)
    arguments = ["evaluate", "status-at", f"{folder}/spells.parquet", *(f"--on={on}" for on in MONTHS)]
    arguments += [f"--memory={limit}MB", f"--out={folder}/out"]
    code = (
        f"from jobpakke.cli import main; assert main({arguments!r}) == 0\n"
        "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # ours
    size = Path(folder, "spells.parquet").stat().st_size // 2**20
    peak = int(done.stdout) // 1024
    print(f"60 dates from a file of {size} MB, checked, with --memory {limit}MB: at most {peak} MB of memory")


if __name__ == "__main__":
    main()
