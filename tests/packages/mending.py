"""The same life with what is mended and what lies beside the plan: corrections, work for some hours a week, mentors, a
plan agreed on paper, aftercare, a case that is offered away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from jobpakke.access.models import User
from jobpakke.citizens.models import CaseTransfer, TransferGround
from jobpakke.citizens.services import return_transfer
from jobpakke.method.step_kinds import StepKind
from jobpakke.method.week import WeekTime
from jobpakke.packages.models import (
    Aftercare,
    CompetenceCard,
    CorrectionReason,
    Evidence,
    JobPackage,
    LateReason,
    Mentorship,
    Party,
    Step,
)
from jobpakke.packages.services import (
    agree_aftercare,
    ask_for_card,
    assign_mentor,
    confirm_mentor,
    correct_end,
    correct_start,
    end_aftercare,
    end_mentor,
    extend_aftercare,
    record_evidence,
    remove_mentor,
    renew_card_link,
    replace_mentor,
    revoke_card,
    take_in_card,
    tell_paper,
    transfer_case,
    undo_end,
    undo_package_end,
    undo_start,
)
from jobpakke.packages.services.moving import Move
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.packages.services.support import FreeMentor, MentorDays
from tests.builders import DAY
from tests.packages.carded import WHO, filled
from tests.packages.living import Life, drafting, hours, picks, running

WRONG = CorrectionReason.MISTYPED
back = st.integers(0, 6)


def roomy(life: Life) -> bool:
    """A draft of few steps."""
    version = life.unsettled()
    return version is not None and version.planned_steps.count() <= 4  # noqa: PLR2004


class Mended(Life):
    """What was recorded wrongly is corrected, in whatever order; a refusal changes nothing."""

    elsewhere: ClassVar[User]
    """Leads the team of the other municipality."""

    def one_step(self, pick: int, **which: object) -> Step | None:
        rows = Step.objects.filter(package=self.package, **which).select_related("package__citizen")
        found: Step | None = self.one(rows, pick)
        return found

    def reach(self, name: str, verb: Callable[[], object]) -> bool:
        done = self.attempt(verb)
        if done:
            self.reached.add(name)
        return done

    # -- corrections

    @precondition(running)
    @rule(pick=picks, days=back, how=st.sampled_from(["restart", "reend", "unstart", "unend"]))
    def correct(self, pick: int, days: int, how: str) -> None:
        """What has begun, or is over, did so on another day or never; where nothing has, something does first."""
        over = how in {"reend", "unend"}
        step = self.one_step(pick, started_on__isnull=False, ended_on__isnull=not over)
        if step is None:
            self.climb(pick, 0, "start")
            for last in ("end",) if over else ():
                self.climb(pick, 0, last)
            self.days_pass(1)
            step = self.one_step(pick, started_on__isnull=False, ended_on__isnull=not over)
        if step is None:
            return
        day = self.today - timedelta(days=days)
        common: dict[str, Any] = {"actor": self.cast.bo, "step": step, "because": WRONG, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "restart": lambda: correct_start(started_on=day, **common),
            "reend": lambda: correct_end(ended_on=day, **common),
            "unstart": lambda: undo_start(**common),
            "unend": lambda: undo_end(**common),
        }
        self.reach(how, verbs[how])

    @precondition(running)
    @rule(pick=picks, meets=st.sampled_from([False, False, True]))
    def show_otherwise(self, pick: int, meets: bool) -> None:
        """Evidence is replaced by other evidence."""
        counting = Evidence.objects.counting().filter(sub_goal__step__package=self.package)
        row = self.one(counting.select_related("sub_goal__step__package"), pick)
        if row is not None:
            common: dict[str, Any] = {"actor": self.cast.bo, "shown_on": self.today, "on": self.today}
            self.reach("reshow", lambda: record_evidence(sub_goal=row.sub_goal, meets=meets, replaces=row, **common))

    @precondition(lambda life: running(life) and life.today >= DAY + timedelta(days=30))
    @rule(pick=picks, hows=st.lists(st.sampled_from(["agree care", "extend care", "end care", "reopen"]), max_size=3))
    def finish(self, pick: int, hows: list[str]) -> None:
        """The package ends with all that is under way; and what comes after, or it had not ended."""
        under_way = Step.objects.filter(package=self.package, started_on__isnull=False, ended_on__isnull=True)
        for step in list(under_way.select_related("package__citizen")):
            self.take(step, 0, "end")
        self.end()
        for how in ["agree care", *hows] if self.package is None else []:
            self.care(how, 30 * (pick + 1))

    @precondition(lambda life: life.package is None)
    @rule(how=st.sampled_from(["agree care", "extend care", "end care", "reopen"]), days=st.sampled_from([30, 2000]))
    def care(self, how: str, days: int) -> None:
        """Of the package that ended last: aftercare, or that it did not end."""
        rows = JobPackage.objects.filter(citizen=self.cast.her, ended_on__isnull=False).order_by("-ended_on", "-pk")
        package = rows.select_related("citizen").first()
        held = Aftercare.objects.filter(package=package).select_related("package__citizen").order_by("-number").first()
        if package is None or (held is None and how in {"extend care", "end care"}):
            return
        end = self.today + timedelta(days=days)
        common: dict[str, Any] = {"actor": self.cast.bo, "on": self.today}
        cared: dict[str, Any] = {"aftercare": held, **common}
        verbs: dict[str, Callable[[], object]] = {
            "agree care": lambda: agree_aftercare(package=package, starts_on=self.today, ends_on=end, **common),
            "extend care": lambda: extend_aftercare(ends_on=end, reason="Længere", **cared),
            "end care": lambda: end_aftercare(ended_on=self.today, **cared),
            "reopen": lambda: undo_package_end(package=package, because=WRONG, **common),
        }
        self.reach(how, verbs[how])

    # -- what lies beside the steps

    @precondition(roomy)
    @rule(where=st.integers(0, 1), weekly=st.sampled_from([4, 18, 20]), times=hours, days=st.sampled_from([0, 3]))
    def work(self, where: int, weekly: int, times: frozenset[WeekTime], days: int) -> None:
        """Some paid hours at a workplace."""
        version = self.unsettled()
        if version is None:
            return
        start = self.today + timedelta(days=days)
        facts = StepFacts(
            StepKind.PAID_HOURS,
            "Arbejde",
            start,
            start + timedelta(days=30),
            weekly_hours=Decimal(weekly),
            workplace=self.places[where],
            times=times,
        )
        self.reach("work", lambda: self.with_goal(version, facts))

    @precondition(drafting)
    @rule(days=st.integers(1, 5))
    def agree_on_paper(self, days: int) -> None:
        """What lay on paper some days ago, and was agreed then."""
        version = self.unsettled()
        if version is None:
            return
        told = self.today - timedelta(days=days)
        common: dict[str, Any] = {"actor": self.cast.bo, "late_reason": LateReason.TOLD_LATE, "on": self.today}
        if self.reach("paper", lambda: tell_paper(version=version, paper_on=told, **common)):
            self.propose()
            self.yeses(days)
            if version.package.versions.filter(effective_on=told).exists():
                self.reached.add("agreed on paper")

    @precondition(lambda life: life.package is not None)
    @rule(
        pick=picks,
        who=st.sampled_from(["Mette Mentor", "Mads Mentor", "Asta Testesen"]),
        sure=st.booleans(),
        how=st.sampled_from(["name", "name", "confirm", "replace", "let go", "take out"]),
    )
    def mentor(self, pick: int, who: str, sure: bool, how: str) -> None:
        step = self.one_step(pick)
        if step is None:
            return
        row = Mentorship.objects.filter(step=step).select_related("step__package__citizen").order_by("-pk").first()
        if row is None and how != "name":
            self.mentor(pick, "Mette Mentor", False, "name")
            row = Mentorship.objects.filter(step=step).select_related("step__package__citizen").first()
        days = MentorDays(self.today, confidentiality_on=self.today if sure else None)
        free, common = FreeMentor(who, Party.COMPANY), {"actor": self.cast.bo, "on": self.today}
        named: dict[str, Any] = {"starts_on": days.starts_on, "confidentiality_on": days.confidentiality_on, **common}
        held: dict[str, Any] = {"mentorship": row, **common}
        if row is None and how != "name":
            return
        verbs: dict[str, Callable[[], object]] = {
            "name": lambda: assign_mentor(step=step, mentor=free, **named),
            "confirm": lambda: confirm_mentor(confirmed_on=self.today, **held),
            "replace": lambda: replace_mentor(mentor=free, days=days, **held),
            "let go": lambda: end_mentor(ended_on=self.today, **held),
            "take out": lambda: remove_mentor(**held),
        }
        done = self.reach(how, verbs[how])
        assert not (done and how in {"name", "replace"} and who.startswith("Asta")), "asta is her own mentor"

    @precondition(running)
    @rule(pick=picks, how=st.sampled_from(["ask card", "fill card", "renew card", "revoke card", "take card in"]))
    def card(self, pick: int, how: str) -> None:
        """What a company is asked, answers by its newest link, and what comes of it; in a step there, begun for it."""
        step = self.one_step(pick, wordings__workplace__isnull=False)
        rows = CompetenceCard.objects.filter(step__package=self.package).select_related("step__package__citizen")
        row = self.one(rows, pick)
        if step is None or (row is None and how != "ask card"):
            return
        if how == "ask card" and step.started_on is None:
            self.take(step, 0, "start")
        common: dict[str, Any] = {"actor": self.cast.bo, "on": self.today}
        verbs: dict[str, Callable[[], object]] = {
            "ask card": lambda: ask_for_card(step=step, asked_name=WHO, **common),
            "fill card": lambda: filled(row, 4, self.today),
            "renew card": lambda: renew_card_link(card=row, **common),
            "revoke card": lambda: revoke_card(card=row, **common),
            "take card in": lambda: take_in_card(card=row, judged={}, **common),
        }
        self.reach(how, verbs[how])

    def a_card_waits_only_where_somebody_is(self) -> None:
        """In a step that has begun, of a package that is open; and no level of a card counts that was not taken in."""
        waiting = CompetenceCard.objects.waiting()
        assert not waiting.filter(Q(step__started_on__isnull=True) | Q(step__package__ended_on__isnull=False)).exists()
        assert not Evidence.objects.filter(card__isnull=False, card__taken_in_on__isnull=True).exists()

    @precondition(lambda life: life.today >= DAY + timedelta(days=60))
    @rule(again=st.booleans())
    def move(self, again: bool) -> None:
        """Asta moves; the other municipality, which has not taken the case, may send it back."""
        move = Move(self.cast.there, self.today, TransferGround.CONSENT, end_steps=True)
        common: dict[str, Any] = {"actor": self.cast.bo, "on": self.today}
        if self.reach("offer", lambda: transfer_case(citizen=self.cast.her, move=move, **common)):
            self.forget()
        offered = CaseTransfer.objects.waiting().select_related("citizen").first()
        if offered is not None and again:
            theirs: dict[str, Any] = {"actor": self.elsewhere, "on": self.today}
            self.reach("send back", lambda: return_transfer(transfer=offered, reason="Bor her ikke", **theirs))
