# What stands of each workplace begins on the day it was last changed, else on the day it was added. Who was contact
# person before a change was not kept.

from datetime import date

from django.db import migrations

KNOWN_FROM = date(1990, 1, 1)
COLUMNS = ("ordinary_employees", "contact_name", "contact_phone")


def fill(apps, schema_editor):
    Workplace, Details = apps.get_model("companies", "Workplace"), apps.get_model("companies", "WorkplaceDetails")
    begun = since(apps.get_model("history", "Event"))
    rows = Workplace.objects.order_by("pk").values("pk", "ref", *COLUMNS)
    Details.objects.bulk_create(
        (
            Details(
                workplace_id=row["pk"],
                starts_on=begun.get(row["ref"], KNOWN_FROM),
                **{name: row[name] for name in COLUMNS},
            )
            for row in rows.iterator(chunk_size=1000)
        ),
        batch_size=1000,
    )


def since(Event):
    """By ref of a workplace: the day of its last change, else that on which it was added."""
    told = Event.objects.filter(kind__in=("workplace_added", "workplace_changed"))
    return dict(told.order_by("effective_on", "recorded_at", "pk").values_list("subject", "effective_on"))


def put_back(apps, schema_editor):
    Workplace, Details = apps.get_model("companies", "Workplace"), apps.get_model("companies", "WorkplaceDetails")
    for row in Details.objects.filter(superseded_at__isnull=True, ends_on__isnull=True).iterator():
        Workplace.objects.filter(pk=row.workplace_id).update(**{name: getattr(row, name) for name in COLUMNS})
    Details.objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("companies", "0003_details"),
        ("history", "0002_event_subject_kind"),
    ]

    operations = [migrations.RunPython(fill, put_back, elidable=True)]
