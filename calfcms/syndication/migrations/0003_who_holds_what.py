"""Which edition each partner holds, and which recalls it has acknowledged."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from calfcms.accounts.groups import AUDITOR, PARTNER_MANAGER, PUBLISHER, grant, revoke

past = import_module("calfcms.publishing.migrations.0002_the_past_is_immutable")

KEPT = ["recallacknowledgement"]
RULES = [
    (KEPT[0], f"is_never_{verb}", operation, "1 = 1", f"what was acknowledged is never {verb}")
    for operation, verb in [("UPDATE", "changed"), ("DELETE", "deleted")]
]
RIGHTS = {group: ["syndication.view_holding"] for group in (PUBLISHER, PARTNER_MANAGER, AUDITOR)}


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """A partner's word stays as it was given."""
    past.create_rules(schema_editor, RULES, KEPT, app="syndication")


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    past.drop_rules(schema_editor, RULES, KEPT, app="syndication")


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Whoever recalls, looks after partners, or audits may see who holds what."""
    grant(apps, schema_editor, RIGHTS)


def take_rights(apps: Any, schema_editor: Any) -> None:
    """Take the rights away again."""
    revoke(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0012_what_is_frozen_is_kept"),
        ("syndication", "0002_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_fetched_at", models.DateTimeField()),
                ("last_fetched_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="publishing.edition",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="syndication.key",
                    ),
                ),
            ],
            options={
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("key", "edition"), name="holding_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_fetched_at__gte", models.F("first_fetched_at"))),
                        name="holding_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecallAcknowledgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition_removed", models.BooleanField()),
                ("note", models.TextField(blank=True)),
                ("acknowledged_at", models.DateTimeField()),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="syndication.key",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="syndication.partner",
                    ),
                ),
                (
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="publishing.recall",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recall", "partner", "edition_removed"), name="acknowledged_once"
                    )
                ],
            },
        ),
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RunPython(give_rights, take_rights),
    ]
