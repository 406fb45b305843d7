"""Every address of the admin × every group × GET and POST, against one table.

An address that the table lacks fails: whoever adds a page says here who may open it.
"""

import logging
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from calfcms.publishing.models import Event
from tests.conftest import NOON
from tests.permissions.admin_urls import list_admin_urls
from tests.permissions.people import make_people
from tests.permissions.reading import Row, list_rows
from tests.permissions.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROWS = list_rows()
WITHOUT_LOG_IN = {"login", "logout"}
"""What strangers may ask for. Logging out when nobody is logged in is no harm."""

CATCH_ALL = "(?P<url>.*)$"
"""Django's answer to what is no address: tested below, by an address that is none."""


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all lines; whatever a request changes is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(NOON)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(world: World) -> dict[str, Client]:
    return {letter: _log_in(person) for letter, person in make_people().items()}


@pytest.fixture(autouse=True)
def _quietly(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    logging.disable(logging.WARNING)  # each refusal is a line with a traceback
    yield
    logging.disable(logging.NOTSET)


def _log_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(client: Client, method: str, url: str, form: dict[str, str] | None = None) -> int:
    """The status; what the request changed is taken back, the session too."""
    cookies, send = SimpleCookie(client.cookies), getattr(client, method)
    events = Event.objects.count()
    with transaction.atomic():
        status = int(send(url, form or {}).status_code)
        assert status != 403 or Event.objects.count() == events
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


def ask_all(browsers: dict[str, Client], send: Callable[[Client], int]) -> dict[str, int]:
    return {letter: send(client) for letter, client in browsers.items()}


def test_the_table_has_every_address_of_the_admin_and_no_other() -> None:
    assert {row.name for row in ROWS} == set(list_admin_urls()) - {CATCH_ALL}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_group_gets_what_the_table_says(
    row: Row, world: World, browsers: dict[str, Client]
) -> None:
    url = reverse(f"admin:{row.name}", args=world.get_args(row.subject))

    if row.get is not None:
        assert ask_all(browsers, lambda client: ask(client, "get", url)) == row.get
    assert ask_all(browsers, lambda client: ask(client, "post", url, row.form)) == row.post


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_strangers_are_sent_to_the_log_in(row: Row, world: World) -> None:
    if row.name in WITHOUT_LOG_IN:
        pytest.skip("for strangers too")
    url = reverse(f"admin:{row.name}", args=world.get_args(row.subject))

    for method in ("get", "post"):
        response: Any = getattr(Client(), method)(url)
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/?next=")


def test_what_is_no_address_is_not_found(browsers: dict[str, Client]) -> None:
    answers = ask_all(browsers, lambda client: ask(client, "get", "/admin/no/such/page/"))

    assert set(answers.values()) == {404}
