"""Proposals can be counted by their placement, so that seats and mentors are counted by the placement's period. Changes no column."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_replaced_proposals"),
        ("placements", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="placement",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", related_query_name="placement", to="matching.proposal"
            ),
        ),
    ]
