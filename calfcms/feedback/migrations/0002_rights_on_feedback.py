"""Who may see what readers said."""

from typing import Any

from django.db import migrations

from calfcms.accounts.groups import AUDITOR, EDITOR, PUBLISHER, grant, revoke

RIGHTS = {group: ["feedback.view_feedback"] for group in (EDITOR, PUBLISHER, AUDITOR)}


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Let these groups read the inbox; handling it takes the right `answer_feedback`."""
    grant(apps, schema_editor, RIGHTS)


def take_rights(apps: Any, schema_editor: Any) -> None:
    """Take the rights away again."""
    revoke(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_feedback_of_readers"),
        ("publishing", "0005_groups"),
    ]

    operations = [migrations.RunPython(give_rights, take_rights)]
