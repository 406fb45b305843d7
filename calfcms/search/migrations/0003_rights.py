"""Which groups read and write synonyms: those that read and write the other shared lists."""

from typing import Any

from django.db import migrations

from calfcms.accounts.groups import (
    ADMINISTRATOR,
    AUDITOR,
    CLINICAL_REVIEWER,
    EDITOR,
    PUBLISHER,
    grant,
    revoke,
)

VIEW = ["search.view_synonymgroup"]
WRITE = [f"search.{verb}_synonymgroup" for verb in ("add", "change", "delete")]
RIGHTS = {
    EDITOR: [*VIEW, *WRITE],
    CLINICAL_REVIEWER: VIEW,
    PUBLISHER: VIEW,
    AUDITOR: VIEW,
    ADMINISTRATOR: VIEW,
}


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Give them."""
    grant(apps, schema_editor, RIGHTS)


def take_rights(apps: Any, schema_editor: Any) -> None:
    """Take them away again."""
    revoke(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("search", "0002_fulltext"),
        ("publishing", "0005_groups"),
    ]

    operations = [migrations.RunPython(give_rights, take_rights)]
