"""Any sequence of verbs: no step under way before its gate, no agreed plan without a yes of everybody whom it concerns
to that very version, no overlapping claims on the same hours in an open package, no edit lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
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

from jobpakke.access.models import Role
from jobpakke.demo.ground import invented_cvr
from jobpakke.method.ladder import StepState, missing, state_on
from jobpakke.method.proposals import Wanted
from jobpakke.method.week import WeekTime, hours_of
from jobpakke.packages.facts import plan_of
from jobpakke.packages.models import (
    Aftercare,
    BreakReason,
    Commitment,
    EndReason,
    HowTold,
    JobPackage,
    Mentorship,
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
from tests.builders import build_cast, user, workplace
from tests.packages.living import Life, hours, picks, running
from tests.packages.mending import Mended

FULL_WEEK = 37


class WholeLife(Mended):
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
        self.no_week_is_fuller_than_a_week()
        self.nobody_is_with_a_mentor_who_has_not_confirmed()
        self.one_package_is_open_and_none_outlives_its_steps()
        self.aftercare_follows_the_package_and_does_not_overlap()
        self.a_card_waits_only_where_somebody_is()

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

    def no_week_is_fuller_than_a_week(self) -> None:
        """Of what is agreed, or under way whatever the plan says of its days, on any day from today on."""
        package = self.package
        held = package.versions.filter(effective_on__isnull=False).order_by("-number").first() if package else None
        rows = list(held.planned_steps.filter(step__ended_on__isnull=True).select_related("step")) if held else []
        taken = [(row, date.max if row.step.started_on and row.ends_on <= self.today else row.ends_on) for row in rows]
        for day in {self.today, *(row.starts_on for row in rows if row.starts_on > self.today)}:
            on_it = [row for row, end in taken if (row.step.started_on or row.starts_on) <= day < end]
            assert sum(row.weekly_hours or hours_of(times_of(row)) for row in on_it) <= FULL_WEEK, day

    def nobody_is_with_a_mentor_who_has_not_confirmed(self) -> None:
        begun = Mentorship.objects.filter(step__started_on__isnull=False, starts_on__lte=self.today)
        assert not begun.filter(confidentiality_on__isnull=True).exists()
        assert not begun.filter(confidentiality_on__gt=F("starts_on")).exists()

    def one_package_is_open_and_none_outlives_its_steps(self) -> None:
        assert JobPackage.objects.filter(citizen=self.cast.her, ended_on__isnull=True).count() <= 1
        over = Step.objects.filter(package__ended_on__isnull=False, started_on__isnull=False)
        wrong = Q(ended_on__isnull=True) | Q(ended_on__gt=F("package__ended_on"))
        assert not over.filter(wrong).exists()

    def aftercare_follows_the_package_and_does_not_overlap(self) -> None:
        before: dict[int, date] = {}
        for row in Aftercare.objects.select_related("package").order_by("package", "number"):
            assert row.package.ended_on is not None
            assert row.starts_on >= max(row.package.ended_on, before.get(row.package_id, date.min))
            before[row.package_id] = row.ended_on or row.ends_on

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


CHANCES = settings(max_examples=12, stateful_step_count=32, deadline=None, derandomize=True)


@pytest.fixture
def fresh(db: None) -> type[WholeLife]:
    """A life that begins with nobody but the cast and two workplaces, and leaves nothing behind."""
    cast = build_cast()
    WholeLife.cast = cast
    WholeLife.places = (workplace(cast.bo, cast.here), workplace(cast.bo, cast.here, invented_cvr(903), "Butik Syd"))
    WholeLife.elsewhere = user("tilde", Role.TEAM_LEADER, cast.there)
    WholeLife.reached.clear()

    class Fresh(WholeLife):
        def __init__(self) -> None:
            super().__init__()
            self.around = transaction.atomic()
            self.around.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    return Fresh


CLIMBS = {"start", "fulfil", "end", "waive"}


def test_life(fresh: type[WholeLife]) -> None:
    """Whatever comes after what. That some sequence climbs is asked, so that it shows something."""
    run_state_machine_as_test(fresh, settings=CHANCES)
    often = {"ask", "accept", "unend", "paper", "work", "name", "several companies", "ask card"}
    assert Life.reached >= CLIMBS | often


TOUR: list[tuple[str, tuple[object, ...], str]] = [
    ("begin", (True,), ""),
    ("mentor", (0, "Mette Mentor", False, "name"), "name"),
    ("mentor", (0, "Asta Testesen", True, "replace"), ""),
    ("mentor", (0, "Mads Mentor", False, "replace"), "replace"),
    ("climb", (0, 0, "start"), ""),
    ("mentor", (0, "Mads Mentor", True, "confirm"), "confirm"),
    ("climb", (0, 0, "start"), "start"),
    ("mentor", (0, "Mads Mentor", True, "let go"), "let go"),
    ("days_pass", (5,), ""),
    ("show", (0, True), ""),
    ("show_otherwise", (0, False), "reshow"),
    ("show_otherwise", (0, True), ""),
    ("climb", (0, 0, "fulfil"), "fulfil"),
    ("climb", (1, 0, "start"), ""),
    ("show_otherwise", (0, False), ""),
    ("correct", (0, 1, "unend"), ""),
    ("correct", (1, 0, "unstart"), "unstart"),
    ("days_pass", (2,), ""),
    ("correct", (0, 0, "reend"), "reend"),
    ("correct", (0, 0, "unend"), "unend"),
    ("correct", (0, 3, "restart"), "restart"),
    ("climb", (0, 0, "end"), "end"),
    ("ask", (2, Wanted.EXTEND, frozenset(), "accept", True), "accept"),
    ("turn", ("discard unread",), ""),
    ("turn", ("discard",), ""),
    ("ask", (2, Wanted.EXTEND, frozenset(), "reject", True), "reject"),
    ("ask", (2, Wanted.EXTEND, frozenset(), "retract", True), "retract"),
    ("promise", (0, 7, "promise"), "promise"),
    ("promise", (0, 0, "keep"), "keep"),
    ("promise", (1, 7, "promise"), ""),
    ("promise", (1, 0, "break"), "break"),
    ("climb", (1, 0, "waive"), "waive"),
    ("turn", ("reopen",), ""),
    ("work", (1, 18, frozenset({WeekTime(1, time(9), time(12))}), 0), "work"),
    ("redate", (3, "remove", 0, False, True), ""),
    ("mentor", (3, "Mette Mentor", True, "take out"), "take out"),
    ("agree", (), ""),
    ("turn", ("discard",), ""),
    ("days_pass", (1,), ""),
    ("turn", ("reopen",), ""),
    ("work", (1, 20, frozenset(), 0), ""),
    ("work", (0, 20, frozenset(), 0), ""),
    ("agree_on_paper", (1,), "paper"),
    ("redate", (4, "remove", 0, False, False), ""),
    ("agree_on_paper", (1,), "agreed on paper"),
    ("days_pass", (30,), ""),
    ("finish", (0, ["extend care", "end care"]), "end care"),
    ("care", ("agree care", 30), "agree care"),
    ("care", ("extend care", 2000), ""),
    ("care", ("extend care", 60), "extend care"),
    ("care", ("reopen", 0), ""),
    ("days_pass", (30,), ""),
    ("begin", (True,), ""),
    ("climb", (2, 0, "start"), ""),
    ("card", (0, "ask card"), "ask card"),
    ("card", (2, "renew card"), "renew card"),
    ("card", (0, "fill card"), "fill card"),
    ("card", (0, "take card in"), "take card in"),
    ("card", (0, "ask card"), ""),
    ("card", (1, "revoke card"), "revoke card"),
    ("card", (0, "ask card"), ""),
    ("finish", (0, ["reopen"]), "reopen"),
    ("move", (True,), "send back"),
]
"""Acts in their order, each with what it reaches that has not been reached before; of the others some are refused."""
TUESDAY = frozenset({WeekTime(1, time(9), time(12))})
COLLISION: list[tuple[str, tuple[object, ...], str]] = [
    ("begin", (False,), ""),
    ("lay", (0, False, TUESDAY, 7), ""),
    ("redate", (3, "move", 40, False, False), ""),
    ("agree", (), ""),
    ("climb", (2, 0, "start"), "start"),
    ("days_pass", (40,), ""),
    ("climb", (2, 0, "end"), "end"),
    ("days_pass", (1,), ""),
    ("climb", (3, 0, "start"), ""),
    ("days_pass", (1,), ""),
    ("correct", (0, 0, "unend"), ""),
    ("correct", (0, 0, "reend"), ""),
    ("correct", (1, 3, "restart"), ""),
]
"""What is corrected would claim hours that another step has now."""


def test_every_act_is_reached_by_one_way_at_least(fresh: type[WholeLife]) -> None:
    walk(fresh(), TOUR)
    beside = {"ask", "offer", "several companies"}
    assert Life.reached == CLIMBS | {reaches for _, _, reaches in TOUR if reaches} | beside


def test_what_is_corrected_claims_no_hours_that_another_has(fresh: type[WholeLife]) -> None:
    walk(fresh(), COLLISION)
    assert Life.reached == {"start", "end"}


def walk(life: WholeLife, acts: list[tuple[str, tuple[object, ...], str]]) -> None:
    """Looks after each act for what must never be."""
    try:
        for name, arguments, reaches in acts:
            getattr(life, name)(*arguments)
            life.nothing_is_wrong()
            life.no_edit_is_lost()
            assert not reaches or reaches in life.reached, (name, arguments)
    finally:
        life.teardown()
