"""Lists of problems that a second clinician answers for; never changed once signed."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

past = import_module("calfcms.publishing.migrations.0002_the_past_is_immutable")

KEPT = ["acceptance"]
RULES = [
    ("acceptance", f"is_never_{verb}", operation, "1 = 1", f"acceptance rows are never {verb}")
    for operation, verb in [("UPDATE", "changed"), ("DELETE", "deleted")]
]


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Refuse every change."""
    past.create_rules(schema_editor, RULES, KEPT)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    past.drop_rules(schema_editor, RULES, KEPT)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publishing", "0016_live_facets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content_digest", models.CharField(max_length=71)),
                ("list_digest", models.CharField(max_length=71)),
                ("problems", models.JSONField()),
                ("reason", models.TextField()),
                ("reviewer_name", models.CharField(max_length=200)),
                ("reviewer_credentials", models.CharField(max_length=200)),
                ("reviewer_registration", models.CharField(max_length=300)),
                ("reviewer_specialties", models.JSONField(default=list)),
                ("reviewer_valid_until", models.DateField()),
                ("accepted_at", models.DateTimeField()),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="publishing.document",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["document", "list_digest"], name="acceptance_list")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="acceptance_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewer_credentials", ""), _negated=True),
                            models.Q(("reviewer_registration", ""), _negated=True),
                        ),
                        name="acceptance_has_credentials",
                    ),
                ],
            },
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
