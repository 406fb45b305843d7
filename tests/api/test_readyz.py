"""`GET /readyz`: the database answers, and no migration is missing."""

from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from calfcms.api import health
from tests.api.problems import read_problem


def test_it_says_ok_when_all_is_there(client: Client, db: None) -> None:
    response = client.get("/readyz")

    assert response.json() == {"status": "ok"}
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


def test_it_takes_no_parameters(client: Client) -> None:
    read_problem(client.get("/readyz?a=1"), 400, "invalid_parameters")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post("/readyz"), 405, "method_not_allowed")
