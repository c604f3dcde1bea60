"""Who was there of those who were told to come: rows that are only added."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0003_terms_of_a_site_per_association"),
        ("organisations", "0002_mentor_certified_until"),
        ("rosters", "0003_suppositions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("here", "here"), ("late", "late"), ("excused", "excused"), ("absent", "absent")], max_length=10
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("noted_by", models.CharField(max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="associations.contract"),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.site")),
            ],
            options={"ordering": ("on", "id")},
        ),
        migrations.AddIndex(model_name="presence", index=models.Index(fields=["contract", "on", "-id"], name="presence_by_worker")),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minutes__gt", 0), ("state__in", ("here", "late"))),
                    models.Q(("minutes", 0), ("state__in", ("excused", "absent"))),
                    _connector="OR",
                ),
                name="who_is_there_has_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.CheckConstraint(condition=models.Q(("minutes__lte", 720)), name="presence_within_a_day"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='presence',
            trigger=pgtrigger.compiler.Trigger(name='presence_is_only_added', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9156154483a2a79f5211ea67998e99d34b350f7', operation='UPDATE OR DELETE', pgid='pgtrigger_presence_is_only_added_70a76', table='rosters_presence', when='BEFORE')),
        ),
    ]
