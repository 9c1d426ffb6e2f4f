from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jobpakke.lib.clock
import jobpakke.lib.refs


def fill_refs(apps: Any, schema_editor: Any) -> None:
    """Each yes gets a ref of its own, so that it can be taken back."""
    approvals = apps.get_model("packages", "Approval")
    for pk in approvals.objects.filter(ref=None).values_list("pk", flat=True):
        approvals.objects.filter(pk=pk).update(ref=jobpakke.lib.refs.new_ref())


class Migration(migrations.Migration):

    dependencies = [
        ("packages", "0020_company_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="ref",
            field=models.UUIDField(default=None, editable=False, null=True),
        ),
        migrations.RunPython(fill_refs, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="approval",
            name="ref",
            field=models.UUIDField(default=jobpakke.lib.refs.new_ref, editable=False, unique=True),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.UUIDField(default=jobpakke.lib.refs.new_ref, editable=False, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("job", "the job"),
                            ("promise", "a settled promise"),
                            ("waiver", "a dispensation"),
                            ("yes", "a party's yes"),
                            ("confidentiality", "a mentor's confirmation"),
                            ("aftercare_end", "the end of aftercare"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.UUIDField()),
                ("was", models.JSONField()),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("mistyped", "a typing mistake"),
                            ("told_wrong", "we were told wrong"),
                            ("elsewhere", "it belongs to another step or citizen"),
                            ("never_happened", "it never happened"),
                        ],
                        max_length=20,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=jobpakke.lib.clock.now)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="packages.jobpackage",
                    ),
                ),
            ],
            options={
                "ordering": ("recorded_at", "pk"),
                "indexes": [models.Index(fields=["subject", "what"], name="correction_subject")],
            },
        ),
    ]
