"""`GET /readyz`: the database answers, no migration is missing, and the worker is not late."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from calfcms.api import health
from calfcms.jobs.actions.beat import beat
from tests.api.problems import read_problem


def test_it_says_ok_when_all_is_there(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert response.json() == {"status": "ok", "worker_lag_seconds": None}
    assert response["Cache-Control"] == "no-store"


def test_it_names_the_migrations_that_are_missing(client: Client, db: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="publishing").delete()

    response = client.get("/readyz")

    problem = read_problem(response, 503, "not_ready")
    assert "publishing.0001_documents_editions_and_events" in problem["detail"]
    assert "manage.py migrate" in problem["detail"]
    assert response["Retry-After"] == "5"


def test_it_is_not_ready_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Any:
        raise OperationalError("no route to host db-17.internal")

    monkeypatch.setattr(health, "list_missing_migrations", fail)

    problem = read_problem(client.get("/readyz"), 503, "not_ready")

    assert "internal" not in problem["detail"]


def see_worker(seconds_ago: float) -> None:
    beat(worker="host:1", at=timezone.now() - timedelta(seconds=seconds_ago))


def test_it_says_how_long_ago_a_worker_was_seen(client: Client, db: None) -> None:
    see_worker(90)

    assert 90 <= client.get("/readyz").json()["worker_lag_seconds"] < 120


def test_a_late_worker_is_no_matter_unless_the_deployment_says_so(client: Client, db: None) -> None:
    see_worker(1_000_000)

    assert client.get("/readyz").status_code == 200


def test_a_worker_that_is_later_than_allowed_is(client: Client, db: None, settings: Any) -> None:
    settings.WORKER_MAX_LAG = 60
    see_worker(90)

    problem = read_problem(client.get("/readyz"), 503, "not_ready")

    assert "The worker was last seen 90 seconds ago, and 60 are allowed" in problem["detail"]


def test_a_worker_that_is_on_time_is_ready(client: Client, db: None, settings: Any) -> None:
    settings.WORKER_MAX_LAG = 60
    see_worker(10)

    assert client.get("/readyz").status_code == 200


def test_no_worker_at_all_is_no_lag(client: Client, db: None, settings: Any) -> None:
    settings.WORKER_MAX_LAG = 60

    assert client.get("/readyz").json()["worker_lag_seconds"] is None


def test_a_clock_that_was_set_back_is_no_negative_lag(client: Client, db: None) -> None:
    see_worker(-500)

    assert client.get("/readyz").json()["worker_lag_seconds"] == 0


def test_it_takes_no_parameters(client: Client) -> None:
    read_problem(client.get("/readyz?a=1"), 400, "invalid_parameters")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post("/readyz"), 405, "method_not_allowed")
