"""What is not shown of curves by group: small numbers of persons, and what would give them away.

A reader knows how large each group is and sees everybody's curve, which is never bent for the groups' sake: it stands
on other pages too. So a cause of which any group has a small number is shown for no group, nor how many of a group
still wait: then one citizen could as well have come to the cause in another group and wait in this one, and all that is
shown would add up. Where that is not so, nothing of the groups is shown. Groups that are too small stand together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf

Course = tuple[float, int]
"""Days waited, and the number of the cause that ended it, 0 while it goes on."""
_WAITING = 0


def too_small(sizes: Mapping[str, int], *, least: int) -> frozenset[str]:
    """The groups that stand together: those of fewer than ``least``, and the next until they are enough together."""
    found: set[str] = set()
    together = 0
    for code, size in sorted(sizes.items(), key=lambda each: (each[1], each[0])):
        if size >= least and (not found or together >= least):
            break
        found.add(code)
        together += size
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Veil:
    """What must not be shown at a time: these causes and how many wait; or nothing may be (``all``)."""

    causes: Collection[int] = ()
    all: bool = False

    @property
    def waiting(self) -> bool:
        """Whether how many wait is hidden."""
        return self.all or bool(self.causes)

    def hides(self, cause: int) -> bool:
        """Whether the cause's number is hidden."""
        return self.all or cause in self.causes


CLEAR = Veil()


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of each group, everybody in one; ``causes``: their numbers; ``least``: fewer are small."""

    groups: Mapping[str, Sequence[Course]]
    causes: Sequence[int]
    least: int

    def for_all(self, at: float) -> Veil:
        """What is hidden of everybody together."""
        count = _counted([course for courses in self.groups.values() for course in courses], at)
        small = {cause for cause in self.causes if self._is_small(count[cause])}
        return Veil(small, all=self._is_small(count[_WAITING]))

    def for_groups(self, at: float) -> Veil:
        """What is hidden of each group."""
        counts = {code: _counted(courses, at) for code, courses in self.groups.items()}
        causes = {cause for cause in self.causes if any(self._is_small(count[cause]) for count in counts.values())}
        if not causes and any(self._is_small(count[_WAITING]) for count in counts.values()):
            came = {cause: sum(count[cause] for count in counts.values()) for cause in self.causes}
            causes = set(sorted((cause for cause in came if came[cause]), key=lambda cause: came[cause])[:1])
            if not causes:
                return Veil(all=True)
        pairs = [
            (code, cause)
            for code, count in counts.items()
            for cause in causes
            if self._is_small(count[cause]) or self._is_small(count[_WAITING])
        ]
        return Veil(causes, all=not all(_could_differ(counts, code, cause) for code, cause in pairs))

    def drawn_since(self, cause: int) -> float:
        """From when the groups' curves are drawn: the day on which none that rises is small any more, or inf."""
        since = 0.0
        for courses in self.groups.values():
            ends = sorted(days for days, number in courses if number == cause)
            if ends:
                since = max(since, ends[self.least - 1] if len(ends) >= self.least else inf)
        return since

    def drawn_until(self, code: str) -> float:
        """As long as enough of a group wait."""
        longest = sorted((days for days, _ in self.groups[code]), reverse=True)
        return longest[self.least - 1] if len(longest) >= self.least else -inf

    def _is_small(self, number: int) -> bool:
        return 0 < number < self.least


def _counted(courses: Sequence[Course], at: float) -> Counter[int]:
    """How many have come to each cause, and wait."""
    found = Counter(number for days, number in courses if number and days <= at)
    found[_WAITING] = sum(days >= at for days, _ in courses)
    return found


def _could_differ(counts: Mapping[str, Counter[int]], code: str, cause: int) -> bool:
    """Whether one more could have come to the cause here and one fewer elsewhere, or the other way round, each waiting
    where the other came."""
    mine = counts[code]
    others = [count for other, count in counts.items() if other != code]
    more = mine[_WAITING] > 0 and any(count[cause] > 0 for count in others)
    fewer = mine[cause] > 0 and any(count[_WAITING] > 0 for count in others)
    return more or fewer or not others
