"""`GET /api/v1`: where to go from here."""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.api.problems import read_problem

URL = "/api/v1"
EXAMPLES = {
    "slug": "calf-pain",
    "number": 1,
    "aspect": "symptoms",
    "token": "abc",
    "id": "00000000-0000-4000-8000-000000000000",
}


def test_it_lists_the_entry_points(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    links = response.json()["links"]
    assert links["conditions"].startswith("/api/v1/conditions{?limit,cursor,locale,")
    assert links["openapi"] == "/api/v1/openapi.json"


def test_every_link_leads_to_a_view(client: Client) -> None:
    for link in client.get(URL).json()["links"].values():
        path = re.sub(r"\{\?.*\}", "", link).format(**EXAMPLES)
        try:
            resolve(path)
        except Resolver404:
            pytest.fail(f"{link} leads nowhere")


def test_a_client_that_holds_it_gets_304(client: Client) -> None:
    tag = client.get(URL)["ETag"]

    assert client.get(URL, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/", "/api/", "/api", "/api/v2", "/api/v1/nothing"])
def test_other_paths_are_problems(client: Client, path: str) -> None:
    problem = read_problem(client.get(path), 404, "not_found")

    assert problem["instance"] == path
    assert "/api/v1" in problem["detail"]


def test_it_takes_no_parameters(client: Client) -> None:
    [error] = read_problem(client.get(URL + "?a=b"), 400, "invalid_parameters")["errors"]

    assert "takes no parameters" in error["detail"]


def test_it_refuses_a_client_that_takes_no_json(client: Client) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post(URL), 405, "method_not_allowed")
