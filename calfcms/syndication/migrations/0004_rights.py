"""Who may manage partners and their keys, and who may look."""

from functools import partial

from django.db import migrations

from calfcms.accounts.groups import ADMINISTRATOR, AUDITOR, PARTNER_MANAGER, grant, revoke

VIEW = ["syndication.view_partner", "syndication.view_key"]
RIGHTS = {
    PARTNER_MANAGER: [
        *VIEW,
        "syndication.add_partner",
        "syndication.change_partner",
        "syndication.add_key",
        "syndication.change_key",
    ],
    AUDITOR: VIEW,
    ADMINISTRATOR: VIEW,
}


class Migration(migrations.Migration):
    dependencies = [
        ("syndication", "0003_who_holds_what"),
        ("publishing", "0005_groups"),
    ]

    operations = [
        migrations.RunPython(partial(grant, rights=RIGHTS), partial(revoke, rights=RIGHTS))
    ]
