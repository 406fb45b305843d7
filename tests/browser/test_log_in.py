"""Logging in with a second factor, in a real browser on a real server that requires one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from calfcms.publishing.demonstration import PASSWORD
from tests.browser.server import open_browser, run_local_server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CODE_SECONDS = 30
"""For how long an authenticator app shows one code."""

SET_UP = "Set up a second factor first"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a local server that requires a second factor.

    By name: a passkey belongs to one, and browsers keep none for an address in figures.
    """
    folder = tmp_path_factory.mktemp("log_in")
    with run_local_server(folder, "log_in", SECOND_FACTOR_REQUIRED="1") as running:
        yield running.url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@contextmanager
def open_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that nobody is logged in to. Complaints of its console fail the test."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def add_authenticator(page: Page) -> None:
    """A device with a fingerprint reader, such as a phone, that agrees to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def log_in(page: Page, server: str, username: str) -> None:
    page.goto(f"{server}/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def log_out(page: Page, server: str) -> None:
    page.goto(f"{server}/accounts/second-factor/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()


def confirm_password(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def make_code(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // CODE_SECONDS)))


def wait_for_the_next_code() -> None:
    """A code is good once, so the next log-in needs the next one."""
    time.sleep(CODE_SECONDS - time.time() % CODE_SECONDS + 0.5)


def expect_the_admin(page: Page, server: str) -> None:
    expect(page).to_have_url(f"{server}/admin/")
    assert page.goto(f"{server}/admin/publishing/document/").status == 200  # type: ignore[union-attr]
    assert "/admin/publishing/document/" in page.url


def list_serious_violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_an_authenticator_app_is_set_up_and_then_asked_for(server: str, browser: Browser) -> None:
    with open_page(browser) as page:
        log_in(page, server, "demo-editor")
        expect(page.get_by_text(SET_UP)).to_be_visible()

        page.get_by_role("link", name="Set it up").click()
        confirm_password(page)
        secret = page.get_by_label("Authenticator secret").input_value()
        page.get_by_label("Authenticator code").fill(make_code(secret))
        page.get_by_role("button", name="Activate").click()
        codes = page.get_by_label("Unused codes").input_value().split()
        page.get_by_role("link", name="To the admin").click()
        expect_the_admin(page, server)

        log_out(page, server)
        log_in(page, server, "demo-editor")
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Sign In").click()
        expect(page.get_by_text("Incorrect code")).to_be_visible()
        wait_for_the_next_code()
        page.get_by_label("Code").fill(make_code(secret))
        page.get_by_role("button", name="Sign In").click()
        expect_the_admin(page, server)

        log_out(page, server)
        log_in(page, server, "demo-editor")
        page.get_by_label("Code").fill(codes[0])
        page.get_by_role("button", name="Sign In").click()
        expect_the_admin(page, server)


def test_a_passkey_is_added_and_then_logs_in_by_itself(server: str, browser: Browser) -> None:
    with open_page(browser) as page:
        add_authenticator(page)
        log_in(page, server, "demo-reviewer")
        expect(page.get_by_text(SET_UP)).to_be_visible()

        page.get_by_role("link", name="Add a passkey").click()
        confirm_password(page)
        page.get_by_label("A name to know it by").fill("phone")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()
        page.get_by_role("link", name="To the admin").click()
        expect_the_admin(page, server)

        log_out(page, server)
        page.get_by_role("button", name="Log in with a passkey").click()
        expect_the_admin(page, server)


def test_a_passkey_serves_after_the_password_too(server: str, browser: Browser) -> None:
    with open_page(browser) as page:
        add_authenticator(page)
        log_in(page, server, "demo-publisher")
        page.get_by_role("link", name="Add a passkey").click()
        confirm_password(page)
        page.get_by_label("A name to know it by").fill("key")
        page.get_by_label("Logs me in by itself").uncheck()
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("heading", name="Recovery Codes")).to_be_visible()

        log_out(page, server)
        log_in(page, server, "demo-publisher")
        page.get_by_role("button", name="Use a security key").click()
        expect_the_admin(page, server)


def test_a_device_without_the_passkey_is_told_so(server: str, browser: Browser) -> None:
    with open_page(browser) as page:
        add_authenticator(page)
        page.goto(f"{server}/accounts/login/")
        page.get_by_role("button", name="Log in with a passkey").click()

        expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
        assert page.url == f"{server}/accounts/login/"


def test_these_pages_can_be_used_by_everybody(server: str, browser: Browser) -> None:
    with open_page(browser) as page:
        page.goto(f"{server}/accounts/login/")
        _check(page)
        log_in(page, server, "demo-auditor")
        _check(page)
        page.goto(f"{server}/accounts/second-factor/totp/activate/")
        _check(page)
        confirm_password(page)
        _check(page)
        for path in ("second-factor/webauthn/add/", "second-factor/webauthn/", "password/"):
            page.goto(f"{server}/accounts/{path}")
            _check(page)


def _check(page: Page) -> None:
    assert list_serious_violations(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), f"{page.url} is wider than {width}"
