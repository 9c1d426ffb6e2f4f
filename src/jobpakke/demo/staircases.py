"""A municipality's own ready-made staircase, copied from one that comes with the program and changed to its ways."""

from __future__ import annotations

from datetime import date

from jobpakke.access.models import Municipality
from jobpakke.demo.bulk import Ground
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import GoalForm
from jobpakke.packages.ready_made import ReadyGoal, ReadyStep, shipped
from jobpakke.packages.services import copy_staircase, name_staircase, shape_staircase
from jobpakke.packages.shaping import added

_HERE, _SOURCE = "0751", "nursing_home_cleaning"


def keep(ground: Ground, today: date) -> None:
    """One, with a mentor at the end."""
    bo, source = ground.users["bo"], shipped()[_SOURCE]
    here = Municipality.objects.get(code=_HERE)
    row = copy_staircase(actor=bo, municipality=here, source=source, name="Vores plejehjem: rengøring", on=today)
    name_staircase(
        actor=bo,
        template=row,
        name=row.name,
        trade="Rengøring",
        goal=source.goal,
        form=GoalForm(source.form),
        seen=0,
        on=today,
    )
    last = ReadyStep(
        kind=StepKind.MENTORING,
        title="Mentor i de første måneder",
        weeks=13,
        hours=2.0,
        needs=(len(source.steps) - 1,),
        sub_goals=(ReadyGoal("Ved, hvem man går til", EvidenceKind.STATEMENT),),
    )
    shape_staircase(actor=bo, template=row, steps=added(source.steps, last), seen=1, on=today)
