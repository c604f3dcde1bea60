"""A month that closes writes every index of every day: each key of a day keeps the index that a question uses, and no second one."""

import django.db.models.deletion
from django.db import migrations, models

_CORRECTS = models.ForeignKey(
    blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="attendance.day"
)


class Migration(migrations.Migration):
    dependencies = [("attendance", "0004_reason_of_a_correction_is_sealed")]

    operations = [
        migrations.AlterField(
            model_name="day",
            name="closing",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signed_days",
                to="attendance.monthclosing",
            ),
        ),
        # By its name: Django would drop every index of the column, also the one that keeps a day from being corrected twice.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX attendance_day_corrects_id_1831a516",
                    "CREATE INDEX attendance_day_corrects_id_1831a516 ON attendance_day (corrects_id)",
                )
            ],
            state_operations=[migrations.AlterField(model_name="day", name="corrects", field=_CORRECTS)],
        ),
    ]
