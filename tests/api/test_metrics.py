"""`GET /metrics`: for Prometheus, and nobody else."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from calfcms.api.metrics import MetricsMiddleware
from calfcms.jobs.actions.beat import beat
from tests.api.conftest import PublishPage
from tests.api.problems import read_problem
from tests.conftest import NOON

TOKEN = {"Authorization": "Bearer a-long-token"}


@pytest.fixture
def client(settings: Any) -> Client:
    """A client of a service that Prometheus may read."""
    settings.METRICS_TOKEN = "a-long-token"
    return Client()


@pytest.fixture(autouse=True)
def _one_hour_after_noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


def read_samples(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Every number, by its name and the values of its labels in the order of their names."""
    response = client.get("/metrics", headers=TOKEN)
    assert response.status_code == 200, response.content
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_it_counts_answers_by_route_method_and_status(client: Client, db: None) -> None:
    key = ("calfcms_requests_total", ("GET", "api/v1/conditions/<slug:slug>", "404"))
    before = read_samples(client).get(key, 0)

    for slug in ("no-such-page", "nor-this"):
        client.get(f"/api/v1/conditions/{slug}")

    assert read_samples(client)[key] == before + 2


def test_it_times_answers_by_route(client: Client, db: None) -> None:
    client.get("/healthz")

    samples = read_samples(client)

    assert samples["calfcms_request_seconds_count", ("healthz",)] >= 1


def test_it_says_what_is_live_and_how_the_worker_is(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    beat(worker="one", at=NOON + timedelta(minutes=59))

    samples = read_samples(client)

    assert samples["calfcms_live_documents", ("condition",)] == 1
    assert samples["calfcms_live_documents", ("protocol",)] == 0
    assert samples["calfcms_overdue_reviews", ("condition",)] == 0
    assert samples["calfcms_worker_lag_seconds", ("any",)] == 60
    assert samples["calfcms_jobs", ("failed",)] == 0


def test_what_is_overdue_is_counted(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    with time_machine.travel(NOON + timedelta(days=800), tick=False):
        samples = read_samples(client)

    assert samples["calfcms_overdue_reviews", ("condition",)] == 1


def test_without_the_setting_it_is_not_there(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""

    read_problem(client.get("/metrics", headers=TOKEN), 404, "not_found")


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer another"}])
def test_without_its_token_it_says_nothing(client: Client, sent: dict[str, str]) -> None:
    response = client.get("/metrics", headers=sent)

    read_problem(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Bearer"


def test_where_nobody_reads_them_answers_are_not_counted(settings: Any) -> None:
    settings.METRICS_TOKEN = ""

    with pytest.raises(MiddlewareNotUsed):
        MetricsMiddleware(lambda _: HttpResponse())


def test_made_up_methods_do_not_make_up_series(client: Client, db: None) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=405)

    request = HttpRequest()
    request.method = "BREW"
    MetricsMiddleware(answer)(request)

    assert ("calfcms_requests_total", ("other", "none", "405")) in read_samples(client)
