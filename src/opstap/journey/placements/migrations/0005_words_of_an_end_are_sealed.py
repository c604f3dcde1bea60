"""Why work ended or was called off is free text that may speak of health: it is sealed, as the words about a proposal are."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import SealedField


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    placements = apps.get_model("placements", "Placement").objects.using(schema_editor.connection.alias)
    for placement in placements.exclude(end_reason_in_clear="").only("id", "end_reason_in_clear").iterator():
        placement.end_reason = placement.end_reason_in_clear
        placement.save(update_fields=("end_reason",))


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    placements = apps.get_model("placements", "Placement").objects.using(schema_editor.connection.alias)
    for placement in placements.filter(end_reason__isnull=False).only("id", "end_reason").iterator():
        placement.end_reason_in_clear = placement.end_reason
        placement.save(update_fields=("end_reason_in_clear",))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("placements", "0004_hours_of_each_period")]

    operations = [
        migrations.RenameField("placement", "end_reason", "end_reason_in_clear"),
        migrations.AlterField("placement", "end_reason_in_clear", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("placement", "end_reason", SealedField(blank=True, null=True)),
        migrations.RunPython(_seal, _open),
        migrations.RemoveField("placement", "end_reason_in_clear"),
    ]
