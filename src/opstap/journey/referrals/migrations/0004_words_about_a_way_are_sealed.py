"""Why somebody was put aside, moved on or stopped is free text that may speak of health: it is sealed, as the words about work are."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import SealedField

_AT_ONCE = 2000


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    for referral in referrals.exclude(snooze_reason_in_clear="").only("id", "snooze_reason_in_clear").iterator(_AT_ONCE):
        referral.snooze_reason = referral.snooze_reason_in_clear
        referral.save(update_fields=("snooze_reason",))
    moves = apps.get_model("referrals", "StageMove").objects.using(schema_editor.connection.alias)
    for move in moves.only("id", "reason_in_clear").iterator(_AT_ONCE):
        move.reason = move.reason_in_clear
        move.save(update_fields=("reason",))


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    referrals = apps.get_model("referrals", "Referral").objects.using(schema_editor.connection.alias)
    for referral in referrals.filter(snooze_reason__isnull=False).only("id", "snooze_reason").iterator(_AT_ONCE):
        referral.snooze_reason_in_clear = referral.snooze_reason
        referral.save(update_fields=("snooze_reason_in_clear",))
    moves = apps.get_model("referrals", "StageMove").objects.using(schema_editor.connection.alias)
    for move in moves.only("id", "reason").iterator(_AT_ONCE):
        move.reason_in_clear = move.reason
        move.save(update_fields=("reason_in_clear",))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("referrals", "0003_assignment")]

    operations = [
        migrations.RenameField("referral", "snooze_reason", "snooze_reason_in_clear"),
        migrations.AlterField("referral", "snooze_reason_in_clear", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("referral", "snooze_reason", SealedField(blank=True, null=True)),
        pgtrigger.migrations.RemoveTrigger(model_name="stagemove", name="moves_append_only"),
        migrations.RenameField("stagemove", "reason", "reason_in_clear"),
        migrations.AlterField("stagemove", "reason_in_clear", models.JSONField(null=True)),
        migrations.AddField("stagemove", "reason", SealedField(null=True)),
        migrations.RunPython(_seal, _open),
        migrations.AlterField("stagemove", "reason", SealedField()),
        migrations.RemoveField("stagemove", "reason_in_clear"),
        migrations.RemoveField("referral", "snooze_reason_in_clear"),
        pgtrigger.migrations.AddTrigger(
            model_name="stagemove",
            trigger=pgtrigger.compiler.Trigger(
                name="moves_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cc5f4a8806aefe176b714649bf6e2e8a359e3e9d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_moves_append_only_ea483",
                    table="referrals_stagemove",
                    when="BEFORE",
                ),
            ),
        ),
    ]
