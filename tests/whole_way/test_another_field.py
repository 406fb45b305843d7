"""Content of another field goes the whole way: from bundles on disk to pages and answers.

Nothing in the code may know the first content; here is a garden full of wasps.
"""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.whole_way.conftest import Publish

BUNDLES = Path(__file__).parent / "bundles"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def published(publish_bundles: Publish) -> Iterator[None]:
    with publish_bundles(BUNDLES):
        yield


def evaluate(client: Client, **body: Any) -> dict[str, Any]:
    response = client.post(
        "/api/v1/triage/protocols/wasp-sting/evaluate", body, content_type="application/json"
    )
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/json"),
        ("jsonld", "application/ld+json"),
        ("html", "text/html; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8"),
    ],
)
def test_the_page_is_there_in_every_format(client: Client, name: str, media_type: str) -> None:
    response = client.get(f"/api/v1/conditions/wasp-sting?format={name}")

    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert b"Wasp sting" in response.content


def test_a_red_flag_alone_is_answered_with_its_place_on_the_page(client: Client) -> None:
    answer = evaluate(client, findings={"wheeze": "present"}, region="XX")

    assert answer["disposition"]["urgency"] == "emergency"
    assert answer["disposition"]["call"] == "000"
    assert answer["matched"][0]["red_flag"] == {
        "condition": "wasp-sting",
        "id": "trouble-breathing",
        "url": "/api/v1/conditions/wasp-sting?format=html#trouble-breathing",
    }


def test_what_is_unknown_keeps_self_care_away(client: Client) -> None:
    answer = evaluate(client, findings={"small_swelling": "present", "many_stings": "absent"})

    assert answer["disposition"]["urgency"] == "routine"
    assert answer["withheld"] == [{"urgency": "self_care", "because": ["wheeze"]}]


def test_with_every_gate_answered_it_is_self_care(client: Client) -> None:
    findings = {"small_swelling": "present", "many_stings": "absent", "wheeze": "absent"}

    answer = evaluate(client, findings=findings)

    assert answer["disposition"]["urgency"] == "self_care"
    assert answer["status"] == "complete"


def test_every_red_flag_on_the_page_reaches_its_urgency(client: Client) -> None:
    page = client.get("/api/v1/conditions/wasp-sting").json()
    protocol = client.get("/api/v1/triage/protocols/wasp-sting").json()
    rules = {path: rule["urgency"] for rule in protocol["rules"] for path in rule["red_flags"]}

    assert {flag["id"]: flag["urgency"] for flag in page["red_flags"]} == {
        path.removeprefix("wasp-sting/"): urgency for path, urgency in rules.items()
    }


def test_the_bundles_come_back_byte_for_byte(tmp_path: Path) -> None:
    call_command("dump_content", str(tmp_path), stdout=StringIO())

    wanted = {path.relative_to(BUNDLES): path.read_bytes() for path in BUNDLES.rglob("*.yaml")}
    assert {
        path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.yaml")
    } == wanted


def test_the_proof_of_make_run_needs_no_particular_content() -> None:
    from calfcms.local.proof import write_proof

    proof = "\n".join(write_proof())

    assert "wasp-sting" in proof
    assert "told only: wheezing or a swollen tongue" in proof
    assert "because:   Your body may be reacting to the sting as a whole." in proof
