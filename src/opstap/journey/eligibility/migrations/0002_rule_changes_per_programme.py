"""A rule change belongs to one programme, and its rehearsal is sealed: it holds example traces of people."""

import django.db.models.deletion
from django.db import migrations, models

import opstap.foundation.fields


class Migration(migrations.Migration):
    dependencies = [
        ("eligibility", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="rulechange",
            name="programme",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.programme"),
        ),
        migrations.RemoveField(model_name="rulechange", name="rehearsal"),
        migrations.AddField(
            model_name="rulechange",
            name="rehearsal",
            field=opstap.foundation.fields.SealedField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="rehearsed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
