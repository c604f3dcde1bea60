"""An invitation keeps that the person called the moment off, until they choose another one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the moment of calling off."""

    dependencies = (("appointments", "0001_initial"),)
    operations = (
        migrations.AddField(model_name="invitation", name="called_off_at", field=models.DateTimeField(blank=True, null=True)),
    )
