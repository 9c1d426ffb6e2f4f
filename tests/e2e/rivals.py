"""Two programs that do the same thing at the same moment: ``python -m tests.e2e.rivals prepare|approve ...``."""

from __future__ import annotations

import os
import sys
import time
from datetime import date, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "jobpakke.settings"

import django

django.setup()

from jobpakke.access.models import Municipality, User  # noqa: E402  # the settings come first
from jobpakke.citizens.services import register_citizen  # noqa: E402
from jobpakke.demo.people import replacement_cpr  # noqa: E402
from jobpakke.lib.clock import today  # noqa: E402
from jobpakke.lib.refusal import Refused  # noqa: E402
from jobpakke.method.step_kinds import StepKind  # noqa: E402
from jobpakke.packages.models import GoalForm, Party, PlanVersion  # noqa: E402
from jobpakke.packages.models.package import OnBehalfReason  # noqa: E402
from jobpakke.packages.services import approve_plan, draft_package, lay_step, propose_plan  # noqa: E402
from jobpakke.packages.services.plan.checks import StepFacts  # noqa: E402


def prepare(count: int) -> None:
    """Prints the refs of so many proposals that lack only the municipality's yes."""
    bo, on = User.objects.get(username="bo"), today()
    for number in range(count):
        citizen = register_citizen(
            actor=bo,
            municipality=Municipality.objects.get(code="0751"),
            cpr=replacement_cpr(date(1975, 1, 2), 900 + number),
            given_name="Rival",
            family_name=f"Nummer{number}",
            on=on,
        )
        version = draft_package(actor=bo, citizen=citizen, goal_title="Gartner", form=GoalForm.ORDINARY, on=on)
        facts = StepFacts(StepKind.GUIDANCE, "Samtaler", on, on + timedelta(days=30))
        lay_step(actor=bo, version=version, facts=facts, on=on)
        propose_plan(actor=bo, version=version, on=on)
        for party in (Party.CITIZEN, Party.COMPANY):
            behalf = OnBehalfReason.SAID_AT_MEETING
            approve_plan(actor=bo, version=version, party=party, given_on=on, on=on, on_behalf_reason=behalf)
        print(version.ref)  # noqa: T201  # what the test reads


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


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    else:
        approve(float(sys.argv[2]), sys.argv[3:])
