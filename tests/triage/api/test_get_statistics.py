"""`GET /api/v1/triage/protocols/{slug}/statistics`: counts by rule that single nobody out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from calfcms.publishing.models import Edition
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.triage.api.conftest import Ask
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import change_part
from triage.api.statistics import StatisticsShape
from triage.models import LoggedEvaluation
from triage.statistics import tell_urgencies

URL = "/api/v1/triage/protocols/tooth-hum/statistics"
SMOKE = {"findings": {"smoke": "present"}}
GLOW = {"findings": {"glow": "present", "fever": "present"}}
BOTH = {"findings": {"smoke": "present", "glow": "present", "fever": "present"}}


@pytest.fixture(autouse=True)
def _logged(published: Edition, settings: Any) -> None:
    """A protocol that can be asked, and a deployment that keeps evaluations for ten days."""
    settings.TRIAGE_LOG_DAYS = 10


@pytest.fixture
def key(published: Edition) -> dict[str, str]:
    return bearer(make_key("audit"))


def read(client: Client, key: dict[str, str]) -> dict[str, Any]:
    response = client.get(URL, headers=key)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    assert list_faults(StatisticsShape, found) == []
    return found


def ask_often(ask: Ask, body: dict[str, Any], times: int) -> None:
    for _ in range(times):
        ask(body)


def test_it_says_which_days_are_kept(client: Client, key: dict[str, str]) -> None:
    today = timezone.now().date()

    assert read(client, key) == {
        "protocol": "tooth-hum",
        "logging": True,
        "since": (today - timedelta(days=9)).isoformat(),
        "until": today.isoformat(),
        "editions": [],
    }


def test_it_counts_by_edition_urgency_and_rule(
    client: Client, key: dict[str, str], ask: Ask
) -> None:
    ask_often(ask, SMOKE, 3)
    ask_often(ask, BOTH, 3)
    ask_often(ask, GLOW, 2)

    (edition,) = read(client, key)["editions"]

    assert edition == {
        "locale": "en",
        "edition": 1,
        "evaluations": 8,
        "urgencies": {"self_care": None, "routine": None, "urgent": None, "emergency": 6},
        "rules": [
            {"rule": "smoke_seen", "evaluations": 6},
            {"rule": "glow_or_fever", "evaluations": 5},
        ],
    }


def test_fewer_than_five_are_not_told(client: Client, key: dict[str, str], ask: Ask) -> None:
    ask_often(ask, SMOKE, 4)

    (edition,) = read(client, key)["editions"]

    assert edition["evaluations"] is None
    assert set(edition["urgencies"].values()) == {None}
    assert edition["rules"] == [{"rule": "smoke_seen", "evaluations": None}]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((9, 8, 7, 6), (9, 8, 7, 6)),
        ((9, 8, 7, 1), (9, 8, None, None)),
        ((9, 8, 2, 1), (9, 8, None, None)),
        ((5, 0, 0, 0), (5, None, None, None)),
    ],
)
def test_what_is_left_out_cannot_be_found_by_subtraction(
    counts: tuple[int, ...], told: tuple[int | None, ...]
) -> None:
    levels = ("self_care", "routine", "urgent", "emergency")

    assert tuple(tell_urgencies(dict(zip(levels, counts, strict=True))).values()) == told


def test_editions_are_counted_apart(
    client: Client, key: dict[str, str], ask: Ask, press: Press
) -> None:
    ask_often(ask, SMOKE, 5)
    press.publish_protocol(**change_part("rules", "small_child", when="hum and age_years < 9"))
    ask_often(ask, SMOKE, 6)

    counted = read(client, key)["editions"]

    assert [(one["edition"], one["evaluations"]) for one in counted] == [(1, 5), (2, 6)]


def test_what_should_be_deleted_already_is_not_counted(
    client: Client, key: dict[str, str], ask: Ask
) -> None:
    ask_often(ask, SMOKE, 5)
    LoggedEvaluation.objects.update(day=timezone.now().date() - timedelta(days=10))

    assert read(client, key)["editions"] == []


def test_where_logging_is_off_it_says_so(
    client: Client, key: dict[str, str], ask: Ask, settings: Any
) -> None:
    ask_often(ask, SMOKE, 5)
    settings.TRIAGE_LOG_DAYS = 0

    assert read(client, key) == {
        "protocol": "tooth-hum",
        "logging": False,
        "since": None,
        "until": None,
        "editions": [],
    }


def test_no_cache_keeps_it(client: Client, key: dict[str, str]) -> None:
    assert client.get(URL, headers=key)["Cache-Control"] in ("no-store", "private, no-store")


def test_nobody_reads_it_without_a_key_of_the_scope(client: Client) -> None:
    read_problem(client.get(URL), 401, "not_authenticated")
    other = bearer(make_key("read", "triage"))
    read_problem(client.get(URL, headers=other), 403, "scope_missing")


def test_it_cannot_be_sliced(client: Client, key: dict[str, str]) -> None:
    response = client.get(URL + "?since=2026-11-21", headers=key)

    read_problem(response, 400, "invalid_parameters")


def test_a_protocol_that_was_never_published_has_none(client: Client, key: dict[str, str]) -> None:
    response = client.get(URL.replace("tooth-hum", "knee-hum"), headers=key)

    read_problem(response, 404, "not_found")


def test_it_is_json_and_only_read(client: Client, key: dict[str, str]) -> None:
    html = client.get(URL, headers=key | {"Accept": "text/html"})

    read_problem(html, 406, "not_acceptable")
    read_problem(client.post(URL, headers=key), 405, "method_not_allowed")
