"""Protocols, too, can be translations of an edition."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("triage", "0004_whom_how_and_until_when")]

    operations = [
        migrations.AddField(
            "protocol",
            "source_locale",
            models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            "protocol", "source_edition", models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.AddField("protocol", "translation_reviewed", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "protocol",
            models.CheckConstraint(
                condition=Q(source_locale="", source_edition=None, translation_reviewed=False)
                | (~Q(source_locale="") & Q(source_edition__gte=1)),
                name="protocol_source",
            ),
        ),
    ]
