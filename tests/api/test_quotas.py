"""How often somebody may call: the arithmetic, and what callers are told."""

import logging
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from calfcms.api import quotas
from calfcms.api.quotas import MINUTE, CallCounter
from calfcms.syndication.models import Partner
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem

URL = "/api/v1"
READER = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def _not_warned() -> None:
    quotas._warned.clear()


def test_an_allowance_is_a_minutes_calls_and_no_more() -> None:
    counter = CallCounter()

    waits = [counter.count("a", 60, at=100.0).wait for _ in range(62)]

    assert waits == [0] * 60 + [1, 1]


def test_it_says_how_many_are_left_and_when_all_are_back() -> None:
    counter = CallCounter()

    first, second = (counter.count("a", 60, at=100.0) for _ in range(2))

    assert (first.left, first.whole_in) == (59, 1)
    assert (second.left, second.whole_in) == (58, 2)


def test_it_is_refilled_steadily() -> None:
    counter = CallCounter()
    for _ in range(60):
        counter.count("a", 60, at=100.0)

    assert counter.count("a", 60, at=100.5).wait == 1
    assert counter.count("a", 60, at=101.0).wait == 0
    assert counter.count("a", 60, at=101.0).wait == 1


def test_a_refused_call_costs_nothing() -> None:
    counter = CallCounter()
    for _ in range(200):
        counter.count("a", 60, at=100.0)

    assert counter.count("a", 60, at=101.0).wait == 0


def test_who_waits_as_long_as_told_may_call() -> None:
    counter = CallCounter()
    waits = [counter.count("a", 1, at=100.0 + second).wait for second in (0, 1, 59, 60)]

    assert waits == [0, 59, 1, 0]


def test_one_caller_does_not_use_anothers_allowance() -> None:
    counter = CallCounter()
    counter.count("a", 1, at=100.0)

    assert counter.count("b", 1, at=100.0).wait == 0
    assert counter.count("a", 1, at=100.0).wait == 60


def test_callers_are_forgotten_when_their_allowance_is_whole_again() -> None:
    counter = CallCounter()
    for number in range(1000):
        counter.count(number, 60, at=100.0)

    counter.count("later", 60, at=100.0 + MINUTE)
    counter.count("later", 60, at=100.0 + 2 * MINUTE)

    assert len(counter) <= 2


def test_memory_is_bounded_whatever_comes_in() -> None:
    counter = CallCounter(most=100)

    for number in range(10_000):
        counter.count(number, 60, at=100.0)

    assert len(counter) <= 200


def test_a_spent_allowance_is_remembered_over_the_turn() -> None:
    counter = CallCounter(most=10)
    counter.count("a", 1, at=100.0)
    for number in range(10):
        counter.count(number, 60, at=100.0)

    assert counter.count("a", 1, at=101.0).wait == 59


@given(
    calls=st.integers(1, 50),
    steps=st.lists(st.floats(0, 5, allow_nan=False), min_size=1, max_size=200),
)
def test_no_window_of_a_minute_has_more_than_the_allowance_and_its_refill(
    calls: int, steps: list[float]
) -> None:
    counter, now, allowed = CallCounter(), 1000.0, []
    for step in steps:
        now += step
        if counter.count("a", calls, at=now).wait == 0:
            allowed.append(now)

    for begin in allowed:
        within = [moment for moment in allowed if begin <= moment < begin + MINUTE]
        assert len(within) <= 2 * calls


@given(
    calls=st.integers(1, 50),
    steps=st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=100),
)
def test_whoever_calls_no_faster_than_the_refill_is_never_refused(
    calls: int, steps: list[float]
) -> None:
    counter, now = CallCounter(), 1000.0
    for step in steps:
        now += step + MINUTE / calls
        assert counter.count("a", calls, at=now).wait == 0


def test_threads_together_get_one_allowance() -> None:
    counter = CallCounter()
    allowed: list[int] = []

    def call() -> None:
        allowed.append(
            sum(counter.count("a", 700, at=100.0).wait == 0 for _ in range(500)),
        )

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(allowed) == 700


def test_an_address_that_calls_too_often_is_told_when_to_call_again(
    client: Client, settings: Any
) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 3

    answers = [client.get(URL, **READER) for _ in range(4)]  # type: ignore[arg-type]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    problem = read_problem(answers[3], 429, "throttled")
    assert problem["detail"].startswith("One address may make 3 calls a minute without a key.")
    assert answers[3]["Retry-After"] == "20"
    assert answers[3]["RateLimit-Policy"] == '"address";q=3;w=60'
    assert answers[3]["RateLimit"] == '"address";r=0;t=60'
    assert answers[3]["Cache-Control"] == "no-store"


def test_answers_to_anybody_do_not_say_what_is_left_because_caches_share_them(
    client: Client,
) -> None:
    response = client.get(URL, **READER)  # type: ignore[arg-type]

    assert not {"RateLimit", "RateLimit-Policy"} & set(response.headers)


@pytest.mark.django_db
def test_counting_asks_the_database_nothing(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(URL, **READER)  # type: ignore[arg-type]

    assert len(queries) == 0


def test_behind_a_trusted_proxy_each_reader_counts_apart(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE, settings.TRUSTED_PROXY_COUNT = 1, 1

    statuses = [
        client.get(URL, headers={"X-Forwarded-For": f"{made_up}, {address}"}).status_code
        for made_up, address in [("1.1.1.1", "203.0.113.9"), ("2.2.2.2", "203.0.113.9")]
    ]
    other = client.get(URL, headers={"X-Forwarded-For": "203.0.113.10"})

    assert statuses == [200, 429]
    assert other.status_code == 200


def test_behind_a_proxy_that_nobody_told_us_of_nobody_is_counted_and_the_log_says_so(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 1

    with caplog.at_level(logging.WARNING):
        answers = [client.get(URL, headers={"X-Forwarded-For": "203.0.113.9"}) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert caplog.text.count("TRUSTED_PROXY_COUNT is 0") == 1


def test_nothing_is_counted_where_the_setting_is_none(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 0

    assert {client.get(URL, **READER).status_code for _ in range(20)} == {200}  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/docs"])
def test_health_checks_and_the_document_are_not_counted(
    client: Client, settings: Any, path: str
) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 1
    client.get(URL, **READER)  # type: ignore[arg-type]

    assert {client.get(path, **READER).status_code for _ in range(3)} == {200}  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_partner_is_told_what_is_left_of_its_quota_with_every_answer(client: Client) -> None:
    secret = make_key("read")
    Partner.objects.update(calls_per_minute=2)

    good, missing, late = (
        client.get(path, headers=bearer(secret))
        for path in (URL, "/api/v1/conditions/nothing", URL)
    )

    assert (good.status_code, missing.status_code) == (200, 404)
    assert good["RateLimit-Policy"] == missing["RateLimit-Policy"] == '"key";q=2;w=60'
    assert (good["RateLimit"], missing["RateLimit"]) == ('"key";r=1;t=30', '"key";r=0;t=60')
    problem = read_problem(late, 429, "throttled")
    assert (
        problem["detail"] == "This key may make 2 calls a minute. Wait 30 seconds and call again."
    )
    assert (late["Retry-After"], late["RateLimit"]) == ("30", '"key";r=0;t=60')


@pytest.mark.django_db
def test_a_key_counts_for_itself_whatever_the_address_has_used(
    client: Client, settings: Any
) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 1
    client.get(URL, **READER)  # type: ignore[arg-type]
    assert client.get(URL, **READER).status_code == 429  # type: ignore[arg-type]

    first, second = (make_key("read") for _ in range(2))
    Partner.objects.update(calls_per_minute=1)

    statuses = [
        client.get(URL, headers=bearer(secret), **READER).status_code  # type: ignore[arg-type]
        for secret in (first, first, second)
    ]
    assert statuses == [200, 429, 200]


@pytest.mark.django_db
def test_without_a_quota_nothing_is_said_of_it(client: Client, settings: Any) -> None:
    settings.KEY_CALLS_PER_MINUTE = 0

    response = client.get(URL, headers=bearer(make_key("read")))

    assert "RateLimit" not in response.headers


@pytest.mark.django_db
def test_whoever_tries_keys_is_counted_by_address(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_CALLS_PER_MINUTE = 2

    answers = [
        client.get(URL, headers=bearer(f"calf_{number:043}"), **READER)  # type: ignore[arg-type]
        for number in range(3)
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
