"""Packages started against what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
from ibis.expr.types import Table

from jobpakke.evaluation.spells import groups_of


def targets_by(packages: Table, *, targets: Table, on: date, by: Sequence[str]) -> Table:
    """Packages started on or before a date, against the target of their group.

    A package counts once, from its first day, also when it has ended since. `targets` has a row a group with the
    columns of `by` and `target`; an empty target is unknown. Groups of either table are in the answer: without
    packages they have 0, without a target none. `reached` is packages over target; without a target, or with a target
    of 0, there is none.

    Columns: the columns of `by`, `target`, `packages`, `reached`; in order of the groups.
    """
    by = groups_of(by, "package_id", "person_id", "start", "end", "target", "packages", "reached")
    started = packages.filter(packages.start <= on)
    counts = _grouped(started, by).agg(packages=lambda rows: rows.package_id.nunique())
    promised = _grouped(targets, by).agg(target=lambda rows: rows.target.sum())
    groups = ibis.union(counts.select(*by), promised.select(*by), distinct=True)
    table = groups.left_join(promised, by).select(*by, "target")
    joined = table.left_join(counts, by)
    table = joined.select(*by, target=joined.target.cast("int64"), packages=joined.packages.fill_null(0).cast("int64"))
    reached = table.packages.cast("float64") / table.target.nullif(0).cast("float64")
    return table.mutate(reached=reached).order_by(by)


def _grouped(table: Table, by: Sequence[str]) -> Table:
    return table.mutate(**{name: table[name].fill_null("") for name in by}).group_by(by)
