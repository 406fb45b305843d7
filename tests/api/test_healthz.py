"""`GET /healthz`: the process answers."""

from django.test import Client

from tests.api.problems import read_problem


def test_it_says_ok_without_asking_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_it_takes_no_parameters(client: Client) -> None:
    read_problem(client.get("/healthz?verbose=1"), 400, "invalid_parameters")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post("/healthz"), 405, "method_not_allowed")


def test_a_trailing_slash_is_404(client: Client) -> None:
    read_problem(client.get("/healthz/"), 404, "not_found")
