"""Why a host says no and why staff decide otherwise is free text that may speak of health: it is sealed, as the person's own words are."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from opstap.foundation.fields import SealedField

_WORDS = ("host_reason", "decision_reason")


def _seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    proposals = apps.get_model("matching", "Proposal").objects.using(schema_editor.connection.alias)
    for name in _WORDS:
        for proposal in proposals.exclude(**{f"{name}_in_clear": ""}).only("id", f"{name}_in_clear").iterator():
            setattr(proposal, name, getattr(proposal, f"{name}_in_clear"))
            proposal.save(update_fields=(name,))


def _open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    proposals = apps.get_model("matching", "Proposal").objects.using(schema_editor.connection.alias)
    for name in _WORDS:
        for proposal in proposals.filter(**{f"{name}__isnull": False}).only("id", name).iterator():
            setattr(proposal, f"{name}_in_clear", getattr(proposal, name))
            proposal.save(update_fields=(f"{name}_in_clear",))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0004_letters_are_posted")]

    operations = [
        *(migrations.RenameField("proposal", name, f"{name}_in_clear") for name in _WORDS),
        *(migrations.AlterField("proposal", f"{name}_in_clear", models.CharField(blank=True, default="", max_length=500)) for name in _WORDS),
        *(migrations.AddField("proposal", name, SealedField(blank=True, null=True)) for name in _WORDS),
        migrations.RunPython(_seal, _open),
        *(migrations.RemoveField("proposal", f"{name}_in_clear") for name in _WORDS),
    ]
