"""`GET /conditions/{slug}` and lists when something is due: no reader waits for the worker."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.api.docs import write_openapi
from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.catching_up import pause
from calfcms.publishing.models import Document, Event, Schedule, Verb
from calfcms.publishing.policy import ChangeClass, Decision, Role
from conditions.models import Condition
from tests.api.conftest import PublishPage, after_noon, write_page
from tests.api.problems import read_problem
from tests.api.test_openapi import check_answer
from tests.conftest import NOON, make_person

pytestmark = pytest.mark.django_db

LIST = "/api/v1/conditions"
URL = f"{LIST}/ear-glow"
DUE = NOON + timedelta(hours=6)
LATE = DUE + timedelta(minutes=5)
ONE = timedelta(seconds=1)

Sign = Callable[..., Document]


@pytest.fixture(autouse=True)
def _try_at_once() -> Iterator[None]:
    pause.end()
    yield
    pause.end()


@pytest.fixture
def sign(editor: User, reviewer: User) -> Sign:
    """Write a draft with these members, submit and sign it."""

    def sign_one(**changes: Any) -> Document:
        at = after_noon(5)
        document = write_page(editor, at, **changes)
        submission = submit(
            document=document, by=editor, at=at, change_class=ChangeClass.CLINICAL, note="Next."
        )
        sign_off(
            document=document,
            content_digest=submission.content_digest,
            role=Role.CLINICAL,
            decision=Decision.APPROVED,
            by=reviewer,
            at=at,
            conflicts_of_interest="none declared",
        )
        return document

    return sign_one


def plan(document: Document, by: User, verb: Verb = Verb.PUBLISH) -> Schedule:
    reason = "The guideline ends." if verb == Verb.WITHDRAW else ""
    at = after_noon(10)
    return schedule(document=document, verb=verb, due_at=DUE, by=by, at=at, reason=reason)


def read_at(client: Client, moment: datetime, url: str = URL) -> Any:
    with time_machine.travel(moment, tick=False):
        return client.get(url)


@pytest.fixture
def planned(publish_page: PublishPage, sign: Sign, publisher: User) -> Schedule:
    """A live page, whose next edition goes out at `DUE`."""
    publish_page()
    return plan(sign(title="What comes next"), publisher)


def test_before_its_time_the_old_edition_is_read(client: Client, planned: Schedule) -> None:
    response = read_at(client, DUE - ONE)

    assert response.json()["edition"] == 1


@pytest.mark.parametrize("moment", [DUE, LATE])
def test_the_first_reader_after_its_time_gets_the_new_edition(
    client: Client, planned: Schedule, moment: datetime
) -> None:
    response = read_at(client, moment)

    assert response.json()["edition"] == 2
    assert response.json()["title"] == "What comes next"
    planned.refresh_from_db()
    assert (planned.outcome, planned.ended_at) == ("done", moment)


def test_a_reader_who_holds_the_old_bytes_is_not_told_that_they_are_good(
    client: Client, planned: Schedule
) -> None:
    tag = read_at(client, DUE - ONE)["ETag"]

    with time_machine.travel(DUE, tick=False):
        response = client.get(URL, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert response.json()["edition"] == 2


def test_a_first_edition_is_there_at_its_time(client: Client, sign: Sign, publisher: User) -> None:
    plan(sign(), publisher)

    before = read_at(client, DUE - ONE)
    after = read_at(client, DUE)

    assert before.status_code == 404
    assert after.json()["edition"] == 1


def test_a_translation_is_there_at_its_time(
    client: Client, publish_page: PublishPage, sign: Sign, publisher: User
) -> None:
    publish_page()
    plan(sign(locale="de"), publisher)

    with time_machine.travel(DUE, tick=False):
        response = client.get(URL, headers={"Accept-Language": "de, en;q=0.5"})

    assert response.json()["locale"] == "de"


def test_a_withdrawn_page_is_gone_at_its_time(
    client: Client, publish_page: PublishPage, publisher: User
) -> None:
    plan(publish_page().document, publisher, Verb.WITHDRAW)

    before = read_at(client, DUE - ONE)
    problem = read_problem(read_at(client, DUE), 410, "withdrawn")

    assert before.status_code == 200
    assert problem["reason"] == "The guideline ends."


def test_lists_show_it_at_its_time(client: Client, planned: Schedule) -> None:
    before = read_at(client, DUE - ONE, LIST).json()["items"]
    after = read_at(client, DUE, LIST).json()["items"]

    assert [item["edition"] for item in before] == [1]
    assert [item["edition"] for item in after] == [2]


def test_an_empty_list_is_filled_at_its_time(client: Client, sign: Sign, publisher: User) -> None:
    plan(sign(), publisher)

    after = read_at(client, DUE, LIST).json()["items"]

    assert [item["slug"] for item in after] == ["ear-glow"]


def test_what_was_live_before_stays_what_it_was(client: Client, planned: Schedule) -> None:
    read_at(client, LATE)

    then = read_at(client, LATE + ONE, f"{URL}?as_of=2026-11-21T18:04:59Z")
    now = read_at(client, LATE + ONE, f"{URL}?as_of=2026-11-21T18:05:00Z")

    assert then.json()["edition"] == 1
    assert now.json()["edition"] == 2


def test_a_plan_for_later_costs_a_reader_nothing(
    client: Client, planned: Schedule, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        read_at(client, DUE - ONE)
    with django_assert_num_queries(1):
        read_at(client, DUE - ONE, LIST)


def test_what_was_carried_out_costs_the_next_reader_nothing(
    client: Client, planned: Schedule, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read_at(client, DUE)

    with django_assert_num_queries(1):
        response = read_at(client, DUE + ONE)

    assert response.json()["edition"] == 2


def test_unsigned_content_is_gone_at_its_deadline(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    document = write_page(editor, after_noon(1), title="Unsigned")
    commander = make_person("commander", "break_glass")
    break_glass(
        document=document, by=commander, at=after_noon(2), reason="A recall.", deadline_at=DUE
    )

    unsigned = read_at(client, DUE - ONE)
    before, after = unsigned.json(), read_at(client, DUE).json()

    check_answer(json.loads(write_openapi()), f"{LIST}/{{slug}}", unsigned)
    assert before["review"]["unsigned"]["reason"] == "A recall."
    assert (before["edition"], after["edition"]) == (2, 1)
    assert "unsigned" not in after["review"]


def test_an_overtaken_reader_and_the_worker_do_it_once(client: Client, planned: Schedule) -> None:
    read_at(client, DUE)

    done = carry_out_due(at=DUE + ONE)

    assert done == 0
    assert Event.objects.filter(action="schedule.done").count() == 1


@pytest.fixture
def _read_only() -> Iterator[None]:
    """A database that takes no writes, as a replica: it refuses them itself."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_sqlite:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # these checks count as writes
        cursor.execute("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    yield
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def test_where_nothing_can_be_written_readers_get_what_there_is(
    client: Client,
    planned: Schedule,
    _read_only: None,  # noqa: PT019 - planned must come first
    caplog: pytest.LogCaptureFixture,
) -> None:
    response = read_at(client, DUE)

    assert response.status_code == 200
    assert response.json()["edition"] == 1
    assert "a reader could not carry out" in caplog.text


def test_after_a_failure_the_process_leaves_it_to_others_for_a_while(
    client: Client,
    planned: Schedule,
    caplog: pytest.LogCaptureFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Condition.objects.all().delete()  # what no action does: the draft is lost
    read_at(client, DUE)
    caplog.clear()

    with django_assert_num_queries(1):
        response = read_at(client, DUE + ONE)

    assert response.json()["edition"] == 1
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
