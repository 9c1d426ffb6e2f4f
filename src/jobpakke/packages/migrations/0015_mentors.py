"""Mentors that are named while the plan is made, also without a workplace, and confirm later; promises of a draft."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_on_the_first_day(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Those recorded until now were named on their first day."""
    apps.get_model("packages", "Mentorship").objects.update(named_on=models.F("starts_on"))


class Migration(migrations.Migration):

    dependencies = [("companies", "0002_closed"), ("packages", "0014_story")]

    operations = [
        migrations.AddField("mentorship", "named_on", models.DateField(null=True)),
        migrations.RunPython(name_on_the_first_day, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='mentorship',
            name='mentorship_confidentiality',
        ),
        migrations.AddField(
            model_name='mentorship',
            name='contact',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='mentorship',
            name='late_reason',
            field=models.CharField(blank=True, choices=[('forgotten', 'was not registered in time'), ('told_late', 'we were told late'), ('no_system', 'the system could not be used')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='mentorship',
            name='name',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='mentorship',
            name='party',
            field=models.CharField(blank=True, choices=[('citizen', 'the citizen'), ('company', 'the company'), ('municipality', 'the municipality')], default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='mentorship',
            name='confidentiality_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='mentorship',
            name='mentor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='companies.mentor'),
        ),
        migrations.AlterField(
            model_name='mentorship',
            name='named_on',
            field=models.DateField(),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.CheckConstraint(condition=models.Q(('confidentiality_on__isnull', True), ('confidentiality_on__lte', models.F('starts_on')), _connector='OR'), name='mentorship_confidentiality'),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact', ''), ('mentor__isnull', False), ('name', ''), ('party', '')), models.Q(('mentor__isnull', True), ('name__gt', ''), ('party__gt', '')), _connector='OR'), name='mentorship_who'),
        ),
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_dates',
        ),
        migrations.AddField(
            model_name='commitment',
            name='laid_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='laid_commitments', to='packages.planversion'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='made_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('laid_in__isnull', False)), models.Q(('due_on__gte', models.F('made_on')), ('laid_in__isnull', True), ('made_on__isnull', False)), models.Q(('due_on__isnull', True), ('laid_in__isnull', True), ('made_on__isnull', False), ('waits_for__isnull', False)), _connector='OR'), name='commitment_dates'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('made_on__isnull', False), models.Q(('broken_on__isnull', True), ('kept_on__isnull', True)), _connector='OR'), name='commitment_made_first'),
        ),
    ]
