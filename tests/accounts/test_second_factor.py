"""A second factor: required in deployments, asked for wherever an account has one."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from django.test import Client, TestCase

from calfcms.accounts.groups import EDITOR
from calfcms.publishing.models import Event
from tests.accounts.conftest import PASSWORD, is_logged_in, log_in, make_member

pytestmark = pytest.mark.django_db

AUTHENTICATE = "/accounts/second-factor/authenticate/"
SET_UP = "/accounts/second-factor/totp/activate/"


@pytest.fixture
def eda() -> User:
    return make_member("eda", EDITOR)


@pytest.fixture
def secret(eda: User) -> str:
    """The secret of Eda's authenticator app."""
    secret: str = generate_totp_secret()
    TOTP.activate(eda, secret)
    RecoveryCodes.activate(eda)
    return secret


@pytest.fixture
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


required = pytest.mark.usefixtures("_required")


def make_code(secret: str) -> str:
    """What the app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up(client: Client) -> Any:
    """Confirm the password, then set up an authenticator app."""
    client.post("/accounts/confirm/", {"password": PASSWORD})
    secret = client.get(SET_UP).context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(SET_UP, {"code": make_code(secret)})


def test_the_password_alone_does_not_log_in(client: Client, secret: str) -> None:
    response = log_in(client, "eda")

    assert response.url == AUTHENTICATE
    assert not is_logged_in(client)
    assert not Event.objects.exists()


def test_the_code_of_the_app_completes_the_log_in(client: Client, secret: str) -> None:
    log_in(client, "eda", next="/admin/publishing/edition/")

    response: Any = client.post(AUTHENTICATE, {"code": make_code(secret)})

    assert response.url == "/admin/publishing/edition/"
    assert is_logged_in(client)
    assert Event.objects.get().details == {"methods": ["password", "totp"]}


def test_a_code_is_good_for_one_log_in(client: Client, secret: str) -> None:
    code = make_code(secret)
    log_in(client, "eda")
    client.post(AUTHENTICATE, {"code": code})
    thief = Client()
    log_in(thief, "eda")

    thief.post(AUTHENTICATE, {"code": code})

    assert not is_logged_in(thief)


def test_codes_cannot_be_tried_without_end(client: Client, secret: str) -> None:
    log_in(client, "eda")
    for _ in range(5):
        assert b"Incorrect code" in client.post(AUTHENTICATE, {"code": "000000"}).content

    refused = client.post(AUTHENTICATE, {"code": make_code(secret)})

    assert b"Wait 15 minutes" in refused.content
    assert not is_logged_in(client)


def test_a_recovery_code_works_once(client: Client, eda: User, secret: str) -> None:
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    log_in(client, "eda")
    client.post(AUTHENTICATE, {"code": codes[0]})
    thief = Client()
    log_in(thief, "eda")

    thief.post(AUTHENTICATE, {"code": codes[0]})

    assert is_logged_in(client)
    assert not is_logged_in(thief)


def test_the_second_step_without_the_first_leads_to_the_log_in(client: Client) -> None:
    response: Any = client.get(AUTHENTICATE)

    assert response.url.startswith("/accounts/login/")


def test_in_local_mode_nobody_must_have_one(client: Client, eda: User) -> None:
    log_in(client, "eda")

    assert is_logged_in(client)


@required
@pytest.mark.parametrize(
    "path", ["", "publishing/document/", "publishing/event/", "auth/user/", "no/such/page/"]
)
def test_where_it_is_required_no_page_opens_without(client: Client, eda: User, path: str) -> None:
    log_in(client, "eda")

    get: Any = client.get(f"/admin/{path}")
    post: Any = client.post(f"/admin/{path}", {"a": "b"})

    assert get.url == post.url == "/accounts/second-factor/"


@required
def test_superusers_need_one_too(client: Client) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    log_in(client, "root")

    response: Any = client.get("/admin/")

    assert response.url == "/accounts/second-factor/"


@required
def test_setting_one_up_leads_to_the_recovery_codes(client: Client, eda: User) -> None:
    """That it opens the admin needs a real commit: `tests/browser/test_log_in.py`."""
    log_in(client, "eda")

    response = set_up(client)

    assert response.url == "/accounts/second-factor/recovery-codes/"


@required
def test_the_password_is_asked_for_again_before_one_is_set_up(client: Client, eda: User) -> None:
    log_in(client, "eda")

    response: Any = client.get(SET_UP)

    assert response.url.startswith("/accounts/confirm/")


@required
def test_a_session_from_before_with_the_password_alone_stays_out(client: Client, eda: User) -> None:
    """Whoever knew the password and waited must not come in when its owner sets up an app."""
    thief = Client()
    log_in(thief, "eda")
    log_in(client, "eda")
    set_up(client)

    response: Any = thief.get("/admin/publishing/document/")

    assert response.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in thief.session


@required
def test_removing_the_last_one_closes_the_admin_again(client: Client, eda: User) -> None:
    log_in(client, "eda")
    set_up(client)

    client.post("/accounts/second-factor/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert not is_logged_in(client)


def test_setting_up_and_removing_are_events(client: Client, eda: User) -> None:
    client.force_login(eda)
    set_up(client)
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/accounts/second-factor/recovery-codes/generate/")
    client.post("/accounts/second-factor/totp/deactivate/")

    events = Event.objects.values_list("action", "details__factor", "subject")

    assert list(events) == [
        ("account.second_factor_added", "totp", "account eda"),
        ("account.second_factor_added", "recovery_codes", "account eda"),
        ("account.second_factor_renewed", "recovery_codes", "account eda"),
        ("account.second_factor_removed", "totp", "account eda"),
        ("account.second_factor_removed", "recovery_codes", "account eda"),
    ]


def test_somebody_elses_passkey_cannot_be_removed_by_its_address(client: Client, eda: User) -> None:
    other = make_member("rex")
    passkey = Authenticator.objects.create(user=other, type="webauthn", data={"name": "key"})
    client.force_login(eda)
    client.post("/accounts/confirm/", {"password": PASSWORD})

    response = client.post(f"/accounts/second-factor/webauthn/keys/{passkey.pk}/remove/")

    assert response.status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_no_page_shows_the_secrets_of_others(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))

    assert client.get("/admin/mfa/authenticator/").status_code == 404


def test_the_log_in_page_begins_with_a_passkey_without_a_password(client: Client) -> None:
    response = client.get(
        "/accounts/second-factor/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"}
    )

    options = response.json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
