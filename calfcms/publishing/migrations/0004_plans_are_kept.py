"""Triggers on the tables that say why something went out of order: they are kept as they were."""

from importlib import import_module
from typing import Any

from django.db import migrations

_past = import_module("calfcms.publishing.migrations.0002_the_past_is_immutable")

APPEND_ONLY = ["breakglass", "reviewextension"]
RULES = [
    (table, f"is_never_{verb}", operation, "1 = 1", f"{table} rows are never {verb}")
    for table in APPEND_ONLY
    for operation, verb in [("UPDATE", "changed"), ("DELETE", "deleted")]
]


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Create every trigger in the words of the database at hand."""
    _past.create_rules(schema_editor, RULES, APPEND_ONLY)


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take every trigger away again."""
    _past.drop_rules(schema_editor, RULES, APPEND_ONLY)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_work_on_drafts")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
