"""The ledger: which key was sent which edition, without slowing reading and without loss."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.api.callers import Caller
from calfcms.publishing.deliveries import Delivered
from calfcms.syndication import ledger as module
from calfcms.syndication.actions.record_holdings import record_holdings
from calfcms.syndication.ledger import Ledger, ledger
from calfcms.syndication.models import Holding, Key
from tests.api.conftest import PublishPage, after_noon
from tests.api.conftest import publish_page as publish_page
from tests.api.keys import bearer, make_key
from tests.api.reading import fetch

pytestmark = pytest.mark.django_db

PAGE = "conditions/ear-glow"


def list_held() -> list[tuple[str, int]]:
    rows = Holding.objects.order_by("pk").values_list("edition__document__slug", "edition__number")
    return list(rows)


@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        f"{PAGE}?format=html",
        f"{PAGE}?fields=title",
        f"{PAGE}?as_of=2026-11-21T12:01:00Z",
        f"{PAGE}/editions/1",
        f"{PAGE}/red-flags",
        f"{PAGE}/faqs",
        "conditions/export",
    ],
)
def test_whatever_shows_an_edition_counts(
    client: Client, publish_page: PublishPage, path: str
) -> None:
    publish_page()

    response = fetch(client, path, make_key("read"), minutes=5)
    for _ in response if response.streaming else ():
        pass

    assert list_held() == [("ear-glow", 1)]


@pytest.mark.parametrize("path", ["conditions", "changes", f"{PAGE}/editions"])
def test_lists_do_not_count(client: Client, publish_page: PublishPage, path: str) -> None:
    publish_page()

    fetch(client, path, make_key("read"), minutes=5)

    assert list_held() == []


def test_being_told_that_it_is_still_the_same_counts(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    tag = client.get(f"/api/v1/{PAGE}")["ETag"]

    response = fetch(client, PAGE, make_key("read"), minutes=5, **{"If-None-Match": tag})

    assert response.status_code == 304
    assert list_held() == [("ear-glow", 1)]


def test_asking_for_the_headers_alone_does_not(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    client.head(f"/api/v1/{PAGE}", headers=bearer(make_key("read")))

    assert list_held() == []


def test_readers_without_a_key_leave_no_trace(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    client.get(f"/api/v1/{PAGE}")

    assert list_held() == []


def test_it_says_which_key_fetched_it_and_when(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    fetch(client, PAGE, make_key("read"), minutes=5)

    row = Holding.objects.get()
    assert (row.key, row.edition) == (Key.objects.get(), edition)
    assert (row.first_fetched_at, row.last_fetched_at) == (after_noon(5), after_noon(5))


def test_a_past_edition_fetched_by_number_is_held_beside_the_live_one(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    secret = make_key("read")

    fetch(client, PAGE, secret, minutes=5)
    fetch(client, f"{PAGE}/editions/1", secret, minutes=6)

    assert list_held() == [("ear-glow", 2), ("ear-glow", 1)]


def test_reading_the_same_again_costs_no_query_more_than_without_a_ledger(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    secret = make_key("read")
    fetch(client, PAGE, secret, minutes=5)

    with CaptureQueriesContext(connection) as captured:
        fetch(client, PAGE, secret, minutes=10)

    assert not [query for query in captured if "syndication_holding" in query["sql"]]
    assert len(captured) == 2  # the key, and the edition


def test_that_it_is_still_fetched_is_written_once_an_hour(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    secret = make_key("read")

    for minutes in (5, 30, 64):
        fetch(client, PAGE, secret, minutes=minutes)
    assert Holding.objects.get().last_fetched_at == after_noon(5)

    fetch(client, PAGE, secret, minutes=65)
    row = Holding.objects.get()
    assert (row.first_fetched_at, row.last_fetched_at) == (after_noon(5), after_noon(65))


def test_another_process_writes_into_the_same_row(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    secret = make_key("read")
    fetch(client, PAGE, secret, minutes=30)

    ledger.forget()
    fetch(client, PAGE, secret, minutes=40)
    ledger.forget()
    fetch(client, PAGE, secret, minutes=20)  # its clock is behind, or it was owed

    row = Holding.objects.get()
    assert (row.first_fetched_at, row.last_fetched_at) == (after_noon(20), after_noon(40))


def test_the_ledger_is_no_business_of_the_audit_log(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    with CaptureQueriesContext(connection) as captured:
        fetch(client, PAGE, make_key("read"), minutes=5)

    assert not [query for query in captured if "publishing_event" in query["sql"]]


class _Broken:
    """Stands in the place of the action and fails as a locked database would, while told so."""

    def __init__(self, real: Callable[..., None]) -> None:
        self.real = real
        self.is_broken = True

    def __call__(self, **asked: Any) -> None:
        if self.is_broken:
            raise OperationalError("database is locked")
        self.real(**asked)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> _Broken:
    broken = _Broken(record_holdings)
    monkeypatch.setattr(module, "record_holdings", broken)
    return broken


def test_a_locked_ledger_fails_no_read_and_the_log_says_so(
    client: Client, publish_page: PublishPage, broken: _Broken, caplog: pytest.LogCaptureFixture
) -> None:
    publish_page()

    with caplog.at_level(logging.ERROR):
        response = fetch(client, PAGE, make_key("read"), minutes=5)

    assert response.status_code == 200
    assert "The ledger could not be written" in caplog.text


def test_what_could_not_be_written_is_written_with_the_next_of_any_key(
    client: Client, publish_page: PublishPage, broken: _Broken
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    fetch(client, PAGE, make_key("read"), minutes=5)
    broken.is_broken = False
    other = make_key("read", partner="other")

    fetch(client, "conditions/ear-hum", other, minutes=6)  # too soon after the failure
    assert list_held() == []
    ledger.pause.end()
    fetch(client, "conditions/ear-hum", other, minutes=7)

    assert list_held() == [("ear-glow", 1), ("ear-hum", 1)]
    assert Holding.objects.get(edition__document__slug="ear-glow").first_fetched_at == after_noon(5)
    assert Holding.objects.get(edition__document__slug="ear-hum").first_fetched_at == after_noon(6)


def test_a_real_refusal_of_the_database_fails_no_read(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    secret = make_key("read")
    refuse_holdings()

    assert fetch(client, PAGE, secret, minutes=5).status_code == 200
    assert list_held() == []


def refuse_holdings() -> None:
    """Let the database itself refuse every row of the ledger, as a read-only one does."""
    create = (
        "CREATE TRIGGER no_holdings BEFORE INSERT ON syndication_holding "
        "BEGIN SELECT RAISE(ABORT, 'read-only'); END"
    )
    if connection.vendor == "postgresql":
        create = (
            "CREATE FUNCTION no_holdings() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'read-only'; END $$; "
            "CREATE TRIGGER no_holdings BEFORE INSERT ON syndication_holding "
            "FOR EACH ROW EXECUTE FUNCTION no_holdings()"
        )
    with connection.cursor() as cursor:
        cursor.execute(create)


@pytest.fixture
def own_ledger() -> Ledger:
    return Ledger()


def tell(own: Ledger, key_id: int, *numbers: int, at: datetime) -> None:
    caller = Caller("clinic", key_id, frozenset({"read"}), None)
    editions = [Delivered("condition", "ear-glow", "en", number) for number in numbers]
    own.record(caller, editions, at=at)


def test_it_remembers_no_more_than_it_may(
    own_ledger: Ledger, monkeypatch: pytest.MonkeyPatch, publish_page: PublishPage, at: datetime
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    make_key("read")
    monkeypatch.setattr(module, "MAX_REMEMBERED", 1)
    key = Key.objects.get()
    tell(own_ledger, key.pk, 1, at=at)
    tell(own_ledger, key.pk, 2, at=at)

    tell(own_ledger, key.pk, 1, at=at + timedelta(minutes=1))  # forgotten, so written once more

    assert Holding.objects.get(edition__number=1).last_fetched_at == at + timedelta(minutes=1)


def test_what_is_owed_is_bounded_and_the_log_says_what_was_lost(
    own_ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: _Broken,
    at: datetime,
) -> None:
    monkeypatch.setattr(module, "MAX_OWED", 2)

    tell(own_ledger, 7, 1, 2, 3, at=at)

    assert "The ledger lost that key 7 was sent" in caplog.text


def test_many_editions_at_once_are_written_in_few_statements(
    own_ledger: Ledger, monkeypatch: pytest.MonkeyPatch, publish_page: PublishPage, at: datetime
) -> None:
    for number in range(5):
        publish_page(minutes=number, title=f"Version {number}")
    make_key("read")
    monkeypatch.setattr(module, "BATCH", 2)

    with CaptureQueriesContext(connection) as captured:
        tell(own_ledger, Key.objects.get().pk, 1, 2, 3, 4, 5, at=at)

    inserts = [query for query in captured if "INSERT" in query["sql"]]
    assert len(inserts) == 3
    assert len(list_held()) == 5
