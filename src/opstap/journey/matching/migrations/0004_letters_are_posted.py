"""A printed letter is posted by somebody; what was printed before this day was."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def _was_posted(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every letter that was printed as posted then."""
    del schema_editor  # the rows are all that changes
    letters = apps.get_model("matching", "Letter").objects
    letters.filter(channel__in=["paper", "paper_news"], sent_at__isnull=False).update(posted_at=F("sent_at"))


class Migration(migrations.Migration):
    """Add the moment of posting."""

    dependencies = (("matching", "0003_neutral_obstacles_and_pins"),)
    operations = (
        migrations.AddField(model_name="letter", name="posted_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(_was_posted, migrations.RunPython.noop),
    )
