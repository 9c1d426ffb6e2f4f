"""Any sequence of verbs: no step under way before its gate, no agreed plan without a yes of everybody whom it concerns
to that very version, no overlapping claims on the same hours in an open package, no edit lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Q
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobpakke.demo.ground import invented_cvr
from jobpakke.method.ladder import StepState, missing, state_on
from jobpakke.method.proposals import Wanted
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import (
    BreakReason,
    Commitment,
    EndReason,
    HowTold,
    JobPackage,
    Party,
    PlannedStep,
    PlanVersion,
    Proposal,
    Step,
)
from jobpakke.packages.services import (
    accept_proposal,
    make_commitment,
    propose_change,
    reject_proposal,
    retract_proposal,
    settle_commitment,
)
from jobpakke.packages.services.commitments import Breach
from jobpakke.packages.services.proposals import Wish
from jobpakke.packages.wording import times_of
from tests.builders import build_cast, workplace
from tests.packages.living import Life, hours, picks, running


class WholeLife(Life):
    """The same with what the parties want and promise, and what must never be."""

    def __init__(self) -> None:
        super().__init__()
        self.agreed: set[int] = set()
        """Versions whose yeses were looked at when they took effect; what was over then may be corrected later."""

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

    # -- what must never be

    @invariant()
    def nothing_is_wrong(self) -> None:
        """Looked for after each act that got through."""
        if self.done == self.looked:
            return
        self.looked = self.done
        self.an_agreed_plan_has_the_yes_of_everybody_it_concerns()
        self.nothing_is_under_way_before_its_gate()
        self.no_two_steps_of_an_agreed_plan_claim_the_same_hours()
        self.no_two_steps_under_way_claim_the_same_hours()
        self.of_one_wish_one_proposal_waits()

    def an_agreed_plan_has_the_yes_of_everybody_it_concerns(self) -> None:
        """Its own, of nobody twice; of a company that was asked, of no other."""
        for version in PlanVersion.objects.filter(effective_on__isnull=False).exclude(pk__in=self.agreed):
            self.agreed.add(version.pk)
            day = version.effective_on
            rows = list(version.approvals.all())
            given = {(row.party, row.company_id): row.given_on for row in rows}
            assert len(given) == len(rows)
            assert day == max(given.values()) == given[Party.MUNICIPALITY.value, None]
            assert min(given.values()) >= (version.proposed_on or date.max)
            assert (Party.CITIZEN.value, None) in given
            at_work = version.planned_steps.filter(workplace__isnull=False)
            going = at_work.filter(Q(step__ended_on__isnull=True) | Q(step__ended_on__gt=day))
            concerned = set(going.values_list("workplace__company", flat=True))
            said = {company for party, company in given if party == Party.COMPANY.value}
            assert concerned <= said
            assert said
            assert said - {None} <= set(at_work.values_list("workplace__company", flat=True))
            if len(said) > 1:
                self.reached.add("several companies")

    def nothing_is_under_way_before_its_gate(self) -> None:
        """By the plan of the day it began, and by the one in effect today."""
        for package in JobPackage.objects.filter(opened_on__isnull=False):
            for step in package.steps.filter(started_on__isnull=False):
                began = step.started_on
                assert began is not None
                assert package.opened_on is not None
                assert began >= package.opened_on
                for day in {began, self.today}:
                    ladder = plan_of(package, on=day).ladder
                    if step.ref in ladder.steps and state_on(ladder, step.ref, on=day) is StepState.UNDER_WAY:
                        assert missing(ladder, step.ref, on=day) == ()

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

    class Fresh(WholeLife):
        def __init__(self) -> None:
            super().__init__()
            self.around = transaction.atomic()
            self.around.__enter__()
            type(self).cast = cast = build_cast()
            type(self).places = (
                workplace(cast.bo, cast.here),
                workplace(cast.bo, cast.here, invented_cvr(903), "Butik Syd"),
            )

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    run_state_machine_as_test(Fresh, settings=CHANCES)
    of_steps, of_promises = {"start", "fulfil", "end", "waive"}, {"promise", "keep", "break"}
    assert Life.reached == {"several companies"} | of_steps | {"ask", "accept", "reject", "retract"} | of_promises
