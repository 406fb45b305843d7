"""The one row of the cursor. What happened before notices existed is told to nobody."""

from typing import Any

from django.db import migrations


def make_cursor(apps: Any, schema_editor: Any) -> None:
    """Start where the audit log ends today."""
    using = schema_editor.connection.alias
    head = apps.get_model("publishing", "AuditHead").objects.using(using).get()
    apps.get_model("notices", "NoticeCursor").objects.using(using).create(pk=1, seq=head.seq)


def remove_cursor(apps: Any, schema_editor: Any) -> None:
    """Forget how far the log was read."""
    using = schema_editor.connection.alias
    apps.get_model("notices", "NoticeCursor").objects.using(using).all().delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices_and_choices")]

    operations = [migrations.RunPython(make_cursor, remove_cursor)]
