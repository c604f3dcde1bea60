"""What a roster knows of a site belongs to one association: a site can be shared by two."""

import django.db.models.deletion
from django.db import migrations, models


def share(apps, schema_editor):
    """Give each association of which the site's organisation is a member its own row."""
    memberships = apps.get_model("associations", "Membership").objects.values_list("organisation_id", "association_id").distinct()
    of: dict = {}
    for organisation, association in memberships.order_by():
        of.setdefault(organisation, []).append(association)
    for name in ("SiteTerms", "SiteClosure"):
        model = apps.get_model("associations", name)
        for row in model.objects.filter(association__isnull=True).select_related("site"):
            mine = sorted(of.get(row.site.organisation_id, []))
            if not mine:
                row.delete()
                continue
            for association in mine:
                row.association_id = association
                row.save()
                row.pk, row._state.adding = None, True
                row.id = model._meta.pk.get_default()


class Migration(migrations.Migration):
    dependencies = [("associations", "0002_intakes")]

    operations = [
        migrations.AlterModelOptions(name="siteterms", options={"ordering": ("site__name", "id")}),
        migrations.AlterField(
            model_name="siteterms",
            name="site",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.site"),
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="association",
                field=models.ForeignKey(
                    null=True, on_delete=django.db.models.deletion.CASCADE, related_name=related, to="associations.association"
                ),
            )
            for name, related in (("siteterms", "site_terms"), ("siteclosure", "site_closures"))
        ),
        migrations.RunPython(share, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        *(
            migrations.AlterField(
                model_name=name,
                name="association",
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name=related, to="associations.association"),
            )
            for name, related in (("siteterms", "site_terms"), ("siteclosure", "site_closures"))
        ),
        migrations.AddConstraint(
            model_name="siteterms",
            constraint=models.UniqueConstraint(fields=("association", "site"), name="site_terms_once_per_association"),
        ),
    ]
