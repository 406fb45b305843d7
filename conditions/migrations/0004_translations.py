"""Which edition a page translates, and that a translator may have made it."""

from django.db import migrations, models
from django.db.models import Q

ROLES = ["author", "editor", "illustrator", "patient_adviser", "translator"]


class Migration(migrations.Migration):
    dependencies = [("conditions", "0003_rights_on_shared_rows")]

    operations = [
        migrations.AddField(
            model_name="condition",
            name="source_locale",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="condition",
            name="source_edition",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="condition",
            name="translation_reviewed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.CheckConstraint(
                condition=Q(source_locale="", source_edition=None, translation_reviewed=False)
                | (~Q(source_locale="") & Q(source_edition__gte=1)),
                name="condition_source",
            ),
        ),
        migrations.RemoveConstraint(model_name="contributor", name="contributor_role"),
        migrations.AlterField(
            model_name="contributor",
            name="role",
            field=models.CharField(max_length=20, choices=[(role, role) for role in ROLES]),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.CheckConstraint(condition=Q(role__in=ROLES), name="contributor_role"),
        ),
    ]
