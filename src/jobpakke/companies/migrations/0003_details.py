# The contact person and the number of employees of a workplace get rows over intervals of their own.

import django.db.models.deletion
import jobpakke.lib.clock
import jobpakke.lib.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0002_closed'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkplaceDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=jobpakke.lib.clock.now)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('ref', models.UUIDField(default=jobpakke.lib.refs.new_ref, editable=False, unique=True)),
                ('ordinary_employees', models.PositiveIntegerField(blank=True, null=True)),
                ('contact_name', models.CharField(blank=True, default='', max_length=120)),
                ('contact_phone', models.CharField(blank=True, default='', max_length=20)),
                ('workplace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='details', to='companies.workplace')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['workplace', 'starts_on'], name='workplacedetails_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='companies_workplacedetails_dates')],
            },
        ),
    ]
