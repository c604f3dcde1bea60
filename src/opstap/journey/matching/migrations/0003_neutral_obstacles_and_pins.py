"""A round keeps the class of an obstacle in clear, never its code; a pin knows since when no round can keep it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CLASSES = {
    "matching.half_days": "matching.rule_half_days",
    "matching.dutch": "matching.rule_dutch_level",
    "matching.licence": "matching.rule_licence",
    "matching.limits": "matching.rule_physical_limits",
    "matching.travel": "matching.rule_travel_time",
    "matching.home": "matching.rule_travel_time",
    "matching.place_not": "matching.rule_travel_time",
    "matching.place_ended": "matching.rule_place_period",
    "matching.no_decision": "matching.rule_eligible_instrument",
    "matching.decision": "matching.rule_eligible_instrument",
    "matching.mentor": "matching.rule_mentor",
    "matching.person_veto": "matching.rule_veto",
    "matching.host_refusal": "matching.rule_host_refusal",
    "matching.ruled_out": "matching.rule_ruled_out",
}


def _to_classes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("matching", "RoundPerson").objects.using(schema_editor.connection.alias)
    for start, name in _CLASSES.items():
        rows.filter(main_obstacle__startswith=start).update(main_obstacle=name)


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_replaced_proposals")]

    operations = [
        migrations.AddField(model_name="directive", name="left_out_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(_to_classes, migrations.RunPython.noop),
    ]
