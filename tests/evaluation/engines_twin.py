"""Every figure of tables on one engine and on DuckDB: the same rows in the same order."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import ibis
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from jobpakke.evaluation.files import load
from jobpakke.evaluation.gaps import coverage, gaps
from jobpakke.evaluation.layouts import ACTIVITIES, PACKAGES, SPELLS, STUDY, TARGETS, Layout
from jobpakke.evaluation.merging import merged
from jobpakke.evaluation.rates import self_support_rate
from jobpakke.evaluation.spells import as_recorded
from jobpakke.evaluation.status_at import status_at
from jobpakke.evaluation.targets import targets_by
from tests.evaluation.curves_twin import CURVES
from tests.evaluation.tables import ACTIVITIES_2009, PACKAGES_2009, SPELLS_2009, STUDY_2009, TARGETS_2009, rows, values

MONTHS = [date(2009, month, 1) for month in range(1, 10)]
DAYS = [date(2009, 1, 1) + timedelta(days=number) for number in range(70)]
UNTIL = date(2009, 9, 1)
BY = ["place"]

TABLES: Mapping[str, tuple[Table, Layout]] = {
    "spells": (SPELLS_2009, SPELLS.with_groups("place")),
    "packages": (PACKAGES_2009, PACKAGES.with_groups("place")),
    "activities": (ACTIVITIES_2009, ACTIVITIES),
    "study": (STUDY_2009, STUDY.with_groups("treated", "outcome", "age", "place")),
    "targets": (TARGETS_2009, TARGETS.with_groups("place")),
}
ALIKE = {"row_": ibis.literal(0), **{name: ibis.literal("x") for name in ("person_id", "status", "place")}}
FIGURES: Mapping[str, Callable[[Mapping[str, Table]], Table]] = {
    "gaps of persons": lambda of: gaps(of["spells"], by=BY),
    "merged": lambda of: as_recorded(merged(of["spells"].mutate(**ALIKE))),
    "status": lambda of: status_at(of["spells"], MONTHS),
    "status by": lambda of: status_at(of["spells"], MONTHS, by=BY, default_status="none", precedence=["zz"]),
    "status, many dates": lambda of: status_at(of["spells"], DAYS, by=BY),
    "status of a population": lambda of: status_at(
        of["spells"], MONTHS, by=BY, default_status="none", population=of["packages"]
    ),
    "rate": lambda of: self_support_rate(of["spells"], [date(2000, 1, 1), *MONTHS], by=BY),
    "rate of all": lambda of: self_support_rate(of["spells"], [date(2000, 1, 1), *MONTHS], default_status="none"),
    "targets": lambda of: targets_by(of["packages"], targets=of["targets"], on=UNTIL, by=BY),
    "gaps": lambda of: gaps(of["packages"], activities=of["activities"], until=UNTIL, since=date(2009, 1, 5), by=BY),
    "coverage": lambda of: coverage(of["packages"], activities=of["activities"], until=UNTIL, by=BY),
    "coverage of all": lambda of: coverage(of["packages"], activities=of["activities"], until=UNTIL),
    "spells": lambda of: as_recorded(of["spells"], by=BY),
    **CURVES,
}


def differing(backend: BaseBackend, folder: Path) -> list[str]:
    """The figures that are not the same on the engine, from the same files."""
    own = {name: load(backend, _file(folder, name), layout) for name, (_, layout) in TABLES.items()}
    ours = {name: table for name, (table, _) in TABLES.items()}
    return [name for name, figure in FIGURES.items() if values(backend, figure(own)) != rows(figure(ours))]


def _file(folder: Path, name: str) -> str:
    table = ibis.duckdb.connect().to_pyarrow(TABLES[name][0])
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        lines = csv.writer(opened)
        lines.writerow(table.column_names)
        lines.writerows(row.values() for row in table.to_pylist())
    return str(path)
