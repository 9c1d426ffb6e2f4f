"""What can be going on in a life today: one function a scene, and the order in which they come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from jobpakke.citizens.models import OtherReason, Status
from jobpakke.citizens.services.status import StatusFacts
from jobpakke.demo.after import let_go, looked_after, lost_the_job, wished_to_stop
from jobpakke.demo.lives import (
    CommitmentLife,
    NoteLife,
    PackageLife,
    StepLife,
    SubGoalLife,
)
from jobpakke.demo.notes import interview, monthly, one
from jobpakke.demo.trades import DANISH, TRADES, Trade
from jobpakke.method.ladder import Ending
from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from jobpakke.packages.models import EndReason, GoalForm, Outcome, Party


@dataclass(frozen=True, slots=True)
class Scene:
    """What is going on in one life today. ``quiet_days``: since the last conversation; ``notes``: in their place."""

    packages: tuple[PackageLife, ...] = ()
    spells: tuple[StatusFacts, ...] = ()
    quiet_days: int = 9
    notes: tuple[NoteLife, ...] = ()
    protected: bool | None = False
    near: bool = False
    """Near the labour market."""


def _stairs(trade: Trade, today: date, *, current: int, begun: int, left: int) -> list[StepLife]:
    """A trade's steps: those below ``current`` fulfilled, the current begun so many days ago and planned to last so
    many more, the rest planned after it. ``begun`` 0: not started yet."""
    found: list[StepLife] = []
    start = today - timedelta(days=begun + 60 * current)
    for number, rung in enumerate(trade.rungs):
        length = begun + left if number == current else 60
        end = start + timedelta(days=max(length, 14))
        goals = tuple(SubGoalLife(title, kind) for title, kind in rung.goals)
        step = StepLife(
            kind=rung.kind,
            title=rung.title,
            starts_on=start,
            ends_on=end,
            needs=(number - 1,) if number else (),
            sub_goals=goals,
            at_work=STEP_KINDS[rung.kind].needs_workplace,
        )
        if number < current:
            step = _fulfilled(step, end)
        elif number == current and begun:
            step = replace(step, started_on=start)
        found.append(step)
        start = end
    return found


def _fulfilled(step: StepLife, day: date) -> StepLife:
    met = day - timedelta(days=2)
    return replace(
        step,
        started_on=step.started_on or step.starts_on,
        ended_on=day,
        ending=Ending.FULFILLED,
        sub_goals=tuple(replace(goal, met_on=met) for goal in step.sub_goals),
    )


def _open(trade: Trade, steps: list[StepLife], today: date, *promises: CommitmentLife) -> PackageLife:
    opened_on = min(steps[0].starts_on, today)
    return PackageLife(
        drafted_on=opened_on - timedelta(days=10),
        goal_title=trade.goal,
        form=GoalForm.ORDINARY,
        steps=tuple(steps),
        opened_on=opened_on,
        commitments=promises,
    )


def _on_track(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=rng.choice((1, 3)), begun=25, left=50)
    beside = replace(
        steps[1],
        kind=StepKind.DANISH_EDUCATION,
        title="Danskuddannelse to gange om ugen",
        sub_goals=tuple(SubGoalLife(title, kind) for title, kind in DANISH),
        at_work=False,
        started_on=steps[1].starts_on,
        ends_on=today + timedelta(days=90),
        ended_on=None,
        ending=None,
    )
    return Scene((_open(trade, [*steps, beside], today),))


def _gap_now(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=1, begun=50, left=20)
    steps[1] = replace(
        steps[1],
        ended_on=today - timedelta(days=12),
        ending=Ending.UNFULFILLED,
        end_reason=EndReason.COMPANY_WITHDREW,
    )
    return Scene((_open(trade, steps, today),))


def _gap_now_and_ready(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=2, begun=0, left=30)
    moved = [step if step.started_on else _later(step, -6) for step in steps]
    return Scene((_open(trade, [_earlier(step, 6) for step in moved[:2]] + moved[2:], today),))


def _gap_ahead(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=1, begun=40, left=rng.randrange(6, 25))
    return Scene((_open(trade, steps[:2] + [_later(step, 21) for step in steps[2:]], today),))


def _gate_ready(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=1, begun=70, left=10)
    met = tuple(replace(goal, met_on=today - timedelta(days=2)) for goal in steps[1].sub_goals)
    steps[1] = replace(steps[1], sub_goals=met)
    return Scene((_open(trade, steps, today),))


def _step_ready(rng: Random, today: date) -> Scene:
    """The next step may start, and Danish goes on beside, so that there is no gap."""
    scene = _gap_now_and_ready(rng, today)
    package = scene.packages[0]
    beside = replace(
        package.steps[0],
        kind=StepKind.DANISH_EDUCATION,
        title="Danskuddannelse to gange om ugen",
        sub_goals=(),
        ends_on=today + timedelta(days=120),
        ended_on=None,
        ending=None,
    )
    return Scene((replace(package, steps=(*package.steps, beside)),))


def _plan_waiting(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = [_later(step, 14) for step in _stairs(trade, today, current=0, begun=0, left=40)]
    package = replace(_open(trade, steps, today), drafted_on=today - timedelta(days=5), opened_on=None)
    return Scene((package,), quiet_days=5)


def _plan_unanswered(rng: Random, today: date) -> Scene:
    scene = _plan_waiting(rng, today)
    return replace(scene, packages=(replace(scene.packages[0], answered=False),))


def _draft(rng: Random, today: date) -> Scene:
    scene = _plan_unanswered(rng, today)
    return replace(scene, packages=(replace(scene.packages[0], proposed=False),))


def _draft_forgotten(rng: Random, today: date) -> Scene:
    scene = _draft(rng, today)
    drafted_on = today - timedelta(weeks=11)
    steps = tuple(_later(step, -73) for step in scene.packages[0].steps)
    return replace(scene, packages=(replace(scene.packages[0], steps=steps, drafted_on=drafted_on),))


def _overdue(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    return Scene((_open(trade, _stairs(trade, today, current=1, begun=90, left=-9), today),))


def _promise_due(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=1, begun=30, left=60)
    promise = CommitmentLife(
        Party.MUNICIPALITY,
        "Bestiller kurset til næste trin",
        today - timedelta(days=30),
        today + timedelta(days=rng.choice((-3, 2, 5))),
    )
    return Scene((_open(trade, steps, today, promise),))


def _quiet(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=1, begun=55, left=45)
    return Scene((_open(trade, steps, today),), quiet_days=rng.randrange(30, 45))


def _waived(rng: Random, today: date) -> Scene:
    trade = rng.choice(TRADES)
    steps = _stairs(trade, today, current=2, begun=20, left=40)
    ended = steps[1].ended_on or today
    steps[1] = replace(
        steps[1],
        ending=Ending.UNFULFILLED,
        end_reason=EndReason.OTHER_PATH,
        waived_on=ended,
        sub_goals=tuple(replace(goal, met_on=None) for goal in steps[1].sub_goals),
    )
    return Scene((_open(trade, steps, today),))


def _in_job(rng: Random, today: date) -> Scene:
    return _job_since(rng, today, days=rng.choice((16, 22, 40)), quiet_days=60)


def _in_job_and_followed(rng: Random, today: date) -> Scene:
    return _job_since(rng, today, days=45, quiet_days=20)


def _job_since(rng: Random, today: date, *, days: int, quiet_days: int = 9) -> Scene:
    trade = rng.choice(TRADES)
    begun = today - timedelta(days=days)
    steps = [_fulfilled(step, step.ends_on) for step in _stairs(trade, begun, current=4, begun=0, left=0)]
    package = replace(
        _open(trade, steps, today),
        ended_on=begun,
        outcome=Outcome.ORDINARY_JOB,
        aftercare_until=begun + timedelta(days=365 * 2),
    )
    return Scene((package,), (StatusFacts(Status.ORDINARY_JOB, begun),), quiet_days=quiet_days)


def _looked_after(rng: Random, today: date) -> Scene:
    """Checks held, one missed, used in between; the next one lies ahead."""
    return replace(_job_since(rng, today, days=430), notes=looked_after(today - timedelta(days=430)))


def _check_missed(rng: Random, today: date) -> Scene:
    """Nobody has called for long."""
    return replace(_job_since(rng, today, days=300), notes=let_go(today - timedelta(days=300)))


def _ended_by_wish(rng: Random, today: date) -> Scene:
    scene = _job_since(rng, today, days=260)
    begun, ended = today - timedelta(days=260), today - timedelta(days=70)
    package = replace(scene.packages[0], aftercare_ended_on=ended)
    return replace(scene, packages=(package,), notes=wished_to_stop(begun, ended))


def _job_ahead(rng: Random, today: date) -> Scene:
    """The package has ended, and the job begins in nine days."""
    scene = _job_since(rng, today, days=5, quiet_days=6)
    begins = today + timedelta(days=9)
    package = replace(scene.packages[0], aftercare_until=None)
    return replace(scene, packages=(package,), spells=(StatusFacts(Status.ORDINARY_JOB, begins),))


def _relapse(rng: Random, today: date) -> Scene:
    """Used for help in time, but the job ended; aftercare runs on."""
    scene = _job_since(rng, today, days=150)
    lost = today - timedelta(days=rng.randrange(5, 30))
    facts = replace(scene.spells[0], ends_on=lost)
    return replace(scene, spells=(facts,), notes=lost_the_job(today - timedelta(days=150), lost))


def _second_package(rng: Random, today: date) -> Scene:
    """After a relapse a new package is under way; the aftercare of the first can be read beside it."""
    scene = _job_since(rng, today, days=400)
    begun, lost = today - timedelta(days=400), today - timedelta(days=120)
    trade = rng.choice(TRADES)
    again = _open(trade, _stairs(trade, today, current=0, begun=30, left=40), today)
    notes = (*lost_the_job(begun, lost), *monthly(rng, lost + timedelta(days=20), today))
    return replace(
        scene, packages=(*scene.packages, again), spells=(replace(scene.spells[0], ends_on=lost),), notes=notes
    )


def _new(_rng: Random, _today: date) -> Scene:
    return Scene(protected=None)


def _on_leave(_rng: Random, today: date) -> Scene:
    return Scene(spells=(StatusFacts(Status.OTHER, today - timedelta(days=50), None, OtherReason.MATERNITY),))


def _protected(rng: Random, today: date) -> Scene:
    return replace(_on_track(rng, today), protected=True)


def near_the_labour_market(rng: Random, today: date) -> Scene:
    """A short way to a job of one's own: one job interview has been held in time, and the next one is due."""
    trade = rng.choice(TRADES)
    short = replace(trade, rungs=(trade.rungs[0], trade.rungs[2]))
    package = _open(trade, _stairs(short, today, current=1, begun=40, left=45), today)
    opened_on = package.opened_on or today
    talks = monthly(rng, opened_on, today - timedelta(days=9))
    return Scene(
        (package,), notes=(*talks, interview(opened_on + timedelta(days=30)), one(today - timedelta(days=9))), near=True
    )


def _later(step: StepLife, days: int) -> StepLife:
    shift = timedelta(days=days)
    return replace(step, starts_on=step.starts_on + shift, ends_on=step.ends_on + shift)


def _earlier(step: StepLife, days: int) -> StepLife:
    shift = timedelta(days=days)
    return replace(
        _later(step, -days),
        started_on=step.started_on and step.started_on - shift,
        ended_on=step.ended_on and step.ended_on - shift,
        sub_goals=tuple(replace(goal, met_on=goal.met_on and goal.met_on - shift) for goal in step.sub_goals),
    )


SCENARIOS: tuple[Callable[[Random, date], Scene], ...] = (
    _on_track,
    _gap_now,
    _on_track,
    _gap_ahead,
    _gate_ready,
    _on_track,
    _step_ready,
    _promise_due,
    _in_job_and_followed,
    _on_track,
    _quiet,
    _overdue,
    _waived,
    _in_job,
    _gap_now_and_ready,
    _on_track,
    _plan_waiting,
    _plan_unanswered,
    _relapse,
    _draft,
    _new,
    _on_leave,
    _protected,
    _on_track,
    _draft_forgotten,
    _on_track,
    _looked_after,
    _check_missed,
    _ended_by_wish,
    _second_package,
    _job_ahead,
)
