"""`GET /api/v1/docs`: a page for people, which loads nothing from other hosts."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.api.problems import read_problem

URL = "/api/v1/docs"


def test_it_is_a_page(client: Client) -> None:
    response = client.get(URL, headers={"Accept": "text/html,*/*;q=0.8"})

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert b"swagger-ui" in response.content


def test_all_that_it_loads_is_served_here(client: Client) -> None:
    page = client.get(URL).content.decode()

    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    files = [source.removeprefix("/static/") for source in sources if "/static/" in source]
    assert len(files) == 4
    assert all(finders.find(file) for file in files)
    assert [source for source in sources if "/static/" not in source] == [f"{URL}?script="]
    assert "://" not in page


def test_its_script_reads_our_own_document(client: Client) -> None:
    response = client.get(f"{URL}?script=")

    assert response["Content-Type"].startswith("application/javascript")
    assert b'"/api/v1/openapi.json"' in response.content
    assert b"://" not in response.content


def test_its_policy_allows_nothing_from_other_hosts_and_no_inline_script(client: Client) -> None:
    policy = client.get(URL)["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert "script-src" not in directives or directives["script-src"] == "'self'"
    assert "http" not in policy
    assert "<script>" not in client.get(URL).content.decode()


@pytest.mark.parametrize("query", ["lang=en", "script=x"])
def test_it_refuses_parameters_that_it_does_not_understand(client: Client, query: str) -> None:
    read_problem(client.get(f"{URL}?{query}"), 400, "invalid_parameters")


def test_it_refuses_a_client_that_takes_no_html(client: Client) -> None:
    read_problem(client.get(URL, headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_it_cannot_be_written(client: Client) -> None:
    response = client.post(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
