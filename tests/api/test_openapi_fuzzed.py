"""Requests made up from the OpenAPI document: none may get an answer that the document lacks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from calfcms.api.docs import write_openapi
from calfcms.wsgi import application
from tests.api.conftest import PublishPage
from tests.api.keys import bearer, make_key

SCHEMA = schemathesis.openapi.from_dict(json.loads(write_openapi()))
SCHEMA.app = application
OPERATIONS = {
    f"{operation.method.upper()} {operation.path}": operation
    for operation in (result.ok() for result in SCHEMA.get_all_operations())  # type: ignore[union-attr]
}
# Cursors and the ids of findings are strings to the document; which of them exist, it cannot say.
OPAQUE = [positive_data_acceptance]


def choose(examples: int) -> settings:
    """How many requests to make up for each call."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(autouse=True)
def _keep_connection() -> Iterator[None]:
    """Let a request not end the test's transaction, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(publish_page: PublishPage) -> dict[str, str]:
    """Something is published, and the key opens everything."""
    publish_page()
    return bearer(make_key("read", "preview", "audit", "triage"))


def ask_with_made_up_requests(name: str, headers: dict[str, str], *, examples: int) -> None:
    """Send so many requests to a call, with a key where it needs one, and check every answer."""
    operation = OPERATIONS[name]
    security = operation.definition.raw.get("security", [{}])
    sent = {} if {} in security else headers

    @choose(examples)
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers=sent, excluded_checks=OPAQUE)

    ask()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_made_up_requests_get_documented_answers(name: str, headers: dict[str, str]) -> None:
    ask_with_made_up_requests(name, headers, examples=10)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_hundreds_of_made_up_requests_get_documented_answers(
    name: str, headers: dict[str, str]
) -> None:
    ask_with_made_up_requests(name, headers, examples=250)
