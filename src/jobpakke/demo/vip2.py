"""VIP2 2007-2010: five municipalities, 320 citizens, 330 packages by 1 September 2009.

Source of the figures: the two tables of the follow-up of September 2009 on VIP2 (packages started by 30 April 2009
against targets; status of the citizens on 1 September 2009). The lives are invented; their events add up to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobpakke.citizens.models import OtherReason, Status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.demo.climb import Route, climb
from jobpakke.demo.lives import Life, PackageLife
from jobpakke.demo.notes import monthly
from jobpakke.demo.people import Person, people
from jobpakke.demo.trades import TRADES
from jobpakke.packages.models import GoalForm, Outcome

CODE = "VIP2"
STARTS_ON = date(2007, 9, 1)
ENDS_ON = date(2009, 5, 31)
COUNTED_ON = date(2009, 4, 30)
FOLLOWED_UP_ON = date(2009, 9, 1)
_LAST = date(2010, 12, 15)
_SEED = 2009


@dataclass(frozen=True, slots=True)
class Part:
    """One municipality's part: target, statuses of its citizens at the follow-up, when their packages began.

    ``late``: citizens whose package began between the two counts; ``again``: packages beyond one a citizen.
    ``whole``: citizens among these whose case is told in full elsewhere (demo.cases).
    """

    code: str
    name: str
    caseworker: str
    target: int | None
    ordinary_job: int
    flex_job: int
    in_package: int
    cash_benefit: int
    disability_pension: int
    other: int
    late: int = 0
    again: int = 0
    whole: tuple[str, ...] = ()


PARTS = (
    Part("0210", "Fredensborg", "fie", 25, 12, 0, 13, 18, 0, 8, again=10),
    Part("0159", "Gladsaxe", "gert", 10, 18, 0, 44, 23, 3, 9),
    Part("0330", "Slagelse", "signe", None, 20, 0, 25, 0, 4, 0),
    Part("0580", "Aabenraa", "aase", None, 33, 1, 14, 11, 0, 2, late=5),
    Part(
        "0751",
        "Århus",
        "aksel",
        77,
        24,
        13,
        6,
        12,
        4,
        3,
        late=12,
        whole=("ordinary_job", "ordinary_job", "flex_job"),
    ),
)

_OTHER = (
    OtherReason.PENSION_CASE,
    OtherReason.TREATMENT,
    OtherReason.MATERNITY,
    OtherReason.MOVED,
    OtherReason.PRISON,
)


def lives() -> Iterator[Life]:
    """Every VIP2 citizen but the three whole cases; the same lives each time."""
    rng = Random(_SEED)  # noqa: S311  # invented lives, not secrets
    crowd = people(rng, first_serial=100)
    for part in PARTS:
        for number, fate in enumerate(_fates(part)):
            late = number < part.late
            again = 0 if late else _again(part, number - part.late)
            yield _life(rng, next(crowd), part, fate, late=late, again=again)


def _fates(part: Part) -> list[str]:
    """The status of each citizen at the follow-up, those first who can have begun late."""
    order = ("in_package", "cash_benefit", "ordinary_job", "flex_job", "disability_pension", "other")
    return [fate for fate in order for _ in range(getattr(part, fate) - part.whole.count(fate))]


def _again(part: Part, number: int) -> int:
    """Earlier packages of a citizen: two for the first, one for the next ones, until the part's sum is reached."""
    if part.again == 0:
        return 0
    return 2 if number == 0 else int(number < part.again - 1)


def _life(rng: Random, person: Person, part: Part, fate: str, *, late: bool, again: int) -> Life:
    opened_on = _opening(rng, late=late, again=again)
    earlier, opened_on = _earlier(rng, opened_on, again)
    packages, spells = _FATES[fate](rng, opened_on)
    chosen = (*earlier, *packages)
    known_from = chosen[0].drafted_on
    return Life(
        given_name=person.given_name,
        family_name=person.family_name,
        cpr=person.cpr,
        municipality=part.code,
        caseworker=part.caseworker,
        known_from=known_from,
        programme=CODE,
        packages=chosen,
        spells=tuple(spells),
        notes=monthly(rng, known_from, max(package.ended_on or _LAST for package in chosen)),
    )


def _opening(rng: Random, *, late: bool, again: int) -> date:
    if late:
        return date(2009, 5, 4) + timedelta(days=rng.randrange(90))
    if again:
        return STARTS_ON + timedelta(days=14 + rng.randrange(30))
    return STARTS_ON + timedelta(days=30 + int(rng.triangular(0, 540, 430)))


def _earlier(rng: Random, opened_on: date, again: int) -> tuple[list[PackageLife], date]:
    """Packages before the one that decides; all of them began by the first count."""
    found = []
    for _ in range(again):
        ended_on = opened_on + timedelta(days=150 + rng.randrange(40))
        found.append(_package(rng, Route(opened_on, ended_on, reached=False), Outcome.NEW_PACKAGE))
        opened_on = (found[-1].ended_on or ended_on) + timedelta(days=rng.randrange(30))
    return found, opened_on


Fate = tuple[list[PackageLife], list[StatusFacts]]


def _ordinary_job(rng: Random, opened_on: date) -> Fate:
    return _job(rng, opened_on, Status.ORDINARY_JOB)


def _flex_job(rng: Random, opened_on: date) -> Fate:
    return _job(rng, opened_on, Status.FLEX_JOB)


def _job(rng: Random, opened_on: date, status: Status) -> Fate:
    """In work at the follow-up; one in six loses the job in 2010, and some of those get a new package."""
    begun = _between(rng, opened_on + timedelta(days=45), FOLLOWED_UP_ON - timedelta(days=3))
    package = _package(
        rng, Route(opened_on, begun, reached=True, flex=status == Status.FLEX_JOB), Outcome(status.value)
    )
    begun = package.ended_on or begun
    if rng.random() > 1 / 6:
        return [package], [StatusFacts(status, begun)]
    lost = _between(rng, date(2009, 11, 1), date(2010, 6, 1))
    packages = [package]
    if rng.random() < 0.5:
        again = Route(lost + timedelta(days=30), _LAST - timedelta(days=rng.randrange(30)), reached=False)
        packages.append(_package(rng, again, Outcome.NO_JOB))
    return packages, [StatusFacts(status, begun, lost)]


def _in_package(rng: Random, opened_on: date) -> Fate:
    """Under way at the follow-up; in 2010 half of them reach a job."""
    ended_on = max(_between(rng, date(2009, 11, 1), _LAST), opened_on + timedelta(days=120))
    reached, flex = rng.random() < 0.5, rng.random() < 0.15
    route = Route(opened_on, ended_on, reached=reached, flex=flex, keep=FOLLOWED_UP_ON)
    if not reached:
        return [_package(rng, route, Outcome.NO_JOB)], []
    status = Status.FLEX_JOB if flex else Status.ORDINARY_JOB
    package = _package(rng, route, Outcome(status.value))
    return [package], [StatusFacts(status, package.ended_on or ended_on)]


def _cash_benefit(rng: Random, opened_on: date) -> Fate:
    """Without anything at the follow-up: between two steps, after a package without a job, or out of a job again."""
    chance = rng.random()
    if chance < 0.35 or opened_on > date(2009, 3, 1):
        ended_on = _between(rng, date(2009, 12, 1), _LAST)
        route = Route(opened_on, ended_on, reached=False, idle=FOLLOWED_UP_ON)
        return [_package(rng, route, Outcome.NO_JOB)], []
    ended_on = _between(rng, opened_on + timedelta(days=60), date(2009, 7, 15))
    if chance < 0.7:
        return [_package(rng, Route(opened_on, ended_on, reached=False), Outcome.NO_JOB)], []
    package = _package(rng, Route(opened_on, ended_on, reached=True), Outcome.ORDINARY_JOB)
    begun = package.ended_on or ended_on
    return [package], [StatusFacts(Status.ORDINARY_JOB, begun, _between(rng, begun, date(2009, 8, 28)))]


def _disability_pension(rng: Random, opened_on: date) -> Fate:
    ended_on = _between(rng, opened_on + timedelta(days=60), date(2009, 8, 20))
    route = Route(opened_on, ended_on, reached=True, flex=True)
    package = _package(rng, route, Outcome.PENSION, form=GoalForm.CLARIFY_PENSION)
    return [package], [StatusFacts(Status.DISABILITY_PENSION, package.ended_on or ended_on)]


def _other(rng: Random, opened_on: date) -> Fate:
    ended_on = _between(rng, opened_on + timedelta(days=40), date(2009, 8, 25))
    package = _package(rng, Route(opened_on, ended_on, reached=False), Outcome.OTHER)
    reason = rng.choice(_OTHER)
    until = _between(rng, date(2009, 11, 1), _LAST) if reason is not OtherReason.MOVED else None
    return [package], [StatusFacts(Status.OTHER, package.ended_on or ended_on, until, reason)]


_FATES = {
    "ordinary_job": _ordinary_job,
    "flex_job": _flex_job,
    "in_package": _in_package,
    "cash_benefit": _cash_benefit,
    "disability_pension": _disability_pension,
    "other": _other,
}


def _package(rng: Random, route: Route, outcome: Outcome, form: GoalForm | None = None) -> PackageLife:
    trade = rng.choice(TRADES)
    steps = climb(rng, trade, route)
    ended_on = max(step.ended_on or route.ended_on for step in steps)
    return PackageLife(
        drafted_on=route.opened_on - timedelta(days=rng.randrange(7, 15)),
        goal_title=trade.goal,
        form=form or (GoalForm.FLEX if route.flex else GoalForm.ORDINARY),
        steps=steps,
        opened_on=route.opened_on,
        ended_on=max(ended_on, route.ended_on),
        outcome=outcome,
    )


def _between(rng: Random, first: date, last: date) -> date:
    """A day in the interval; its first when it is empty."""
    return first + timedelta(days=rng.randrange(max(1, (last - first).days)))
