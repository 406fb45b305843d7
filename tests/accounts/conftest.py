"""People who log in with a password, and a way to do it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from calfcms.accounts.groups import ADMINISTRATOR

PASSWORD = "a long enough phrase"


def make_member(username: str, *groups: str, **fields: Any) -> User:
    """Staff in these groups, who can log in with `PASSWORD`."""
    person = User.objects.create_user(username, password=PASSWORD, is_staff=True, **fields)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def log_in(client: Client, username: str, password: str = PASSWORD, **query: str) -> Any:
    """Send the log-in form."""
    form = {"login": username, "password": password, **query}
    return client.post("/accounts/login/", form)


def is_logged_in(client: Client) -> bool:
    """Whether the admin lets this browser in."""
    return client.get("/admin/").status_code == 200


@pytest.fixture
def administrator(db: None) -> User:
    """Manages accounts, and may do nothing else."""
    return make_member("ada", ADMINISTRATOR)


@pytest.fixture
def as_administrator(client: Client, administrator: User) -> Client:
    """The administrator's browser."""
    client.force_login(administrator)
    return client
