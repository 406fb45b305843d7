"""Logging in with a password, and everything that must not work."""

import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.accounts.groups import EDITOR
from calfcms.publishing.models import Event
from tests.accounts.conftest import PASSWORD, is_logged_in, log_in, make_member

pytestmark = pytest.mark.django_db

ATTEMPTS = 5
"""Wrong passwords for one account, before it is closed to passwords for a while."""


@pytest.fixture
def eda() -> User:
    return make_member("eda", EDITOR, first_name="Eda", last_name="Editor")


def test_the_right_password_leads_to_where_one_wanted_to_go(client: Client, eda: User) -> None:
    response = log_in(client, "eda", next="/admin/publishing/document/")

    assert response.status_code == 302
    assert response.url == "/admin/publishing/document/"
    assert is_logged_in(client)


def test_the_admin_sends_strangers_to_the_log_in_and_back(client: Client) -> None:
    response: Any = client.get("/admin/publishing/document/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/publishing/document/"
    assert b'name="login"' in response.content


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/x"])
def test_it_leads_to_no_other_host(client: Client, eda: User, target: str) -> None:
    after = log_in(client, "eda", next=target)
    again: Any = client.get("/admin/login/", {"next": target})

    assert after.url == "/admin/"
    assert again.url == "/admin/"


def test_a_log_in_is_an_event(client: Client, eda: User) -> None:
    log_in(client, "eda")

    event = Event.objects.get()
    assert (event.action, event.actor, event.subject) == (
        "account.logged_in",
        "Eda Editor",
        "account eda",
    )
    assert event.details == {"methods": ["password"]}


def test_a_wrong_password_is_refused_without_saying_whether_the_account_exists(
    client: Client, eda: User
) -> None:
    wrong = log_in(client, "eda", "not it").content.decode()
    unknown = log_in(client, "nobody", "not it").content.decode()

    assert "This is not the right username and password." in wrong
    assert "This is not the right username and password." in unknown
    assert not is_logged_in(client)
    assert not Event.objects.exists()


def test_after_too_many_wrong_passwords_the_right_one_is_refused_too(
    client: Client, eda: User
) -> None:
    for _ in range(ATTEMPTS):
        assert b"This is not the right" in log_in(client, "eda", "not it").content

    refused = log_in(client, "eda", PASSWORD)

    assert b"Wait 15 minutes" in refused.content
    assert not is_logged_in(client)


def test_the_count_is_of_the_account_not_of_the_browser(client: Client, eda: User) -> None:
    for _ in range(ATTEMPTS):
        log_in(Client(), "EDA", "not it")

    assert b"Wait 15 minutes" in log_in(client, "eda", PASSWORD).content


def test_right_passwords_do_not_count_as_attempts(client: Client, eda: User) -> None:
    for _ in range(ATTEMPTS + 1):
        log_in(client, "eda")
        client.logout()

    assert log_in(client, "eda").status_code == 302


def test_other_accounts_stay_open(client: Client, eda: User) -> None:
    make_member("rex")
    for _ in range(ATTEMPTS + 1):
        log_in(client, "eda", "not it")

    assert log_in(client, "rex").status_code == 302


def test_a_failed_log_in_is_a_line_in_the_log_without_the_password(
    client: Client, eda: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="calfcms.accounts"):
        log_in(client, "eda", "hunter2-typed")

    assert "Failed log-in as eda from 127.0.0.1" in caplog.text
    assert "hunter2-typed" not in caplog.text


def test_a_password_typed_as_the_username_does_not_reach_the_log(
    client: Client, eda: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="calfcms.accounts"):
        log_in(client, "my-secret-phrase", "")
        log_in(client, "my-secret-phrase", "eda")

    assert "an account that does not exist" in caplog.text
    assert "my-secret-phrase" not in caplog.text


def test_a_closed_account_is_refused(client: Client, eda: User) -> None:
    User.objects.update(is_active=False)

    log_in(client, "eda")

    assert not is_logged_in(client)


def test_an_account_without_a_password_is_refused(client: Client) -> None:
    User.objects.create_user("outside", is_staff=True)

    assert log_in(client, "outside", "").status_code == 200
    assert not is_logged_in(client)


def test_who_is_no_staff_does_not_get_into_the_admin(client: Client) -> None:
    User.objects.create_user("reader", password=PASSWORD)

    response: Any = client.post(
        "/accounts/login/", {"login": "reader", "password": PASSWORD}, follow=True
    )

    assert response.status_code == 403


def test_the_admin_checks_no_password_of_its_own(client: Client, eda: User) -> None:
    """Django's form would let staff become somebody else without a second factor."""
    make_member("rex")
    client.force_login(eda)

    client.post("/admin/login/", {"username": "rex", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(eda.pk)


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "social/login/"])
def test_nobody_signs_up_or_resets_a_password_by_e_mail(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_logging_out_takes_a_form(client: Client, eda: User) -> None:
    client.force_login(eda)

    client.get("/accounts/logout/")
    assert is_logged_in(client)

    client.post("/accounts/logout/")
    assert not is_logged_in(client)


def test_the_api_does_not_notice_any_of_it(client: Client, eda: User) -> None:
    log_in(client, "eda")

    response = client.get("/api/v1")

    assert response.status_code == 200
    assert not response.cookies
