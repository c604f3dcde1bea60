"""The shifts of people who are only supposed: they have no contract, and nobody is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rosters", "0006_corrections_of_a_day")]

    operations = [migrations.AddField(model_name="roster", name="newcomers", field=models.JSONField(blank=True, default=list))]
