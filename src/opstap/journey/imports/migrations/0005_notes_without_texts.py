"""What a list says of itself names the rows that were left out by their number and cause, and keeps none of their text."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _drop_texts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for batch in apps.get_model("imports", "Batch").objects.using(schema_editor.connection.alias).filter(notes__has_key="skipped"):
        batch.notes["skipped"] = [{"number": each.get("number"), "code": each.get("code")} for each in batch.notes["skipped"]]
        batch.save(update_fields=("notes",))


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_row_that_asks")]

    operations = [migrations.RunPython(_drop_texts, migrations.RunPython.noop)]
