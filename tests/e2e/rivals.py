"""Two programs that act at the same moment: ``python -m tests.e2e.rivals prepare|approve|waived|start|undo ...``."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "jobpakke.settings"

import django

django.setup()

from jobpakke.access.models import Municipality, User  # noqa: E402  # the settings come first
from jobpakke.citizens.models import Citizen  # noqa: E402
from jobpakke.citizens.services import register_citizen  # noqa: E402
from jobpakke.demo.people import replacement_cpr  # noqa: E402
from jobpakke.lib.clock import today  # noqa: E402
from jobpakke.lib.refusal import Refused  # noqa: E402
from jobpakke.method.step_kinds import EvidenceKind, StepKind  # noqa: E402
from jobpakke.packages.models import CorrectionReason, GoalForm, Party, PlanVersion, Step, Waiver  # noqa: E402
from jobpakke.packages.models.package import OnBehalfReason  # noqa: E402
from jobpakke.packages.services import (  # noqa: E402  # noqa: E402
    add_sub_goal,
    approve_plan,
    climb,
    draft_package,
    lay_step,
    propose_plan,
    start_step,
    undo_waiver,
    undoing,
    waive_gate,
)
from jobpakke.packages.services.plan.checks import StepFacts  # noqa: E402
from jobpakke.packages.services.writing import note  # noqa: E402


def prepare(count: int) -> None:
    """Prints the refs of so many proposals that lack only the municipality's yes."""
    for number in range(count):
        print(_proposed(900 + number).ref)  # noqa: T201  # what the test reads


def _proposed(number: int) -> PlanVersion:
    """Of two steps, the second of which needs the first."""
    bo, on = User.objects.get(username="bo"), today()
    citizen = register_citizen(
        actor=bo,
        municipality=Municipality.objects.get(code="0751"),
        cpr=replacement_cpr(date(1975, 1, 2), number),
        given_name="Rival",
        family_name=f"Nummer{number}",
        on=on,
    )
    version = draft_package(actor=bo, citizen=citizen, goal_title="Gartner", form=GoalForm.ORDINARY, on=on)
    facts = StepFacts(StepKind.GUIDANCE, "Samtaler", on, on + timedelta(days=30))
    first = lay_step(actor=bo, version=version, facts=facts, on=on)
    add_sub_goal(actor=bo, planned=first, title="Mål", evidence_kind=EvidenceKind.STATEMENT, on=on)
    lay_step(actor=bo, version=version, facts=replace(facts, title="Mere", needs=(first.step,)), on=on)
    propose_plan(actor=bo, version=version, on=on)
    for party in (Party.CITIZEN, Party.COMPANY):
        behalf = OnBehalfReason.SAID_AT_MEETING
        approve_plan(actor=bo, version=version, party=party, given_on=on, on=on, on_behalf_reason=behalf)
    return version


def approve(at: float, refs: list[str]) -> None:
    """At the moment, and each tenth of a second after it, approves one; prints "yes" or the codes of the refusal."""
    bo, on = User.objects.get(username="bo"), today()
    for number, ref in enumerate(refs):
        version = PlanVersion.objects.select_related("package__citizen").get(ref=ref)
        time.sleep(max(0.0, at + 0.1 * number - time.monotonic()))
        try:
            approve_plan(actor=bo, version=version, party=Party.MUNICIPALITY, given_on=on, on=on)
        except Refused as refused:
            print(refused)  # noqa: T201
        else:
            print("yes")  # noqa: T201


def waived(count: int) -> None:
    """Prints the refs of the second steps of so many plans, whose gates are open by a dispensation alone."""
    bo, on = User.objects.get(username="bo"), today()
    begun = Citizen.objects.filter(given_name="Rival").count()
    for number in range(count):
        version = _proposed(950 + begun + number)
        approve_plan(actor=bo, version=version, party=Party.MUNICIPALITY, given_on=on, on=on)
        first, second = Step.objects.filter(package=version.package).order_by("wordings__position")
        start_step(actor=bo, step=first, started_on=on, on=on)
        waive_gate(actor=bo, step=first, given_on=on, reason="Det går", on=on)
        print(second.ref)  # noqa: T201


def pass_the_gate(act: str, folder: Path, refs: list[str]) -> None:
    """Starts each such step, or takes its dispensation back. Who acts ``slowly`` leaves a file in the folder when all
    but the last is done, and goes on half a second later; the other one waits for that file."""
    bo, on = User.objects.get(username="bo"), today()
    act, _, slowly = act.partition("-")
    for ref in refs:
        step = Step.objects.select_related("package__citizen").get(ref=ref)
        waivers = Waiver.objects.select_related("step__package__citizen", "given_by").filter(step__package=step.package)
        waiver = waivers.first()  # None: the other, who was quicker, has taken it back
        if slowly:
            _pause(climb if act == "start" else undoing, folder / ref)
        while not slowly and not (folder / ref).exists():
            time.sleep(0.02)
        try:
            if act == "start":
                start_step(actor=bo, step=step, started_on=on, on=on)
            elif waiver is not None:
                undo_waiver(actor=bo, waiver=waiver, because=CorrectionReason.MISTYPED, on=on)
        except Refused as refused:
            print(refused)  # noqa: T201
        else:
            print("yes")  # noqa: T201


def _pause(module: ModuleType, sign: Path) -> None:
    """Its verbs wait before they write what happened."""

    def slow(*arguments: Any) -> None:
        sign.touch()
        time.sleep(0.5)
        note(*arguments)

    module.note = slow  # type: ignore[attr-defined]


if __name__ == "__main__":
    if sys.argv[1] in ("prepare", "waived"):
        {"prepare": prepare, "waived": waived}[sys.argv[1]](int(sys.argv[2]))
    elif sys.argv[1] == "approve":
        approve(float(sys.argv[2]), sys.argv[3:])
    else:
        pass_the_gate(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
