"""Which edition an edition translates, and since when that one is gone."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

past = import_module("calfcms.publishing.migrations.0002_the_past_is_immutable")

MARKS = ["source_moved_at", "source_withdrawn_at"]
RULES = [
    (
        "liveperiod",
        f"{mark}_is_set_once",
        "UPDATE",
        f"OLD.{mark} IS NOT NULL AND (NEW.{mark} IS NULL OR NEW.{mark} <> OLD.{mark})",
        "what marks a translation is never changed",
    )
    for mark in MARKS
]


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Refuse to change what readers of the past were told of a translation."""
    past.create_rules(schema_editor, RULES, [])


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    past.drop_rules(schema_editor, RULES, [])


class Migration(migrations.Migration):
    dependencies = [("publishing", "0013_audit_searches")]

    # Nullable columns are added in place; SQLite would build a table anew, without its triggers,
    # for any other.
    operations = [
        migrations.AddField(
            model_name="edition",
            name="translates",
            field=models.CharField(max_length=30, null=True),
        ),
        migrations.AddField(
            model_name="liveperiod",
            name="source_withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
