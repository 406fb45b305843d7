"""The groups that come with calfcms, and how migrations give them rights.

What each group may do is said in migrations, next to the models that the rights are about; a test
shows the whole as one table (`tests/accounts/test_groups.py`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.auth.management import create_permissions

EDITOR: Final = "Editor"
CLINICAL_REVIEWER: Final = "Clinical reviewer"
PUBLISHER: Final = "Publisher"
PARTNER_MANAGER: Final = "Partner manager"
AUDITOR: Final = "Auditor"
ADMINISTRATOR: Final = "Administrator"

GROUPS: Final = (EDITOR, CLINICAL_REVIEWER, PUBLISHER, PARTNER_MANAGER, AUDITOR, ADMINISTRATOR)

Rights = Mapping[str, Iterable[str]]
"""Group → permissions, each as `app.codename`."""


def grant(apps: Any, schema_editor: Any, rights: Rights) -> None:
    """Give these rights to these groups; called by migrations, whose `apps` it works on.

    Permissions of models are otherwise made only after all migrations, so they are made here.
    Raises LookupError for a right that no model has.
    """
    using = schema_editor.connection.alias
    _make_permissions(apps, rights, using)
    for name, names in rights.items():
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(*_find(apps, names, using))


def revoke(apps: Any, schema_editor: Any, rights: Rights) -> None:
    """Take these rights away again: the way back of a migration that called `grant`."""
    using = schema_editor.connection.alias
    for name, names in rights.items():
        group = apps.get_model("auth", "Group").objects.using(using).filter(name=name).first()
        if group:
            group.permissions.remove(*_find(apps, names, using))


def _make_permissions(apps: Any, rights: Rights, using: str) -> None:
    labels = {right.split(".")[0] for names in rights.values() for right in names}
    for label in sorted(labels):
        config = apps.get_app_config(label)
        config.models_module = True  # else it counts as an app without models
        create_permissions(config, verbosity=0, using=using, apps=apps)
        config.models_module = None


def _find(apps: Any, names: Iterable[str], using: str) -> list[Any]:
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    found = []
    for name in names:
        label, codename = name.split(".")
        permission = permissions.filter(content_type__app_label=label, codename=codename).first()
        if permission is None:
            raise LookupError(f"No model has the right {name}.")
        found.append(permission)
    return found
