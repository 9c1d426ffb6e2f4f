# Each company that a plan concerns answers for itself: answers, proposals, tellings and signatures say which one.

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models


def name_the_only_company(apps, schema_editor):
    """Where a version concerned one company only, it is the one that answered; else nobody can say, and it stays open.
    Tellings stay as they are: nobody may write over them, and one of no named company counts for each."""
    at_work, goals = _companies(apps)

    def only(version, day):
        going = {company for company, ended_on in at_work[version] if ended_on is None or ended_on > day}
        found = going or {goals.get(version)}
        return found.pop() if len(found) == 1 else None

    Approval, Proposal = apps.get_model("packages", "Approval"), apps.get_model("packages", "Proposal")
    for pk, version, day in _rows(Approval.objects.filter(party="company"), "version", "given_on"):
        Approval.objects.filter(pk=pk).update(company=only(version, day))
    in_effect = _in_effect(apps)
    for pk, package, day in _rows(Proposal.objects.filter(party="company"), "package", "made_on"):
        version = max(((on, each) for on, each in in_effect[package] if on <= day), default=(None, None))[1]
        Proposal.objects.filter(pk=pk).update(company=only(version, day) if version else None)
    SignedCopy, Signature = apps.get_model("packages", "SignedCopy"), apps.get_model("packages", "CompanySignature")
    for pk, version, day in _rows(SignedCopy.objects.filter(by_company=True), "version", "signed_on"):
        if company := only(version, day):
            Signature.objects.create(copy_id=pk, company_id=company)


def forget_the_companies(apps, schema_editor):
    """Back to one yes of "the company". An agreed version keeps the last; a proposal that some company has not answered
    yet is asked about again."""
    Approval, Proposal = apps.get_model("packages", "Approval"), apps.get_model("packages", "Proposal")
    at_work, _goals = _companies(apps)
    given = defaultdict(list)
    rows = Approval.objects.filter(party="company").order_by("given_on", "pk").select_related("version")
    for row in rows:
        given[row.version_id].append(row)
    for version, answers in given.items():
        named = {row.company_id for row in answers}
        asked = {company for company, ended_on in at_work[version] if ended_on is None}
        waits = answers[0].version.effective_on is None and None not in named and not asked <= named
        for row in answers if waits else answers[:-1]:
            row.delete()
    Approval.objects.update(company=None)
    open_ = set()
    for row in Proposal.objects.filter(party="company", answered_on__isnull=True).order_by("-made_on", "-pk"):
        key = (row.package_id, row.step_id, row.wanted)
        if key in open_:
            change = {"answer": "replaced", "answered_on": row.made_on, "answered_by": row.recorded_by_id}
            Proposal.objects.filter(pk=row.pk).update(**change)
        open_.add(key)
    Proposal.objects.update(company=None)


def _companies(apps):
    """By version: the companies of its steps with the day each was over, and the company of its goal."""
    steps = defaultdict(list)
    planned = apps.get_model("packages", "PlannedStep").objects.filter(workplace__isnull=False)
    for version, company, ended_on in planned.order_by().values_list(
        "version", "workplace__company", "step__ended_on"
    ).iterator():
        steps[version].append((company, ended_on))
    versions = apps.get_model("packages", "PlanVersion").objects.filter(goal__workplace__isnull=False)
    return steps, dict(versions.order_by().values_list("pk", "goal__workplace__company"))


def _in_effect(apps):
    found = defaultdict(list)
    rows = apps.get_model("packages", "PlanVersion").objects.filter(effective_on__isnull=False)
    for pk, package, day in _rows(rows, "package", "effective_on"):
        found[package].append((day, pk))
    return found


def _rows(rows, *names):
    return list(rows.order_by().values_list("pk", *names))


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0002_closed'),
        ('packages', '0019_case_story'),
    ]

    operations = [
        migrations.CreateModel(
            name='CompanySignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='approval',
            name='approval_once_a_party',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_one_of_step',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_one_of_package',
        ),
        migrations.RemoveConstraint(
            model_name='telling',
            name='telling_once',
        ),
        migrations.AddField(
            model_name='approval',
            name='company',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='companies.company'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='company',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='companies.company'),
        ),
        migrations.AddField(
            model_name='telling',
            name='company',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='companies.company'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('company__isnull', True)), fields=('version', 'party'), name='approval_once_a_party'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(fields=('version', 'party', 'company'), name='approval_once_a_company'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('company__isnull', True), ('party', 'company'), _connector='OR'), name='approval_company'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('company__isnull', True), ('party', 'company'), _connector='OR'), name='proposal_company'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True), ('company__isnull', True)), fields=('step', 'party', 'wanted'), name='proposal_one_of_step'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True)), fields=('step', 'company', 'wanted'), name='proposal_one_of_companys_step'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True), ('company__isnull', True), ('step__isnull', True)), fields=('package', 'party', 'wanted'), name='proposal_one_of_package'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True), ('step__isnull', True)), fields=('package', 'company', 'wanted'), name='proposal_one_of_company'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(condition=models.Q(('company__isnull', True)), fields=('package', 'event', 'party'), name='telling_once'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.UniqueConstraint(fields=('package', 'event', 'company'), name='telling_once_a_company'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(('company__isnull', True), ('party', 'company'), _connector='OR'), name='telling_company'),
        ),
        migrations.AddField(
            model_name='companysignature',
            name='company',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='companies.company'),
        ),
        migrations.AddField(
            model_name='companysignature',
            name='copy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='packages.signedcopy'),
        ),
        migrations.AddField(
            model_name='signedcopy',
            name='companies',
            field=models.ManyToManyField(related_name='signed_copies', through='packages.CompanySignature', to='companies.company'),
        ),
        migrations.AddConstraint(
            model_name='companysignature',
            constraint=models.UniqueConstraint(fields=('copy', 'company'), name='companysignature_once'),
        ),
        migrations.RunPython(name_the_only_company, forget_the_companies),
    ]
