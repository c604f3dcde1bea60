"""Hours a month belong to the days for which they were agreed: an addendum never changes the length of a day before it."""

from django.db import migrations, models

_FILL = """
UPDATE placements_placementhalfday AS half SET hours_month = work.agreed_hours_month
FROM placements_placement AS work WHERE work.id = half.placement_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0003_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="placementhalfday",
            name="hours_month",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
