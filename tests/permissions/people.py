"""One person for each column of the permission matrix."""

from django.contrib.auth.models import Group, User

from calfcms.accounts.groups import (
    ADMINISTRATOR,
    AUDITOR,
    CLINICAL_REVIEWER,
    EDITOR,
    PARTNER_MANAGER,
    PUBLISHER,
)

COLUMNS = {
    "E": EDITOR,
    "C": CLINICAL_REVIEWER,
    "P": PUBLISHER,
    "M": PARTNER_MANAGER,
    "U": AUDITOR,
    "A": ADMINISTRATOR,
    "S": "superuser",
    "N": "staff in no group",
}


def make_people() -> dict[str, User]:
    """Letter → person. None of them wrote or signed anything."""
    return {letter: _make(letter, group) for letter, group in COLUMNS.items()}


def _make(letter: str, group: str) -> User:
    person = User.objects.create_user(
        f"matrix-{letter}", is_staff=True, is_superuser=group == "superuser"
    )
    person.groups.set(Group.objects.filter(name=group))
    return person
