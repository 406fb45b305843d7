"""Evaluations can be kept for statistics by rule, without anything that says who it was."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0005_translations")]

    operations = [
        migrations.CreateModel(
            "LoggedEvaluation",
            [
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField(db_index=True)),
                ("protocol", models.CharField(max_length=80)),
                ("locale", models.CharField(max_length=20)),
                ("edition", models.PositiveIntegerField()),
                ("age_band", models.CharField(blank=True, max_length=11)),
                ("sex", models.CharField(max_length=7)),
                ("urgency", models.CharField(max_length=9)),
                ("status", models.CharField(max_length=23)),
                ("findings", models.JSONField()),
                ("rules", models.JSONField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
