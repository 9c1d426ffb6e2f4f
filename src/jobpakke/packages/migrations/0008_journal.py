"""Conversations become the journal: every one is kept, and can be searched and corrected from now on."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jobpakke.lib.names import sort_key


def make_searchable(apps: Any, _schema_editor: Any) -> None:
    """Each row is written once: PostgreSQL alters no table on which checks of a second writing wait."""
    notes = apps.get_model("packages", "JournalNote")._default_manager
    keys = list(notes.values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        batch = list(notes.filter(pk__in=keys[start : start + 500]).only("pk", "ref", "text"))
        for note in batch:
            note.chain, note.search_key = note.ref, f" {' '.join(sort_key(note.text).split())}"
        notes.bulk_update(batch, ["chain", "search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0002_limit_window"),
        ("packages", "0007_job"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Contact", "JournalNote"),
        migrations.RenameField("JournalNote", "party", "parties"),
        migrations.AddField("JournalNote", "chain", models.UUIDField(editable=False, null=True)),
        migrations.AddField("JournalNote", "search_key", models.TextField(editable=False, default="")),
        migrations.RunPython(make_searchable, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='journalnote',
            name='contact_citizen',
        ),
        migrations.AddField(
            model_name='aftercare',
            name='every_weeks',
            field=models.PositiveSmallIntegerField(default=12),
        ),
        migrations.AddField(
            model_name='journalnote',
            name='about',
            field=models.CharField(blank=True, choices=[('hours_and_shifts', 'hours and shifts'), ('tasks', 'the tasks'), ('colleagues', 'colleagues and managers'), ('pay_and_contract', 'pay and contract'), ('at_home', 'life beside the job'), ('job_at_risk', 'the job is at risk'), ('going_well', 'it goes well')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='journalnote',
            name='aftercare',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='packages.aftercare'),
        ),
        migrations.AddField(
            model_name='journalnote',
            name='called_by',
            field=models.CharField(blank=True, choices=[('citizen', 'the citizen'), ('company', 'the company'), ('municipality', 'the municipality')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='journalnote',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='packages.journalnote'),
        ),
        migrations.AddField(
            model_name='journalnote',
            name='visibility',
            field=models.CharField(choices=[('parties', 'the three parties'), ('internal', 'the municipality alone')], default='parties', max_length=10),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='chain',
            field=models.UUIDField(editable=False),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='citizens.citizen'),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='kind',
            field=models.CharField(choices=[('call', 'phone call'), ('talk', 'conversation'), ('visit', 'visit'), ('letter', 'letter or message'), ('note', 'note without a conversation')], max_length=10),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='parties',
            field=models.CharField(blank=True, choices=[('', 'nobody'), ('citizen', 'the citizen'), ('company', 'the company'), ('both', 'the citizen and the company'), ('municipality', 'the municipality or another authority')], max_length=20),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='search_key',
            field=models.TextField(editable=False),
        ),
        migrations.AlterField(
            model_name='journalnote',
            name='text',
            field=models.CharField(max_length=4000),
        ),
        migrations.AlterField(
            model_name='ruleoverride',
            name='limit',
            field=models.CharField(choices=[('internship_length', 'length of a company internship'), ('wage_subsidy_length', 'length of a wage-subsidised job'), ('support_ratio', 'supported people at a workplace'), ('weekly_hours', 'hours a week in all'), ('same_place_again', 'the same place again without pay'), ('start_in_past', 'start in the past'), ('contact_person', 'contact person at the workplace'), ('least_age', 'least age'), ('pension_age', 'pension age'), ('contact_every', 'time between conversations'), ('first_contact_after_job', 'first conversation after a job began'), ('interviews_first_half_year', 'job interviews in the first six months'), ('aftercare_length', 'length of aftercare'), ('aftercare_check_every', 'time between check-ins of aftercare'), ('relapse_shown', 'how long a relapse is followed up'), ('draft_kept', 'how long a forgotten draft is kept'), ('small_counts', 'small counts in published tables')], max_length=40),
        ),
        migrations.AddIndex(
            model_name='journalnote',
            index=models.Index(fields=['citizen', '-held_on', '-id'], name='note_citizen'),
        ),
        migrations.AddIndex(
            model_name='journalnote',
            index=models.Index(condition=models.Q(('parties__in', ('citizen', 'both'))), fields=['citizen', '-held_on'], name='note_with_citizen'),
        ),
        migrations.AddIndex(
            model_name='journalnote',
            index=models.Index(fields=['chain'], name='note_chain_idx'),
        ),
        migrations.AddConstraint(
            model_name='aftercare',
            constraint=models.CheckConstraint(condition=models.Q(('every_weeks__gte', 1)), name='aftercare_every'),
        ),
        migrations.AddConstraint(
            model_name='journalnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'note'), ('parties', '')), models.Q(models.Q(('kind', 'note'), _negated=True), models.Q(('parties', ''), _negated=True)), _connector='OR'), name='note_parties'),
        ),
        migrations.AddConstraint(
            model_name='journalnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', ''), ('aftercare__isnull', True), ('called_by', '')), models.Q(('aftercare__isnull', False), models.Q(('called_by', ''), _negated=True), models.Q(('about', ''), _negated=True)), _connector='OR'), name='note_use'),
        ),
        migrations.AddConstraint(
            model_name='journalnote',
            constraint=models.CheckConstraint(condition=models.Q(('replaces__isnull', False), ('chain', models.F('ref')), _connector='OR'), name='note_chain'),
        ),
    ]
