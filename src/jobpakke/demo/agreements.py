"""What the parties of today promise and propose, told through the verbs on open packages of each caseworker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseAssignment
from jobpakke.companies.services import name_mentor
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.method.agreement import CITIZEN
from jobpakke.method.proposals import Wanted
from jobpakke.packages.facts import Plan, plans
from jobpakke.packages.models import (
    BreakReason,
    EndReason,
    HowTold,
    JobPackage,
    Party,
    PlannedStep,
    PlanVersion,
    Proposal,
)
from jobpakke.packages.services import (
    accept_proposal,
    assign_mentor,
    lay_commitment,
    make_commitment,
    move_commitment,
    propose_change,
    record_told,
    reject_proposal,
    replace_mentor,
    retract_proposal,
    settle_commitment,
)
from jobpakke.packages.services.commitments import Breach, Condition
from jobpakke.packages.services.proposals import Wish
from jobpakke.packages.services.support import FreeMentor, MentorDays
from jobpakke.packages.telling import untold

_WEEK = timedelta(weeks=1)


def tell(ground: Ground, today: date) -> None:
    """The same for both caseworkers of today."""
    for name in ("bo", "erik"):
        user = ground.users[name]
        going = _going_well(user, today)
        _Teller(user, today).tell([next(going) for _ in range(7)])


def _going_well(user: User, today: date) -> Iterator[Plan]:
    """Plans of the caseload with two steps under way, one of them at work, and nothing else to do."""
    mine = CaseAssignment.objects.on(today).filter(citizen=OuterRef("citizen"), caseworker=user)
    under_way = Count("steps", filter=Q(steps__started_on__isnull=False, steps__ended_on__isnull=True))
    unsettled = PlanVersion.objects.unsettled().filter(package=OuterRef("pk"))
    rows = JobPackage.objects.filter(Exists(mine), ~Exists(unsettled), programme__code=TODAY_CODE, ended_on=None)
    packages = list(rows.annotate(going=under_way).filter(going=2).select_related("citizen").order_by("pk"))
    drawn = plans(packages, on=today)
    return (drawn[package.pk] for package in packages if _at_work(drawn[package.pk]) is not None)


def _at_work(plan: Plan) -> PlannedStep | None:
    return next((row for row in plan.planned if _is_going(row) and row.workplace is not None), None)


def _is_going(row: PlannedStep) -> bool:
    return row.step.started_on is not None and row.step.ended_on is None


class _Teller:
    """Calls the verbs as one caseworker, on days before today."""

    def __init__(self, user: User, today: date) -> None:
        self.user, self.today = user, today

    def tell(self, packages: list[Plan]) -> None:
        first, second, third, fourth, fifth, sixth, seventh = packages
        self._open(first)
        self._accepted(second)
        self._rejected_and_newer(third)
        self._stop(fourth)
        self._kept_and_broken(fifth)
        self._late_and_waiting(sixth)
        self._to_tell(seventh)
        self._mentors(fourth, third)
        self._mentor_of_a_draft()

    def _open(self, plan: Plan) -> None:
        """The company wants the step to last longer; it has said so twice, and the newer stands."""
        row = self._step(plan)
        for days, weeks in ((12, 4), (3, 6)):
            wish = Wish(Wanted.EXTEND, "Vi er godt i gang og har brug for lidt mere tid til det sidste.", row.step)
            self._propose(plan, Party.COMPANY, _until(wish, row.ends_on + weeks * _WEEK), days)

    def _accepted(self, plan: Plan) -> None:
        row = self._step(plan)
        reason = "Jeg skal hente min datter kl. 15 og kan ikke blive til lukketid."
        wish = Wish(Wanted.OTHER_HOURS, reason, row.step, weekly_hours=Decimal(25))
        accept_proposal(actor=self.user, proposal=self._propose(plan, Party.CITIZEN, wish, 6), on=self._ago(2))

    def _rejected_and_newer(self, plan: Plan) -> None:
        row = self._step(plan)
        task = Wish(Wanted.OTHER_TASK, "Vi mangler hænder på lageret.", row.step, task="Praktik på lageret")
        no = "Trinnet skal føre til jobmålet, og det gør lageret ikke."
        row_ = self._propose(plan, Party.COMPANY, task, 20)
        reject_proposal(actor=self.user, proposal=row_, reason=no, answered_on=self._ago(15), on=self._ago(15))
        longer = Wish(Wanted.EXTEND, "Jeg vil gerne blive lidt længere.", row.step)
        taken = self._propose(plan, Party.CITIZEN, _until(longer, row.ends_on + 2 * _WEEK), 10)
        retract_proposal(actor=self.user, proposal=taken, answered_on=self._ago(8), on=self._ago(8))

    def _stop(self, plan: Plan) -> None:
        """Agreed to stop two days ago; nobody has recorded the end yet."""
        row = self._step(plan)
        reason = "Vi lukker for ombygning, og der er ingen at følges med."
        wish = Wish(Wanted.STOP, reason, row.step, day=self._ago(2), end_reason=EndReason.COMPANY_WITHDREW)
        accept_proposal(actor=self.user, proposal=self._propose(plan, Party.COMPANY, wish, 9), on=self._ago(7))

    def _kept_and_broken(self, plan: Plan) -> None:
        package, made = plan.package, self._ago(20)
        kept = make_commitment(
            actor=self.user,
            package=package,
            party=Party.COMPANY,
            text="Arbejdstøj og sikkerhedssko",
            due_on=self._ago(12),
            on=made,
        )
        settle_commitment(actor=self.user, commitment=kept, kept=True, settled_on=self._ago(13), on=self._ago(13))
        broken = make_commitment(
            actor=self.user,
            package=package,
            party=Party.COMPANY,
            text="Plads på virksomhedens eget hygiejnekursus",
            due_on=self._ago(6),
            on=made,
        )
        breach = Breach(Party.COMPANY, BreakReason.NO_ROOM, "Kurset blev overtegnet")
        settle_commitment(
            actor=self.user, commitment=broken, kept=False, breach=breach, settled_on=self._ago(5), on=self._ago(5)
        )

    def _late_and_waiting(self, plan: Plan) -> None:
        package, made = plan.package, self._ago(18)
        late = make_commitment(
            actor=self.user,
            package=package,
            party=Party.MUNICIPALITY,
            text="Bevilger truckkursus",
            due_on=self._ago(9),
            on=made,
        )
        reason = "Holdet er flyttet af kursusstedet"
        move_commitment(actor=self.user, commitment=late, due_on=self._ago(3), reason=reason, on=self._ago(10))
        make_commitment(
            actor=self.user,
            package=package,
            party=Party.COMPANY,
            text="Job med løntilskud, når delmålene er nået",
            condition=Condition(self._step(plan).step, 14),
            on=made,
        )

    def _to_tell(self, plan: Plan) -> None:
        """A mentor and a promise since the plan took effect; the citizen has been told of the promise."""
        row, day = self._step(plan), self._ago(11)
        assert row.workplace is not None  # noqa: S101  # chosen for it
        mentor = name_mentor(actor=self.user, workplace=row.workplace, name="Ulla Kjær", on=day)
        assign_mentor(actor=self.user, step=row.step, mentor=mentor, starts_on=day, confidentiality_on=day, on=day)
        make_commitment(
            actor=self.user,
            package=plan.package,
            party=Party.COMPANY,
            text="Fast vagtplan fire uger frem",
            due_on=self.today + 3 * _WEEK,
            on=day,
        )
        told = [(each.event.ref, CITIZEN) for each in untold(plan.package, on=day) if each.about[:4] == "Fast"]
        at = self._ago(4)
        record_told(actor=self.user, package=plan.package, told=told, how=HowTold.AT_MEETING, told_on=at, on=at)

    def _mentors(self, changed: Plan, awaited: Plan) -> None:
        """One that took over from another, all of it told; and one named for a step to come, still to confirm."""
        row = self._step(changed)
        assert row.workplace is not None  # noqa: S101  # chosen for it
        assert row.step.started_on is not None  # noqa: S101  # as well
        begun, day = row.step.started_on, max(row.step.started_on, self._ago(5))
        first, second = (
            name_mentor(actor=self.user, workplace=row.workplace, name=name, on=begun)
            for name in ("Birte Holm", "Jens Toft")
        )
        was = assign_mentor(
            actor=self.user, step=row.step, mentor=first, starts_on=begun, confidentiality_on=begun, on=begun
        )
        days = MentorDays(day, confidentiality_on=day)
        replace_mentor(actor=self.user, mentorship=was, mentor=second, days=days, on=day)
        told = [(each.event.ref, each.to_tell.voice) for each in untold(changed.package, on=day)]
        record_told(actor=self.user, package=changed.package, told=told, how=HowTold.AT_MEETING, told_on=day, on=day)
        ahead = next((each for each in awaited.planned if each.step.started_on is None), None)
        if ahead is not None:
            self._supporter(
                ahead,
                FreeMentor("Ellen Dam", Party.MUNICIPALITY, "70 10 00 00"),
                max(self._ago(40), awaited.package.opened_on or self._ago(40)),
            )

    def _mentor_of_a_draft(self) -> None:
        """A mentor of its first step and two promises, laid on the day the draft was last touched."""
        mine = CaseAssignment.objects.on(self.today).filter(citizen=OuterRef("package__citizen"), caseworker=self.user)
        drafts = PlanVersion.objects.drafts().filter(Exists(mine), number=1, package__programme__code=TODAY_CODE)
        version = drafts.order_by("pk").first()
        row = version.planned_steps.order_by("position").first() if version else None
        if version is not None and row is not None:
            day = version.touched_on
            self._supporter(row, FreeMentor("Torben Skov", Party.MUNICIPALITY, "70 10 00 01"), day)
            promised = ((Party.MUNICIPALITY, "Betaler kurset", 8), (Party.COMPANY, "Ny samtale om timer", 12))
            for party, text, weeks in promised:
                due_on = max(self.today, day) + weeks * _WEEK
                lay_commitment(actor=self.user, version=version, party=party, text=text, due_on=due_on, on=day)

    def _supporter(self, row: PlannedStep, who: FreeMentor, on: date) -> None:
        assign_mentor(
            actor=self.user, step=row.step, mentor=who, starts_on=row.starts_on, confidentiality_on=None, on=on
        )

    def _propose(self, plan: Plan, party: Party, wish: Wish, days: int) -> Proposal:
        return propose_change(
            actor=self.user,
            package=plan.package,
            party=party,
            wish=wish,
            made_on=self._ago(days),
            how=HowTold.ON_PHONE if party == Party.COMPANY else HowTold.AT_MEETING,
            on=self._ago(days),
        )

    def _step(self, plan: Plan) -> PlannedStep:
        row = _at_work(plan)
        assert row is not None  # noqa: S101  # chosen for it
        return row

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def _until(wish: Wish, day: date) -> Wish:
    return Wish(wish.wanted, wish.reason, wish.step, day=day)
