"""A message to somebody whom nobody can reach is kept as held, so that staff see it."""

from django.db import migrations, models

_STATES = ["queued", "held", "taken", "sent", "cancelled", "failed"]


class Migration(migrations.Migration):
    """Add the state."""

    dependencies = (("outbox", "0001_initial"),)
    operations = (
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(choices=[(state, state) for state in _STATES], max_length=10),
        ),
    )
