"""`GET /api/v1/openapi.json`: the document, its committed snapshot, and real answers held to it."""

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from calfcms.api.docs import write_openapi
from tests.api.conftest import PublishPage, WithdrawPage
from tests.api.problems import read_problem

URL = "/api/v1/openapi.json"
SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "openapi.json"

# Transcribed from API.md, as far as it is built: for each call the statuses besides `default`.
KEY = {"401", "403"}  # what a key gets that is no good, or not good for this
READ = {"200", "304", "400", "404", "406"} | KEY
KEYED = READ
CONTRACT = {
    ("get", "/api/v1"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/openapi.json"): {"200", "304", "400", "406"},
    ("get", "/api/v1/docs"): {"200", "400", "406"},
    ("get", "/healthz"): {"200", "400", "406"},
    ("get", "/readyz"): {"200", "400", "406", "503"},
    ("get", "/api/v1/conditions"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/conditions/export"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/red-flags"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/references"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/conditions/{slug}"): KEYED | {"410"},
    ("get", "/api/v1/conditions/{slug}/timemap"): KEYED,
    ("get", "/api/v1/conditions/{slug}/red-flags"): KEYED | {"410"},
    ("get", "/api/v1/conditions/{slug}/faqs"): KEYED | {"410"},
    ("get", "/api/v1/conditions/{slug}/sections/{aspect}"): KEYED | {"410"},
    ("get", "/api/v1/conditions/{slug}/editions"): READ,
    ("get", "/api/v1/conditions/{slug}/editions/{number}"): KEYED,
    ("get", "/api/v1/conditions/{slug}/editions/{number}/diff"): READ,
    ("post", "/api/v1/conditions/{slug}/feedback"): {
        "202",
        "400",
        "401",
        "403",
        "404",
        "406",
        "410",
        "413",
        "415",
        "422",
        "429",
    },
    ("get", "/api/v1/audit/events"): {"200", "400", "401", "403", "406"},
    ("get", "/api/v1/audit/verify"): {"200", "400", "401", "403", "406"},
    ("get", "/api/v1/audit/documents/{document_id}/evidence"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
    },
    ("get", "/api/v1/changes"): {"200", "304", "400", "406", "409"} | KEY,
    ("get", "/api/v1/recalls"): {"200", "400", "406"} | KEY,
    ("post", "/api/v1/recalls/{id}/ack"): {
        "200",
        "201",
        "400",
        "401",
        "403",
        "404",
        "406",
        "413",
        "415",
        "422",
    },
    ("get", "/api/v1/partner"): {"200", "400", "406"} | KEY,
    ("get", "/api/v1/preview/{token}"): {"200", "400", "404", "406", "410"} | KEY,
    ("get", "/api/v1/triage/protocols"): {"200", "304", "400", "406"} | KEY,
    ("get", "/api/v1/triage/protocols/{slug}"): KEYED | {"410"},
    ("get", "/api/v1/triage/protocols/{slug}/timemap"): KEYED,
    ("get", "/api/v1/triage/protocols/{slug}/editions"): READ,
    ("get", "/api/v1/triage/protocols/{slug}/editions/{number}"): KEYED,
    ("get", "/api/v1/triage/protocols/{slug}/editions/{number}/diff"): READ,
    ("get", "/api/v1/triage/protocols/{slug}/findings"): READ,
    ("get", "/api/v1/triage/protocols/{slug}/scorecard"): KEYED | {"410"},
    ("get", "/api/v1/triage/protocols/{slug}/statistics"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
    },
    ("post", "/api/v1/triage/protocols/{slug}/evaluate"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
        "410",
        "413",
        "415",
        "422",
        "503",
    },
    ("post", "/api/v1/triage/protocols/{slug}/next"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
        "410",
        "413",
        "415",
        "422",
        "503",
    },
    ("post", "/api/v1/triage/replay"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
        "409",
        "413",
        "415",
        "422",
    },
    ("post", "/api/v1/triage/protocols/{slug}/parse"): {
        "200",
        "400",
        "401",
        "403",
        "404",
        "406",
        "410",
        "413",
        "415",
        "422",
    },
    ("get", "/api/v1/triage/receipt-keys"): {"200", "400", "406"} | KEY,
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document as this code writes it."""
    written: dict[str, Any] = json.loads(write_openapi())
    return written


def list_operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The operations by method and path."""
    return {
        (method, path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_served(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.json()["openapi"].startswith("3.1")
    assert client.get(URL, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_it_takes_no_parameters(client: Client) -> None:
    read_problem(client.get(URL + "?lang=de"), 400, "invalid_parameters")


def test_it_cannot_be_written(client: Client) -> None:
    read_problem(client.post(URL), 405, "method_not_allowed")


def test_the_committed_snapshot_is_what_this_code_says(document: dict[str, Any]) -> None:
    committed = json.loads(SNAPSHOT.read_text())

    assert committed == document, "docs/openapi.json is out of date: run `make openapi`."


def test_it_is_valid_and_written_without_a_warning() -> None:
    written = StringIO()

    call_command(
        "spectacular",
        format="openapi-json",
        api_version="v1",
        validate=True,
        fail_on_warn=True,
        stdout=written,
    )

    assert json.loads(written.getvalue())["openapi"] == "3.1.1"


def test_it_has_the_calls_and_the_statuses_of_the_contract(document: dict[str, Any]) -> None:
    found = {
        key: set(operation["responses"]) - {"default"}
        for key, operation in list_operations(document).items()
    }

    assert found == CONTRACT


def test_every_call_says_what_its_problems_look_like(document: dict[str, Any]) -> None:
    for operation in list_operations(document).values():
        for status, answer in operation["responses"].items():
            if status == "default" or status >= "400":
                assert list(answer["content"]) == ["application/problem+json"]


def test_every_call_has_a_summary_a_tag_and_an_id_of_its_own(document: dict[str, Any]) -> None:
    operations = list(list_operations(document).values())

    assert all(operation["summary"] and operation["tags"] for operation in operations)
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)


def test_a_key_is_a_bearer_token(document: dict[str, Any]) -> None:
    """Which call takes which key: test_key_matrix.py."""
    schemes = document["components"]["securitySchemes"]

    assert {name: (one["type"], one["scheme"]) for name, one in schemes.items()} == {
        "bearer": ("http", "bearer")
    }


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for operation in list_operations(document).values():
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"]


def check_answer(document: dict[str, Any], path: str, response: Any) -> None:
    """Hold an answer to its schema; a member that is not in the schema is an error too."""
    answers = document["paths"][path]["get"]["responses"]
    answer = answers.get(str(response.status_code)) or answers["default"]
    media_type = response["Content-Type"].partition(";")[0]
    schema = {
        **answer["content"][media_type]["schema"],
        "components": close(document["components"]),
    }
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = [error.message for error in validator.iter_errors(json.loads(response.content))]
    assert errors == []


def close(components: dict[str, Any]) -> dict[str, Any]:
    """The schemas, refusing members that they do not list."""
    closed = copy.deepcopy(components)
    for schema in closed["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return closed


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/api/v1", "/api/v1"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
        ("/api/v1/conditions", "/api/v1/conditions?limit=1"),
        ("/api/v1/conditions", "/api/v1/conditions?q=glwo"),
        ("/api/v1/conditions", "/api/v1/conditions?fields=title"),
        ("/api/v1/red-flags", "/api/v1/red-flags"),
        ("/api/v1/references", "/api/v1/references"),
        ("/api/v1/conditions/{slug}", "/api/v1/conditions/ear-glow"),
        ("/api/v1/conditions/{slug}", "/api/v1/conditions/ear-glow?format=jsonld"),
        ("/api/v1/conditions/{slug}/editions", "/api/v1/conditions/ear-glow/editions"),
        (
            "/api/v1/conditions/{slug}/editions/{number}",
            "/api/v1/conditions/ear-glow/editions/1",
        ),
        (
            "/api/v1/conditions/{slug}/editions/{number}/diff",
            "/api/v1/conditions/ear-glow/editions/1/diff",
        ),
    ],
)
def test_real_answers_fit_their_schema(
    client: Client, document: dict[str, Any], publish_page: PublishPage, path: str, url: str
) -> None:
    publish_page()
    publish_page(minutes=1, slug="ear-hum")

    response = client.get(url)

    assert response.status_code == 200
    check_answer(document, path, response)


@pytest.mark.parametrize(
    ("path", "url", "status"),
    [
        ("/api/v1", "/api/v1?a=b", 400),
        ("/api/v1/conditions", "/api/v1/conditions?limit=0", 400),
        ("/api/v1/references", "/api/v1/references?doi=1&key=2", 400),
        ("/api/v1/conditions/{slug}", "/api/v1/conditions/nothing", 404),
        ("/api/v1/conditions/{slug}", "/api/v1/conditions/ear-glow", 410),
        ("/api/v1/conditions/{slug}/editions", "/api/v1/conditions/nothing/editions", 404),
        (
            "/api/v1/conditions/{slug}/editions/{number}",
            "/api/v1/conditions/ear-glow/editions/9",
            404,
        ),
    ],
)
def test_real_problems_fit_their_schema(
    client: Client,
    document: dict[str, Any],
    publish_page: PublishPage,
    withdraw_page: WithdrawPage,
    path: str,
    url: str,
    status: int,
) -> None:
    publish_page()
    publish_page(minutes=1, slug="ear-hum")
    withdraw_page(replacement="ear-hum")

    response = client.get(url)

    assert response.status_code == status
    check_answer(document, path, response)
