"""What holds for every part of a page: what stands beside it, and what is refused."""

from typing import Any

from django.test import Client

from tests.api.problems import read_problem

PAGE_URL = "/api/v1/conditions/ear-glow"
BESIDE = ("slug", "locale", "edition", "digest", "red_flags", "review", "disclaimer")
REFUSED_QUERIES = [
    ("fields=faqs", "?fields", "unknown_parameter"),
    ("format=json", "?format", "unknown_parameter"),
    ("as_of=2999-01-01T00:00:00Z", "?as_of", "invalid_value"),
    ("as_of=yesterday", "?as_of", "invalid_value"),
    ("locale=EN", "?locale", "invalid_value"),
    ("locale=en&locale=hi", "?locale", "repeated_parameter"),
]


def check_beside(client: Client, part: dict[str, Any]) -> None:
    """The part says which edition it is from, and what a reader must be told."""
    whole = client.get(PAGE_URL).json()
    assert {name: part[name] for name in BESIDE} == {name: whole[name] for name in BESIDE}
    assert client.get(part["url"]).json() == whole


def check_refusal(response: Any, pointer: str, code: str) -> None:
    """It is a 400 that names this parameter."""
    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
