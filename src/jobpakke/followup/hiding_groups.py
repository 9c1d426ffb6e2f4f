"""What is not shown of a table of groups (rows) and columns whose sums stand elsewhere.

A reader knows how many of everybody are in each column, and how large each group is. So a column in which any group has
a small number is shown for no group, and as many further ones, those of fewest persons first, as keep the numbers from
being worked out; where all are not enough, nothing of the groups is shown. Groups that are too small in this table, and
so many of the next that they are enough together, are not shown in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jobpakke.followup.hiding_curves import too_small

Counts = Mapping[tuple[str, ...], int]
"""Persons by group, column, and perhaps more: all that is shown of one column of one group together."""
_TOGETHER = "\0"


@dataclass(frozen=True, slots=True)
class Veil:
    """Of which groups nothing is shown, and which columns of no group are."""

    groups: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()

    def hides(self, group: str, column: str) -> bool:
        """Whether the number must not be shown."""
        return group in self.groups or column in self.columns


CLEAR = Veil()


def veil(counts: Counts, *, least: int) -> Veil:
    """What must not be shown where numbers from 1 to ``least`` - 1 are small."""
    if not any(0 < number < least for number in counts.values()):
        return CLEAR
    sizes = Counter[str]()
    for (group, *_), number in counts.items():
        sizes[group] += number
    few = too_small({group: size for group, size in sizes.items() if size}, least=least)
    table: Counter[tuple[str, ...]] = Counter()
    for (group, *rest), number in counts.items():
        table[_TOGETHER if group in few else group, *rest] += number
    nothing = Veil(frozenset(sizes), frozenset(column for _, column, *_ in counts))
    if len({group for (group, *_), number in table.items() if number}) < 2:  # noqa: PLR2004
        return nothing
    columns = _columns(table, least)
    return nothing if columns is None else Veil(few, columns)


def _columns(table: Counts, least: int) -> frozenset[str] | None:
    """The columns that are hidden; None where hiding all would not be enough."""
    hidden = {column for (_, column, *_), number in table.items() if 0 < number < least}
    sizes = Counter[str]()
    for (_, column, *_), number in table.items():
        sizes[column] += number
    further = sorted((each for each in sizes if sizes[each] and each not in hidden), key=lambda each: sizes[each])
    while hidden and _gives_away(table, hidden, least):
        if not further:
            return None
        hidden.add(further.pop(0))
    return frozenset(hidden)


def _gives_away(table: Counts, columns: Collection[str | None], least: int) -> bool:
    from jobpakke.evaluation.disclosure import CountTable, pinned

    whole = CountTable(tuple(str(number) for number in range(len(next(iter(table))))), table)
    inner = [place for place in whole.places() if None not in place and place[1] in columns]
    return pinned([whole], [inner], threshold=least)
