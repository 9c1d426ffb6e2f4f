"""Proposals, wordings with times and sub-goals, edits that are counted."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

from jobpakke.lib.refs import new_ref


def fill(apps: Any, _schema: Any) -> None:
    """What held so far: a version was drafted with its package, and proposed and agreed on one day."""
    version = apps.get_model("packages", "PlanVersion")
    planned = apps.get_model("packages", "PlannedStep")
    goal = apps.get_model("packages", "SubGoal")
    package = apps.get_model("packages", "JobPackage")
    drafted = Subquery(package.objects.filter(pk=OuterRef("package")).values("drafted_on")[:1])
    version.objects.update(drafted_on=drafted, touched_on=drafted)
    approved = apps.get_model("packages", "Approval").objects.values("version")
    asked = version.objects.filter(Q(effective_on__isnull=False) | Q(pk__in=approved))
    asked.update(proposed_on=F("drafted_on"))
    version.objects.filter(effective_on__lt=F("proposed_on")).update(proposed_on=F("effective_on"))
    rows = list(planned.objects.only("pk"))
    for row in rows:
        row.ref = new_ref()
    planned.objects.bulk_update(rows, ["ref"], batch_size=400)
    by_step: dict[int, list[int]] = {}
    for pk, step in goal.objects.values_list("pk", "step_id"):
        by_step.setdefault(step, []).append(pk)
    through = planned.sub_goals.through
    through.objects.bulk_create(
        (
            through(plannedstep_id=pk, subgoal_id=each)
            for pk, step in planned.objects.values_list("pk", "step_id")
            for each in by_step.get(step, ())
        ),
        batch_size=400,
    )


class Migration(migrations.Migration):
    dependencies = [("packages", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="plannedstep", name="plannedstep_position"),
        migrations.RemoveConstraint(model_name="subgoal", name="subgoal_position"),
        migrations.AddField("planversion", "drafted_on", models.DateField(null=True)),
        migrations.AddField("planversion", "touched_on", models.DateField(null=True)),
        migrations.AddField("planversion", "edits", models.PositiveIntegerField(default=0)),
        migrations.AddField("planversion", "proposed_on", models.DateField(blank=True, null=True)),
        migrations.AddField("planversion", "withdrawn_on", models.DateField(blank=True, null=True)),
        migrations.AddField("planversion", "reason", models.CharField(blank=True, default="", max_length=400)),
        migrations.AddField("plannedstep", "times", models.JSONField(blank=True, default=list)),
        migrations.AddField("plannedstep", "edits", models.PositiveIntegerField(default=0)),
        migrations.AddField("plannedstep", "ref", models.UUIDField(default=new_ref, editable=False, null=True)),
        migrations.AddField(
            "plannedstep",
            "sub_goals",
            models.ManyToManyField(blank=True, related_name="wordings", to="packages.subgoal"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
