"""When a key was last used: to the hour, and never at the cost of a read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Event
from calfcms.syndication.actions import record_use as module
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.actions.record_use import PAUSE, record_use
from calfcms.syndication.models import Key, Partner

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _forget_failures() -> None:
    module._next_try.clear()


@pytest.fixture
def key(partner: Partner, manager: User, at: datetime) -> Key:
    """Never used."""
    return make_key(
        partner=partner, name="web", scopes=["read"], expires_at=None, by=manager, at=at
    ).key


def use(key: Key, at: datetime) -> datetime | None:
    """Use it, and say what stands there then."""
    record_use(key=key.pk, last_used_at=Key.objects.get().last_used_at, at=at)
    return Key.objects.get().last_used_at


def test_the_hour_is_kept(key: Key, at: datetime) -> None:
    assert use(key, at + timedelta(minutes=59, seconds=59)) == at
    assert use(key, at + timedelta(minutes=60)) == at + HOUR


def test_within_the_hour_nothing_is_written(key: Key, at: datetime) -> None:
    use(key, at)

    with CaptureQueriesContext(connection) as queries:
        record_use(key=key.pk, last_used_at=at, at=at + timedelta(minutes=59))

    assert len(queries) == 0


def test_a_process_whose_clock_is_behind_takes_nothing_back(key: Key, at: datetime) -> None:
    use(key, at + HOUR)

    record_use(key=key.pk, last_used_at=None, at=at)

    assert Key.objects.get().last_used_at == at + HOUR


def test_it_is_no_event(key: Key, at: datetime) -> None:
    events = Event.objects.count()

    use(key, at)

    assert Event.objects.count() == events


def test_a_database_that_takes_no_writes_is_left_alone_for_a_while(
    key: Key, at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries: list[int] = []

    def fail(pk: int, hour: datetime) -> None:
        tries.append(pk)
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(module, "_write", fail)

    for moment in (at, at + timedelta(minutes=1), at + PAUSE):
        record_use(key=key.pk, last_used_at=None, at=moment)

    assert tries == [key.pk, key.pk]
    assert "readonly" in caplog.text


def test_a_database_that_cannot_be_written_is_read_all_the_same(key: Key, at: datetime) -> None:
    with no_writing():
        record_use(key=key.pk, last_used_at=None, at=at)

        assert Key.objects.get().last_used_at is None

    assert use(key, at + PAUSE) == at


@contextmanager
def no_writing() -> Iterator[None]:
    """The database as a replica is."""
    on, off = "SET LOCAL transaction_read_only=on", ""
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only=1", "PRAGMA query_only=0"
    point = transaction.savepoint()
    try:
        _run(on)
        yield
    finally:
        transaction.savepoint_rollback(point)  # which also ends it on PostgreSQL
        _run(off)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        if sql:
            cursor.execute(sql)
