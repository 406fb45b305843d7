"""When a session is over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from calfcms import settings as as_shipped
from calfcms.accounts.groups import EDITOR
from calfcms.publishing.models import Event
from tests.accounts.conftest import PASSWORD, is_logged_in, log_in, make_member
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "another long enough phrase"


@pytest.fixture
def eda() -> User:
    return make_member("eda", EDITOR)


def test_it_ends_with_the_browser(client: Client, eda: User) -> None:
    response = log_in(client, "eda")

    cookie = response.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""
    assert cookie["httponly"]


def test_it_ends_eight_hours_after_the_log_in_however_busy_it_was(
    client: Client, eda: User
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, "eda")
        for _ in range(7):
            clock.shift(timedelta(hours=1))
            assert is_logged_in(client)
            _touch(client)
        clock.shift(timedelta(minutes=59))
        assert is_logged_in(client)

        clock.shift(timedelta(minutes=1))
        assert not is_logged_in(client)
        assert "_auth_user_id" not in client.session


def _touch(client: Client) -> None:
    """As a page does that puts something into the session: it would be kept for longer."""
    session = client.session
    session["touched"] = True
    session.save()


def test_changing_the_password_ends_every_session(client: Client, eda: User) -> None:
    elsewhere = Client()
    log_in(client, "eda")
    log_in(elsewhere, "eda")

    response = _change_password(client)

    assert response.status_code == 302
    assert not is_logged_in(client)
    assert not is_logged_in(elsewhere)
    assert log_in(Client(), "eda", NEW_PASSWORD).status_code == 302


def test_changing_the_password_is_an_event(client: Client, eda: User) -> None:
    client.force_login(eda)

    _change_password(client)

    event = Event.objects.get()
    assert (event.action, event.subject) == ("account.password_changed", "account eda")
    assert event.actor_id == str(eda.pk)


def test_the_old_password_is_asked_for(client: Client, eda: User) -> None:
    client.force_login(eda)

    response = _change_password(client, oldpassword="not it")

    assert response.status_code == 200
    assert User.objects.get().check_password(PASSWORD)


def test_a_weak_password_is_refused(client: Client, eda: User) -> None:
    client.force_login(eda)

    response = _change_password(client, password1="12345678", password2="12345678")

    assert b"too common" in response.content
    assert User.objects.get().check_password(PASSWORD)


def test_the_admin_changes_passwords_on_the_same_page(client: Client, eda: User) -> None:
    client.force_login(eda)

    assert client.get("/admin/password_change/").headers["Location"] == "/accounts/password/"


def test_passwords_are_kept_with_argon2_alone() -> None:
    assert as_shipped.PASSWORD_HASHERS == [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]


def _change_password(client: Client, **changes: str) -> Any:
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post("/accounts/password/", form | changes)
