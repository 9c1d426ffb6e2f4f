"""A life with a package as a state machine: what the caseworker does, and days that pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from jobpakke.companies.models import Workplace
from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import Severity
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import (
    EndReason,
    GoalForm,
    JobPackage,
    LateReason,
    Outcome,
    Party,
    PlannedStep,
    PlanVersion,
    Step,
    SubGoal,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services import (
    accept_warning,
    add_sub_goal,
    approve_plan,
    change_step,
    discard_draft,
    draft_package,
    duplicate_step,
    end_package,
    end_step,
    extend_step,
    fulfil_step,
    lay_step,
    move_step,
    propose_plan,
    record_evidence,
    remove_step,
    reopen_plan,
    shorten_step,
    start_step,
    waive_gate,
    withdraw_proposal,
)
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.wording import times_of
from tests.builders import DAY, Cast

picks = st.integers(0, 7)
hours = st.sampled_from(
    [
        frozenset[WeekTime](),
        frozenset({WeekTime(0, time(8), time(12))}),
        frozenset({WeekTime(0, time(11), time(14))}),
        frozenset({WeekTime(1, time(9), time(12))}),
    ]
)


def drafting(life: Life) -> bool:
    return life.unsettled() is not None


def proposed(life: Life) -> bool:
    version = life.unsettled()
    return version is not None and version.proposed_on is not None


def running(life: Life) -> bool:
    return life.package is not None and life.package.opened_on is not None


class Life(RuleBasedStateMachine):
    """bo works on asta's package; days pass; everything that is refused must change nothing."""

    cast: Cast
    places: ClassVar[tuple[Workplace, ...]] = ()
    """Of two companies, each in a register of the cast's."""
    reached: ClassVar[set[str]] = set()
    """Which acts some sequence got through: a machine that never climbs shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.today = DAY
        self.titles: dict[int, str] = {}
        """What the last edit that was not refused wrote, by wording of an unsettled draft."""
        self.done = self.looked = 0
        """How many acts got through, and how many of them had when what must never be was looked for last."""

    # -- what there is

    @property
    def package(self) -> JobPackage | None:
        return JobPackage.objects.filter(citizen=self.cast.her, ended_on__isnull=True).first()

    def unsettled(self) -> PlanVersion | None:
        return PlanVersion.objects.unsettled().filter(package=self.package).first() if self.package else None

    def one(self, rows: Any, pick: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[pick % len(found)] if found else None

    def attempt(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Refused:
            return False
        self.done += 1
        return True

    # -- verbs

    @initialize(agreed=st.sampled_from([True, True, False]), where=st.integers(0, 2))
    def begin(self, agreed: bool, where: int = 0) -> None:
        """Three steps, the second after the first; some lives begin with an agreement, some at two companies."""
        self.draft()
        self.lay(0, False, frozenset(), 7, where=where)
        self.lay(0, True, frozenset({WeekTime(0, time(8), time(12))}), 30)
        self.lay(0, False, frozenset({WeekTime(1, time(9), time(12))}), 30, where=1)
        if agreed:
            self.agree()

    @rule(days=st.sampled_from([1, 5, 30]))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda life: not drafting(life) and not running(life))
    @rule()
    def begin_again(self) -> None:
        self.begin(True)

    def draft(self) -> None:
        self.attempt(
            lambda: draft_package(
                actor=self.cast.bo, citizen=self.cast.her, goal_title="Mål", form=GoalForm.ORDINARY, on=self.today
            )
        )

    @precondition(drafting)
    @rule(pick=picks, after=st.booleans(), times=hours, length=st.sampled_from([7, 30]), where=st.integers(0, 2))
    def lay(self, pick: int, after: bool, times: frozenset[WeekTime], length: int, where: int = 0) -> None:
        """``where``: nowhere, or at the place of the first or the second company."""
        version = self.unsettled()
        if version is None:
            return
        other = self.one(version.planned_steps.select_related("step"), pick) if after else None
        facts = StepFacts(
            StepKind.GUIDANCE,
            "Trin",
            self.today,
            self.today + timedelta(days=length),
            needs=(other.step,) if other else (),
            times=times,
            workplace=(None, *self.places)[where],
        )
        self.attempt(lambda: self.with_goal(version, facts))

    def with_goal(self, version: PlanVersion, facts: StepFacts) -> None:
        planned = lay_step(actor=self.cast.bo, version=version, facts=facts, on=self.today)
        self.titles[planned.pk] = facts.title
        add_sub_goal(
            actor=self.cast.bo, planned=planned, title="Delmål", evidence_kind=EvidenceKind.STATEMENT, on=self.today
        )

    @precondition(drafting)
    @rule(pick=picks, other=picks, stale=st.booleans(), title=st.sampled_from(["Ny", "Nyere"]))
    def reword(self, pick: int, other: int, stale: bool, title: str) -> None:
        version = self.unsettled()
        planned = (
            self.one(PlannedStep.objects.filter(version=version).select_related("step"), pick) if version else None
        )
        if planned is None:
            return
        need = self.one(PlannedStep.objects.filter(version=version).select_related("step"), other)
        facts = StepFacts(
            StepKind(planned.step.kind),
            title,
            planned.starts_on,
            planned.ends_on,
            needs=(need.step,),
            times=times_of(planned),
            workplace=planned.workplace,
            weekly_hours=planned.weekly_hours,
        )
        seen = planned.edits - 1 if stale else planned.edits
        done = self.attempt(
            lambda: change_step(actor=self.cast.bo, planned=planned, facts=facts, seen=seen, on=self.today)
        )
        assert not (done and stale), "an edit on an older text went through"
        if done:
            self.titles[planned.pk] = title

    @precondition(drafting)
    @rule(
        pick=picks,
        how=st.sampled_from(["extend", "shorten", "move", "duplicate", "remove"]),
        days=st.integers(-40, 40),
        along=st.booleans(),
        stale=st.sampled_from([False, False, False, True]),
    )
    def redate(self, pick: int, how: str, days: int, along: bool, stale: bool) -> None:
        """Other days, once more, or out: never by who had read an older text."""
        version = self.unsettled()
        planned = (
            self.one(PlannedStep.objects.filter(version=version).select_related("step", "version__package"), pick)
            if version
            else None
        )
        if planned is None:
            return
        end = planned.ends_on + timedelta(days=days)
        seen = planned.edits - 1 if stale else planned.edits
        common: dict[str, Any] = {"actor": self.cast.bo, "planned": planned, "seen": seen, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "extend": lambda: extend_step(ends_on=end, along=along, **common),
            "shorten": lambda: shorten_step(ends_on=end, along=along, **common),
            "move": lambda: move_step(
                starts_on=planned.starts_on + timedelta(days=days),
                ends_on=end,
                along=along,
                **common,
            ),
            "duplicate": lambda: duplicate_step(**common),
            "remove": lambda: remove_step(**common),
        }
        done = self.attempt(verbs[how])
        assert not (done and stale), "what was written on an older text went through"
        if done and how == "remove":
            self.titles.pop(planned.pk, None)

    @precondition(drafting)
    @rule()
    def propose(self) -> None:
        version = self.unsettled()
        if version is None:
            return
        for breach in check_plan(plan_of_version(version), on=self.today).standing:
            if breach.severity is Severity.STOP:
                continue
            self.attempt(
                lambda breach=breach: accept_warning(  # type: ignore[misc]
                    actor=self.cast.bo,
                    version=version,
                    step=breach.step,
                    code=str(breach.refusal.code),
                    reason="Aftalt",
                    on=self.today,
                )
            )
        self.attempt(lambda: propose_plan(actor=self.cast.bo, version=version, reason="Ny", on=self.today))

    @precondition(proposed)
    @rule(party=st.sampled_from(list(Party)), where=st.integers(0, 2), back=st.integers(0, 3))
    def say_yes(self, party: Party, where: int, back: int) -> None:
        """``where``: which company, or (0) the only one."""
        version, place = self.unsettled(), (None, *self.places)[where]
        if version is None:
            return
        behalf = None if party == Party.MUNICIPALITY else OnBehalfReason.SAID_AT_MEETING
        day = self.today - timedelta(days=back)
        self.attempt(
            lambda: approve_plan(
                actor=self.cast.bo,
                version=version,
                party=party,
                company=place.company if place else None,
                given_on=day,
                on_behalf_reason=behalf,
                on=self.today,
            )
        )

    @precondition(drafting)
    @rule()
    def agree(self) -> None:
        """The short way, so that what comes after an agreement is reached often."""
        self.propose()
        self.yeses(0)

    def yeses(self, days: int) -> None:
        """Everybody says yes to what is proposed, so many days ago; the municipality last."""
        self.say_yes(Party.CITIZEN, 0, days)
        for where in range(3):
            self.say_yes(Party.COMPANY, where, days)
        self.say_yes(Party.MUNICIPALITY, 0, days)

    @rule(how=st.sampled_from(["reopen", "withdraw", "discard", "discard unread"]))
    def turn(self, how: str) -> None:
        """Who throws a draft away without having read what was written last does not."""
        package, version = self.package, self.unsettled()
        if how == "reopen" and package is not None:
            self.attempt(lambda: reopen_plan(actor=self.cast.bo, package=package, on=self.today))
        elif how == "withdraw" and version is not None:
            self.attempt(lambda: withdraw_proposal(actor=self.cast.bo, version=version, on=self.today))
        elif how.startswith("discard") and version is not None:
            unread = how != "discard"
            seen = version.edits - 1 if unread else version.edits
            done = self.attempt(lambda: discard_draft(actor=self.cast.bo, version=version, seen=seen, on=self.today))
            assert not (done and unread), "a draft that was not read was thrown away"
        self.forget()

    def forget(self) -> None:
        """What was in a draft that has been thrown away is not looked for any more."""
        standing = set(PlannedStep.objects.values_list("pk", flat=True))
        self.titles = {pk: title for pk, title in self.titles.items() if pk in standing}

    @precondition(running)
    @rule(pick=picks, back=st.integers(0, 3), how=st.sampled_from(["start", "fulfil", "end", "waive"]))
    def climb(self, pick: int, back: int, how: str) -> None:
        step = self.one(Step.objects.filter(package=self.package).select_related("package"), pick)
        if step is not None:
            self.take(step, back, how)

    def take(self, step: Step, back: int, how: str) -> None:
        day = self.today - timedelta(days=back)
        common: dict[str, Any] = {"actor": self.cast.bo, "step": step, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "start": lambda: start_step(started_on=day, late_reason=LateReason.TOLD_LATE, **common),
            "fulfil": lambda: fulfil_step(fulfilled_on=day, late_reason=LateReason.TOLD_LATE, **common),
            "end": lambda: end_step(ended_on=day, reason=EndReason.ABSENCE, late_reason=LateReason.TOLD_LATE, **common),
            "waive": lambda: waive_gate(given_on=day, reason="Aftalt", **common),
        }
        if self.attempt(verbs[how]):
            self.reached.add(how)

    @precondition(running)
    @rule(pick=picks, days=st.sampled_from([0, 1, 7]), last=st.sampled_from(["fulfil", "fulfil", "end", "waive"]))
    def climb_one(self, pick: int, days: int, last: str) -> None:
        """The short way up an agreed step that is not over, as far as it is let: started, shown, fulfilled or ended or
        passed without."""
        agreed = Step.objects.filter(wordings__version__effective_on__isnull=False, ended_on__isnull=True).distinct()
        step = self.one(agreed.filter(package=self.package).select_related("package"), pick)
        if step is None:
            return
        self.take(step, 0, "start")
        for goal in range(0 if last == "waive" else 3):
            self.show(goal, True)
        self.days_pass(days)
        self.take(step, 0, last)

    @precondition(running)
    @rule(pick=picks, meets=st.booleans())
    def show(self, pick: int, meets: bool) -> None:
        goal = self.one(SubGoal.objects.filter(step__package=self.package).select_related("step__package"), pick)
        if goal is not None:
            self.attempt(
                lambda: record_evidence(
                    actor=self.cast.bo, sub_goal=goal, shown_on=self.today, meets=meets, on=self.today
                )
            )

    @precondition(lambda life: running(life) and life.today >= DAY + timedelta(days=60))
    @rule()
    def end(self) -> None:
        package = self.package
        if package is not None:
            self.attempt(
                lambda: end_package(
                    actor=self.cast.bo, package=package, ended_on=self.today, outcome=Outcome.NO_JOB, on=self.today
                )
            )
            self.forget()
