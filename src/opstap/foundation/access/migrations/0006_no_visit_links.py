"""No link for visits: none was ever given; hosts log in, and who has no account is called."""

from django.db import migrations, models

_PURPOSES = ["person_proposal", "host_proposal", "host_place", "person_journey", "signature", "relay", "roster"]


class Migration(migrations.Migration):
    """Take the purpose out of the choices."""

    dependencies = (("access", "0005_roster_links"),)
    operations = (
        migrations.AlterField(
            model_name="accesslink",
            name="purpose",
            field=models.CharField(choices=[(purpose, purpose) for purpose in _PURPOSES], max_length=30),
        ),
    )
