"""The groups of people who work with calfcms, and their rights over documents and accounts.

Apps above this one give the groups rights over models of their own in migrations of their own.
"""

from typing import Any

from django.db import migrations

from calfcms.accounts.groups import (
    ADMINISTRATOR,
    AUDITOR,
    CLINICAL_REVIEWER,
    EDITOR,
    GROUPS,
    PARTNER_MANAGER,
    PUBLISHER,
    grant,
    revoke,
)

READ_CONTENT = ["publishing.view_document", "publishing.view_edition"]
READ_WORK = [
    *READ_CONTENT,
    "publishing.view_submission",
    "publishing.view_signoff",
    "publishing.view_event",
    "publishing.view_comment",
    "publishing.view_schedule",
    "publishing.view_breakglass",
    "publishing.view_reviewextension",
    "publishing.view_invitation",
]
MANAGE_PEOPLE = [
    f"{app}.{verb}_{model}"
    for app, model in [("auth", "user"), ("auth", "group"), ("publishing", "reviewerprofile")]
    for verb in ("view", "add", "change", "delete")
]
RIGHTS = {
    EDITOR: [
        *READ_WORK,
        "publishing.edit_draft",
        "publishing.submit",
        "publishing.comment",
        "publishing.invite",
        "publishing.answer_feedback",
    ],
    CLINICAL_REVIEWER: [
        *READ_WORK,
        "publishing.sign_off",
        "publishing.extend_review",
        "publishing.comment",
    ],
    PUBLISHER: [
        *READ_WORK,
        "publishing.publish",
        "publishing.withdraw",
        "publishing.break_glass",
        "publishing.comment",
        "publishing.invite",
        "publishing.answer_feedback",
    ],
    PARTNER_MANAGER: READ_CONTENT,
    AUDITOR: [*READ_WORK, "publishing.view_reviewerprofile", "publishing.read_audit"],
    ADMINISTRATOR: [*READ_WORK, *MANAGE_PEOPLE],
}


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make the groups, or add the rights where a group of that name is there."""
    grant(apps, schema_editor, RIGHTS)


def remove_groups(apps: Any, schema_editor: Any) -> None:
    """Take the rights away; remove a group only when nobody is in it."""
    revoke(apps, schema_editor, RIGHTS)
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=GROUPS, user=None, permissions=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0004_plans_are_kept"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
