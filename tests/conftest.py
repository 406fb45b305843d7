"""People and moments that every test may use."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connections

from calfcms.api import quotas
from calfcms.publishing.models import ReviewerProfile
from calfcms.syndication.ledger import ledger

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give this run a database of its own name, so that two runs on one server do not meet."""
    settings = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql":
        settings["TEST"]["NAME"] = f"calfcms_test_{os.getpid()}"


@pytest.fixture(autouse=True)
def _hash_passwords_quickly(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _forget_what_was_fetched() -> None:
    ledger.forget()  # the keys of the next test have the same numbers


@pytest.fixture(autouse=True)
def _forget_callers() -> None:
    """Everybody may call as often as at first: numbers of keys come again from test to test."""
    quotas.keys.forget()
    quotas.addresses.forget()


@pytest.fixture
def at() -> datetime:
    """The moment at which things happen unless a test says otherwise."""
    return NOON


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that moves on by one minute each time it is asked."""
    ticks = iter(range(1, 10_000))
    return lambda: NOON + timedelta(minutes=next(ticks))


def make_person(username: str, *rights: str, **names: str) -> User:
    """Somebody with these rights of `publishing`."""
    person = User.objects.create_user(username, password=None, **names)
    codenames = Permission.objects.filter(content_type__app_label="publishing", codename__in=rights)
    person.user_permissions.set(codenames)
    return person


@pytest.fixture
def editor(db: None) -> User:
    """Writes drafts and submits them."""
    return make_person("editor", "edit_draft", "submit", first_name="Eda", last_name="Editor")


@pytest.fixture
def reviewer(db: None) -> User:
    """Signs off as a clinician, with credentials that are good for years."""
    person = make_person("reviewer", "sign_off", first_name="Rex", last_name="Reviewer")
    ReviewerProfile.objects.create(
        user=person,
        name="Rex Reviewer (fictional)",
        credentials="demonstration only",
        registration_body="Fictional Register",
        registration_number="0000",
        specialties=["general-practice"],
        valid_until=date(2031, 1, 1),
    )
    return person


@pytest.fixture
def publisher(db: None) -> User:
    """Publishes and withdraws."""
    return make_person("publisher", "publish", "withdraw", first_name="Pia", last_name="Publisher")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process works on it alone in the end."""
    items.sort(key=lambda item: not {"slow", "long"} & set(item.keywords))
