# The columns that the rows over intervals take the place of.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("companies", "0004_fill_details"),
    ]

    operations = [
        migrations.RemoveField(model_name="workplace", name="contact_name"),
        migrations.RemoveField(model_name="workplace", name="contact_phone"),
        migrations.RemoveField(model_name="workplace", name="ordinary_employees"),
    ]
