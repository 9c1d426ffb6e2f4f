import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('packages', '0013_ties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AftercareExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extended_on', models.DateField()),
                ('was_until', models.DateField()),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=400)),
            ],
            options={
                'ordering': ('extended_on', 'pk'),
            },
        ),
        migrations.AlterModelOptions(
            name='aftercare',
            options={'ordering': ('package', 'number')},
        ),
        migrations.AddField(
            model_name='aftercare',
            name='number',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='aftercare',
            name='package',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aftercares', to='packages.jobpackage'),
        ),
        migrations.AddConstraint(
            model_name='aftercare',
            constraint=models.UniqueConstraint(fields=('package', 'number'), name='aftercare_number'),
        ),
        migrations.AddField(
            model_name='aftercareextension',
            name='aftercare',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='packages.aftercare'),
        ),
        migrations.AddField(
            model_name='aftercareextension',
            name='extended_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extended_aftercares', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='aftercareextension',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('was_until'))), name='aftercareextension_later'),
        ),
        migrations.AddConstraint(
            model_name='aftercareextension',
            constraint=models.CheckConstraint(condition=models.Q(('reason__gt', '')), name='aftercareextension_reason'),
        ),
    ]
