"""Until when a right for reasons of health runs is sealed: that there is such a day tells of the right. Lists go by its blind indexes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import BlindIndexField, BlindMonthField, SealedDateField

_INDEX = {"blank": True, "db_index": False, "default": "", "editable": False, "max_length": 32, "source": "work_limitation_until"}
_WRITTEN = ("work_limitation_until", "work_limitation_until_index", "work_limitation_until_month")


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    people = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    for person in people.filter(day_in_clear__isnull=False).only("id", "day_in_clear").iterator():
        person.work_limitation_until = person.day_in_clear
        person.save(update_fields=_WRITTEN)


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    people = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    for person in people.filter(work_limitation_until__isnull=False).only("id", "work_limitation_until").iterator():
        person.day_in_clear = person.work_limitation_until
        person.save(update_fields=("day_in_clear",))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0003_terms")]

    operations = [
        migrations.RenameField("person", "work_limitation_until", "day_in_clear"),
        migrations.AddField("person", "work_limitation_until", SealedDateField(blank=True, null=True)),
        migrations.AddField("person", "work_limitation_until_index", BlindIndexField(**_INDEX)),
        migrations.AddField("person", "work_limitation_until_month", BlindMonthField(**_INDEX)),
        migrations.RunPython(_seal, _open),
        migrations.RemoveField("person", "day_in_clear"),
    ]
