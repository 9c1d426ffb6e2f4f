"""Any sequence of verbs: no step under way before its gate, no agreed plan without three yeses to that very version,
no overlapping claims on the same hours in an open package, no edit lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.db.models import F, Q
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobpakke.lib.refusal import Refused
from jobpakke.method.ladder import StepState, missing, state_on
from jobpakke.method.proposals import Wanted
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of, plan_of_version
from jobpakke.packages.models import (
    BreakReason,
    Commitment,
    EndReason,
    GoalForm,
    HowTold,
    JobPackage,
    LateReason,
    Outcome,
    Party,
    PlannedStep,
    PlanVersion,
    Proposal,
    Step,
    SubGoal,
)
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.rules import check_plan
from jobpakke.packages.services import (
    accept_proposal,
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
    make_commitment,
    move_step,
    propose_change,
    propose_plan,
    record_evidence,
    reject_proposal,
    remove_step,
    reopen_plan,
    retract_proposal,
    settle_commitment,
    shorten_step,
    start_step,
    waive_gate,
    withdraw_proposal,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.proposals import Wish
from jobpakke.packages.wording import times_of
from tests.builders import DAY, Cast, build_cast

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

    @initialize(agreed=st.sampled_from([True, True, False]))
    def begin(self, agreed: bool) -> None:
        """Three steps, the second after the first; some lives begin with an agreement."""
        self.draft()
        self.lay(0, False, frozenset(), 7)
        self.lay(0, True, frozenset({WeekTime(0, time(8), time(12))}), 30)
        self.lay(0, False, frozenset({WeekTime(1, time(9), time(12))}), 30)
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
    @rule(pick=picks, after=st.booleans(), times=hours, length=st.sampled_from([7, 30]))
    def lay(self, pick: int, after: bool, times: frozenset[WeekTime], length: int) -> None:
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
    )
    def redate(self, pick: int, how: str, days: int, along: bool) -> None:
        version = self.unsettled()
        planned = (
            self.one(PlannedStep.objects.filter(version=version).select_related("step", "version__package"), pick)
            if version
            else None
        )
        if planned is None:
            return
        end = planned.ends_on + timedelta(days=days)
        common: dict[str, Any] = {"actor": self.cast.bo, "planned": planned, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "extend": lambda: extend_step(ends_on=end, along=along, seen=planned.edits, **common),
            "shorten": lambda: shorten_step(ends_on=end, along=along, seen=planned.edits, **common),
            "move": lambda: move_step(
                starts_on=planned.starts_on + timedelta(days=days),
                ends_on=end,
                along=along,
                seen=planned.edits,
                **common,
            ),
            "duplicate": lambda: duplicate_step(**common),
            "remove": lambda: remove_step(**common),
        }
        if self.attempt(verbs[how]) and how == "remove":
            self.titles.pop(planned.pk, None)

    @precondition(drafting)
    @rule()
    def propose(self) -> None:
        version = self.unsettled()
        if version is None:
            return
        for breach in check_plan(plan_of_version(version), on=self.today).standing:
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
    @rule(party=st.sampled_from(list(Party)), back=st.integers(0, 3))
    def say_yes(self, party: Party, back: int) -> None:
        version = self.unsettled()
        if version is None:
            return
        behalf = None if party == Party.MUNICIPALITY else OnBehalfReason.SAID_AT_MEETING
        day = self.today - timedelta(days=back)
        self.attempt(
            lambda: approve_plan(
                actor=self.cast.bo, version=version, party=party, given_on=day, on_behalf_reason=behalf, on=self.today
            )
        )

    @precondition(drafting)
    @rule()
    def agree(self) -> None:
        """The short way, so that what comes after an agreement is reached often."""
        self.propose()
        for party in Party:
            self.say_yes(party, 0)

    @rule(how=st.sampled_from(["reopen", "withdraw", "discard"]))
    def turn(self, how: str) -> None:
        package, version = self.package, self.unsettled()
        if how == "reopen" and package is not None:
            self.attempt(lambda: reopen_plan(actor=self.cast.bo, package=package, on=self.today))
        elif how == "withdraw" and version is not None:
            self.attempt(lambda: withdraw_proposal(actor=self.cast.bo, version=version, on=self.today))
        elif how == "discard" and version is not None:
            self.attempt(lambda: discard_draft(actor=self.cast.bo, version=version, on=self.today))
        standing = PlannedStep.objects.values_list("pk", flat=True)
        self.titles = {pk: title for pk, title in self.titles.items() if pk in set(standing)}

    @precondition(running)
    @rule(pick=picks, back=st.integers(0, 3), how=st.sampled_from(["start", "fulfil", "end", "waive"]))
    def climb(self, pick: int, back: int, how: str) -> None:
        step = self.one(Step.objects.filter(package=self.package).select_related("package"), pick)
        if step is None:
            return
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
        """The short way up a step: started, shown, fulfilled or ended or passed without, as far as it is let."""
        self.climb(pick, 0, "start")
        for goal in range(0 if last == "waive" else 3):
            self.show(goal, True)
        self.days_pass(days)
        self.climb(pick, 0, last)

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

    # -- what the parties want and promise

    @precondition(running)
    @rule(
        pick=picks,
        wanted=st.sampled_from([Wanted.EXTEND, Wanted.OTHER_HOURS, Wanted.STOP]),
        times=hours,
        then=st.sampled_from(["", "accept", "accept", "reject", "retract"]),
        along=st.booleans(),
    )
    def ask(self, pick: int, wanted: Wanted, times: frozenset[WeekTime], then: str, along: bool) -> None:
        """The citizen wants something changed in a step of the plan; asked again, the newer one stands. Some is
        answered at once, so that what comes after an answer is reached often."""
        package = self.package
        step = self.one(Step.objects.filter(package=package).select_related("package"), pick)
        if package is None or step is None:
            return
        end = max(self.today, *step.wordings.values_list("ends_on", flat=True)) + timedelta(days=7)
        day = end if wanted is Wanted.EXTEND else self.today
        wish = Wish(wanted, "Vil det", step, day=day, times=times, end_reason=EndReason.CITIZEN_WITHDREW)
        common: dict[str, Any] = {"party": Party.CITIZEN, "made_on": self.today, "how": HowTold.ON_PHONE}
        if self.attempt(
            lambda: propose_change(actor=self.cast.bo, package=package, wish=wish, on=self.today, **common)
        ):
            self.reached.add("ask")
        if then:
            self.answer(pick, then, along)

    def answer(self, pick: int, how: str, along: bool) -> None:
        proposal = self.one(self.waiting().select_related("package__citizen", "step"), pick)
        if proposal is None:
            return
        common: dict[str, Any] = {"actor": self.cast.bo, "proposal": proposal, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "accept": lambda: accept_proposal(along=along, **common),
            "reject": lambda: reject_proposal(reason="Kan ikke lade sig gøre", answered_on=self.today, **common),
            "retract": lambda: retract_proposal(answered_on=self.today, **common),
        }
        if self.attempt(verbs[how]):
            self.reached.add(how)

    def waiting(self) -> Any:
        return Proposal.objects.filter(package=self.package, answered_on__isnull=True)

    @precondition(running)
    @rule(pick=picks, days=st.sampled_from([0, 7]), how=st.sampled_from(["promise", "keep", "break"]))
    def promise(self, pick: int, days: int, how: str) -> None:
        """A promise is made, or one that is open, or settled already, is kept or broken."""
        package = self.package
        made = self.one(Commitment.objects.filter(package=package).select_related("package"), pick)
        if package is None or (made is None and how != "promise"):
            return
        due = self.today + timedelta(days=days)
        breach = Breach(Party.COMPANY, BreakReason.NOT_DONE)
        common: dict[str, Any] = {"actor": self.cast.bo, "on": self.today}
        settled = {"commitment": made, "settled_on": self.today, **common}
        verbs: dict[str, Callable[[], object]] = {
            "promise": lambda: make_commitment(
                package=package, party=Party.COMPANY, text="En nøgle", due_on=due, **common
            ),
            "keep": lambda: settle_commitment(kept=True, **settled),
            "break": lambda: settle_commitment(kept=False, breach=breach, **settled),
        }
        again = how != "promise" and made is not None and bool(made.kept_on or made.broken_on)
        done = self.attempt(verbs[how])
        assert not (done and again), "a promise was settled twice"
        if done:
            self.reached.add(how)

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

    # -- what must never be

    @invariant()
    def nothing_is_wrong(self) -> None:
        """Looked for after each act that got through."""
        if self.done == self.looked:
            return
        self.looked = self.done
        self.an_agreed_plan_has_three_yeses_of_its_own()
        self.nothing_is_under_way_before_its_gate()
        self.no_two_steps_of_an_agreed_plan_claim_the_same_hours()
        self.no_two_steps_under_way_claim_the_same_hours()
        self.of_one_wish_one_proposal_waits()

    def an_agreed_plan_has_three_yeses_of_its_own(self) -> None:
        for version in PlanVersion.objects.filter(effective_on__isnull=False):
            given = {row.party: row.given_on for row in version.approvals.all()}
            assert set(given) == {party.value for party in Party}
            assert version.effective_on == max(given.values()) == given[Party.MUNICIPALITY.value]
            assert min(given.values()) >= (version.proposed_on or date.max)

    def nothing_is_under_way_before_its_gate(self) -> None:
        for package in JobPackage.objects.filter(opened_on__isnull=False):
            for step in package.steps.filter(started_on__isnull=False):
                began = step.started_on
                assert began is not None
                assert package.opened_on is not None
                assert began >= package.opened_on
                plan = plan_of(package, on=began)
                if step.ref in plan.ladder.steps and state_on(plan.ladder, step.ref, on=began) is StepState.UNDER_WAY:
                    assert missing(plan.ladder, step.ref, on=began) == ()

    def no_two_steps_of_an_agreed_plan_claim_the_same_hours(self) -> None:
        for version in PlanVersion.objects.filter(effective_on__isnull=False, package__ended_on__isnull=True):
            rows = list(version.planned_steps.filter(step__ended_on__isnull=True, step__started_on__isnull=True))
            for number, one in enumerate(rows):
                for other in rows[number + 1 :]:
                    shared = one.starts_on < other.ends_on and other.starts_on < one.ends_on
                    clash = any(a.clashes(b) for a in times_of(one) for b in times_of(other))
                    assert not (shared and clash), (one.title, other.title)

    def no_two_steps_under_way_claim_the_same_hours(self) -> None:
        """Whatever the plan says of their days: what is not ended goes on."""
        package = self.package
        held = package.versions.filter(effective_on__isnull=False).order_by("-number").first() if package else None
        under_way = {"step__started_on__isnull": False, "step__ended_on__isnull": True}
        rows = list(held.planned_steps.filter(**under_way)) if held else []
        for number, one in enumerate(rows):
            for other in rows[number + 1 :]:
                assert not any(a.clashes(b) for a in times_of(one) for b in times_of(other)), (one.title, other.title)

    def of_one_wish_one_proposal_waits(self) -> None:
        """The newest; whatever was answered says by whom, and not before it was made."""
        waiting = list(self.waiting().values_list("step", "party", "wanted"))
        assert len(waiting) == len(set(waiting))
        wrong = Q(answered_on__lt=F("made_on")) | Q(answered_on__isnull=False, answered_by__isnull=True)
        assert not Proposal.objects.filter(wrong).exists()

    @invariant()
    def no_edit_is_lost(self) -> None:
        held = dict(PlannedStep.objects.filter(pk__in=self.titles).values_list("pk", "title"))
        assert held == self.titles


CHANCES = settings(max_examples=14, stateful_step_count=30, deadline=None, derandomize=True)


@pytest.mark.django_db
def test_life() -> None:
    """Each sequence begins with nobody but the cast."""

    class Fresh(Life):
        def __init__(self) -> None:
            super().__init__()
            self.around = transaction.atomic()
            self.around.__enter__()
            type(self).cast = build_cast()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    run_state_machine_as_test(Fresh, settings=CHANCES)
    of_steps, of_promises = {"start", "fulfil", "end", "waive"}, {"promise", "keep", "break"}
    assert Life.reached == of_steps | {"ask", "accept", "reject", "retract"} | of_promises
