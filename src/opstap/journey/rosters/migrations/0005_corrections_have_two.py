"""Who proposed a correction of a closed month, and who else approved it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_USER = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    dependencies = [("rosters", "0004_presence"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(model_name="workedmonth", name="approved_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model_name="workedmonth", name="approved_by", field=models.CharField(blank=True, max_length=200)),
        migrations.AddField(model_name="workedmonth", name="approver", field=models.ForeignKey(blank=True, null=True, **_USER)),
        migrations.AddField(model_name="workedmonth", name="proposer", field=models.ForeignKey(blank=True, null=True, **_USER)),
        migrations.AddConstraint(
            model_name="workedmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("approver", models.F("proposer")), _negated=True), name="correction_is_approved_by_another"
            ),
        ),
    ]
