"""What was frozen with an edition is kept as it is; who may call editions back."""

from importlib import import_module
from typing import Any

from django.db import migrations

from calfcms.accounts.groups import AUDITOR, PARTNER_MANAGER, PUBLISHER, grant, revoke

past = import_module("calfcms.publishing.migrations.0002_the_past_is_immutable")

KEPT = ["facet", "partnerrendition", "recall"]
RULES = [
    (table, f"is_never_{verb}", operation, "1 = 1", f"{table} rows are never {verb}")
    for table in KEPT
    for operation, verb in [("UPDATE", "changed"), ("DELETE", "deleted")]
]
RIGHTS = {
    PUBLISHER: ["publishing.recall", "publishing.view_recall"],
    PARTNER_MANAGER: ["publishing.view_recall"],
    AUDITOR: ["publishing.view_recall"],
}


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Refuse every change; bytes are stored as they are sent."""
    past.create_rules(schema_editor, RULES, KEPT)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE publishing_partnerrendition ALTER COLUMN body SET STORAGE EXTERNAL"
        )


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    past.drop_rules(schema_editor, RULES, KEPT)


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Publishers recall; whoever looks after partners, and auditors, see it."""
    grant(apps, schema_editor, RIGHTS)


def take_rights(apps: Any, schema_editor: Any) -> None:
    """Take the rights away again."""
    revoke(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_partners_recalls_and_facets")]

    operations = [
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RunPython(give_rights, take_rights),
    ]
