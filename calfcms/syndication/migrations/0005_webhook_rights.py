"""Who may manage webhooks."""

from typing import Any

from django.db import migrations

from calfcms.accounts.groups import AUDITOR, PARTNER_MANAGER, grant, revoke

RIGHTS = {
    PARTNER_MANAGER: [
        "syndication.view_webhookendpoint",
        "syndication.add_webhookendpoint",
        "syndication.change_webhookendpoint",
    ],
    AUDITOR: ["syndication.view_webhookendpoint"],
}


def give_rights(apps: Any, schema_editor: Any) -> None:
    """Partner managers manage them; auditors see them."""
    grant(apps, schema_editor, RIGHTS)


def take_rights(apps: Any, schema_editor: Any) -> None:
    """Take the rights away again."""
    revoke(apps, schema_editor, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("syndication", "0004_rights")]

    operations = [migrations.RunPython(give_rights, take_rights)]
