"""What is only supposed in a roster; the database itself refuses to call such a roster published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rosters", "0002_months_that_were_worked")]

    operations = [
        migrations.AddField(model_name="roster", name="suppositions", field=models.JSONField(blank=True, default=list)),
        migrations.AddConstraint(
            model_name="roster",
            constraint=models.CheckConstraint(
                condition=models.Q(("suppositions", []), models.Q(("state__in", ("published", "replaced")), _negated=True), _connector="OR"),
                name="supposition_is_never_told",
            ),
        ),
    ]
