"""Spells that overlap, taken as one: an extract of a register has them, and parallel steps make them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from jobpakke.evaluation.checks import ROW
from jobpakke.evaluation.reach import FOR_EVER

STOP = "stop"


def numbered(spells: Table, *, within: Sequence[str], order: Sequence[str], touching: bool) -> Table:
    """The spells with `number`, one for each unbroken stretch within the columns, and `is_new`: 1 on its first spell.

    ``spells`` have `start` and `stop`, neither of them empty; ``order`` begins with `start`. ``touching``: a spell that
    starts on the day another stops belongs to its stretch.
    """
    earlier = ibis.window(group_by=list(within), order_by=list(order), preceding=(None, 1))
    until = ibis.window(group_by=list(within), order_by=list(order), preceding=(None, 0))
    apart = spells.mutate(reached=_.stop.max().over(earlier))
    is_apart = apart.start > apart.reached if touching else apart.start >= apart.reached
    apart = apart.mutate(is_new=ibis.ifelse(apart.reached.isnull() | is_apart, 1, 0))
    return apart.mutate(number=_.is_new.sum().over(until))


def merged(spells: Table) -> Table:
    """Spells that overlap and are the same in every column but their days, as one from the first start to the last end.

    Spells that only touch stay two. The columns are those of ``spells``; `row_` is that of the first.
    """
    same = [name for name in spells.columns if name not in {ROW, "start", "end"}]
    stopped = spells.mutate(stop=_.end.fill_null(FOR_EVER))
    found = numbered(stopped, within=same, order=("start", STOP, ROW), touching=False)
    joined = found.group_by(*same, "number").agg(**{ROW: found[ROW].min()}, start=_.start.min(), stop=_.stop.max())
    return joined.mutate(end=joined.stop.nullif(FOR_EVER)).select(*spells.columns)
