"""Whose a row of a table is: a group of citizens as it is shown, those that are too small together as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jobpakke.access.models import Municipality
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding_curves import too_small
from jobpakke.followup.lives import FollowedLife, Lives

EVERYONE, REST = "all", "rest"


@dataclass(frozen=True, slots=True)
class Whose:
    """A group of citizens, everybody as EVERYONE, groups that are too small together as REST; by municipality with its
    row."""

    code: str
    municipality: Municipality | None = None

    @property
    def is_everyone(self) -> bool:
        """Whether it is all of them."""
        return self.code == EVERYONE


@dataclass(frozen=True, slots=True)
class Shown:
    """The groups that are shown, in order, those that stand together (``pooled``) as one at the end."""

    groups: tuple[Whose, ...]
    pooled: tuple[Whose, ...] = ()

    def code(self, code: str) -> str:
        """As what a group is shown."""
        return REST if any(each.code == code for each in self.pooled) else code


def shown(lives: Lives, codes: Iterable[str], *, least: int | None) -> Shown:
    """Of the group of each citizen; groups of fewer than ``least`` stand together, None: none do."""
    sizes = Counter(codes)
    pooled = frozenset() if least is None else too_small(sizes, least=least)
    if lives.groups.by is Grouping.MUNICIPALITY:
        places = [Whose(str(part.municipality_id), part.municipality) for part in lives.parts]
        groups = [each for each in places if sizes.get(each.code)]
    else:
        groups = [Whose(code) for code in lives.groups.in_order(sizes)]
    rest = [Whose(REST)] if pooled else []
    apart = [each for each in groups if each.code not in pooled]
    return Shown((*apart, *rest), tuple(each for each in groups if each.code in pooled))


def at_start(lives: Lives, life: FollowedLife, municipality: int) -> str:
    """The group of a course: the municipality that the citizen counts in, or the group of the day the first package
    began, since what comes later may follow from the job."""
    if lives.groups.by is Grouping.MUNICIPALITY:
        return str(municipality)
    return lives.groups.on(life.citizen, life.packages[0].on)
