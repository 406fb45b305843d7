"""How a person is named wherever people read who did something."""

from typing import Any


def name_person(person: Any) -> str:
    """The full name of an account, or its user name where it has none."""
    return str(person.get_full_name() or person.get_username())
