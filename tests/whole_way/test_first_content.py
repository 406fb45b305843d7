"""The first content: `make run` publishes it whole, and its pages and answers agree."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from calfcms.publishing.models import Edition, Event
from tests.whole_way.conftest import Publish

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = {
    "calf-pain",
    "deep-vein-thrombosis",
    "achilles-tendon-rupture",
    "peripheral-arterial-disease",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def published(publish_bundles: Publish) -> Iterator[None]:
    with publish_bundles(FIXTURES):
        yield


def test_four_pages_and_a_protocol_are_published(client: Client) -> None:
    items = client.get("/api/v1/conditions").json()["items"]

    assert {item["slug"] for item in items} == PAGES
    assert all(item["publisher"]["is_demonstration"] for item in _read_pages(client))


def test_the_main_page_is_there_in_full(client: Client) -> None:
    page = client.get("/api/v1/conditions/calf-pain").json()

    assert len(page["causes"]) == 17
    assert {cause["condition"] for cause in page["causes"]} - {None} == PAGES - {"calf-pain"}
    assert len(page["red_flags"]) == 15
    assert len(page["faqs"]) >= 6
    assert len(page["references"]) >= 29


def test_every_citation_leads_to_a_reference(client: Client) -> None:
    for page in _read_pages(client):
        cited = {int(number) for number in re.findall(r"#ref-(\d+)", json.dumps(page))}

        assert cited
        assert cited <= {reference["number"] for reference in page["references"]}


def test_loading_it_again_changes_nothing() -> None:
    before = Event.objects.count(), Edition.objects.count()

    call_command("load_content", str(FIXTURES), publish=True, stdout=StringIO())

    assert (Event.objects.count(), Edition.objects.count()) == before


def test_it_comes_back_byte_for_byte(tmp_path: Path) -> None:
    call_command("dump_content", str(tmp_path), stdout=StringIO())

    assert _read_files(tmp_path) == _read_files(FIXTURES)


def _read_files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}


def _read_pages(client: Client) -> list[dict[str, Any]]:
    return [client.get(f"/api/v1/conditions/{slug}").json() for slug in sorted(PAGES)]


def test_every_link_of_an_answer_leads_to_a_place_on_its_page(
    client: Client,
) -> None:
    protocol = client.get("/api/v1/triage/protocols/calf-pain").json()
    pages = {
        slug: client.get(f"/api/v1/conditions/{slug}?format=html").content.decode()
        for slug in protocol["conditions"]
    }

    missing = [
        path
        for rule in protocol["rules"]
        for path in rule["red_flags"]
        for slug, _, part_id in [path.partition("/")]
        if f'id="{part_id}"' not in pages[slug]
    ]

    assert missing == []
