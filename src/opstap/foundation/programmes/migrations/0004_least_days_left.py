"""How many days must be left of an instrument's months for a round to propose somebody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_terms_of_messages")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="least_days_left",
            field=models.PositiveSmallIntegerField(default=30),
        ),
    ]
