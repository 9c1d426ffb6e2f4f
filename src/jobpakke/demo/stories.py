"""Case stories of today, told through the verbs: one that waits for the citizen's consent, and a draft."""

from __future__ import annotations

from datetime import date, timedelta

from jobpakke.citizens.models import CaseAssignment
from jobpakke.demo.bulk import Ground
from jobpakke.demo.ground import TODAY_CODE
from jobpakke.packages.models import HowTold, JobPackage, Outcome
from jobpakke.packages.services import ask_about_story, write_story

_WAITING = """\
”Jeg troede, jeg var færdig, inden jeg begyndte”, siger Noor. Der var gået mange år, siden der sidst havde ligget et \
vækkeur på natbordet.

Det, der gjorde forskellen, var at kunne se det næste trin. Hver måned var der én ting, der skulle lykkes, og når den \
var lykkedes, blev den streget over. Et halvt år senere var hele siden streget over, og nederst stod der et job."""
_DRAFT = """\
Idris sagde nej de første to gange. Tredje gang handlede det ikke om et kursus, men om en bestemt arbejdsplads med et \
bestemt hul at fylde ud, og så blev det et ja."""


def tell(ground: Ground, today: date) -> None:
    """Of two people whom a package of bo's has led to a job."""
    bo, day = ground.users["bo"], today - timedelta(days=9)
    mine = CaseAssignment.objects.on(day).filter(caseworker=bo).values("citizen")
    rows = JobPackage.objects.filter(citizen__in=mine, citizen__address_protected=False, programme__code=TODAY_CODE)
    ended = rows.filter(outcome=Outcome.ORDINARY_JOB, ended_on__lte=day).select_related("citizen")
    first, second = ended.order_by("pk")[:2]
    waiting = write_story(actor=bo, package=first, told_as="Noor", text=_WAITING, seen=0, on=day)
    asked = day + timedelta(days=2)
    ask_about_story(actor=bo, story=waiting, asked_on=asked, how=HowTold.AT_MEETING, on=asked)
    write_story(actor=bo, package=second, told_as="Idris", text=_DRAFT, seen=0, on=day)
