"""Why a signed day was otherwise can tell of health: it is sealed like what the person says of the day."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import SealedField


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    days = apps.get_model("attendance", "Day").objects.using(schema_editor.connection.alias)
    for day in days.exclude(reason_in_clear="").only("id", "reason_in_clear").iterator():
        day.correction_reason = day.reason_in_clear
        day.save(update_fields=("correction_reason",))


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    days = apps.get_model("attendance", "Day").objects.using(schema_editor.connection.alias)
    for day in days.filter(correction_reason__isnull=False).only("id", "correction_reason").iterator():
        day.reason_in_clear = day.correction_reason
        day.save(update_fields=("reason_in_clear",))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("attendance", "0003_signer_does_not_pay")]

    operations = [
        migrations.RenameField("day", "correction_reason", "reason_in_clear"),
        migrations.AddField("day", "correction_reason", SealedField(blank=True, null=True)),
        migrations.RunPython(_seal, _open),
        migrations.RemoveField("day", "reason_in_clear"),
    ]
