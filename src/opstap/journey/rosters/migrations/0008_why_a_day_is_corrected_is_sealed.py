"""Why a day of a closed month is corrected, or not, is free text that may speak of health: it is sealed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import SealedField


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model("rosters", "DayCorrection").objects.using(schema_editor.connection.alias).all():
        row.reason, row.answer = row.reason_in_clear, row.answer_in_clear or None
        row.save(update_fields=("reason", "answer"))


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model("rosters", "DayCorrection").objects.using(schema_editor.connection.alias).all():
        row.reason_in_clear, row.answer_in_clear = row.reason, row.answer or ""
        row.save(update_fields=("reason_in_clear", "answer_in_clear"))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("rosters", "0007_people_who_are_only_supposed")]

    operations = [
        migrations.RemoveConstraint("daycorrection", "day_correction_says_why"),
        pgtrigger.migrations.RemoveTrigger(model_name="daycorrection", name="decided_correction_stays"),
        migrations.RenameField("daycorrection", "reason", "reason_in_clear"),
        migrations.AlterField("daycorrection", "reason_in_clear", models.CharField(default="", max_length=300)),
        migrations.RenameField("daycorrection", "answer", "answer_in_clear"),
        migrations.AlterField("daycorrection", "answer_in_clear", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("daycorrection", "reason", SealedField(null=True)),
        migrations.AddField("daycorrection", "answer", SealedField(blank=True, null=True)),
        migrations.RunPython(_seal, _open),
        migrations.AlterField("daycorrection", "reason", SealedField()),
        migrations.RemoveField("daycorrection", "reason_in_clear"),
        migrations.RemoveField("daycorrection", "answer_in_clear"),
        migrations.AddConstraint(
            "daycorrection",
            models.CheckConstraint(
                condition=models.Q(models.Q(("verdict", "refused"), _negated=True), ("answer__isnull", False), _connector="OR"),
                name="day_correction_says_why",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="daycorrection",
            trigger=pgtrigger.compiler.Trigger(
                name="decided_correction_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NOT (OLD.\"verdict\" = 'waiting'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="57c73a2602314dd93c1ba6a653de3957347da152",
                    operation="UPDATE",
                    pgid="pgtrigger_decided_correction_stays_29750",
                    table="rosters_daycorrection",
                    when="BEFORE",
                ),
            ),
        ),
    ]
