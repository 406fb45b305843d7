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
from conditions.renditions.labels import get_labels
from tests.whole_way.conftest import Publish

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = {
    "calf-pain",
    "deep-vein-thrombosis",
    "achilles-tendon-rupture",
    "peripheral-arterial-disease",
}

TRANSLATIONS = ["es", "hi"]

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


@pytest.mark.parametrize("locale", TRANSLATIONS)
def test_translations_have_every_red_flag_of_what_they_translate(
    client: Client, locale: str
) -> None:
    source = client.get("/api/v1/conditions/calf-pain").json()
    page = client.get(f"/api/v1/conditions/calf-pain?locale={locale}").json()

    assert [_name(flag) for flag in page["red_flags"]] == [_name(f) for f in source["red_flags"]]
    assert page["translation"]["of"]["digest"] == source["digest"]
    for flag, original in zip(page["red_flags"], source["red_flags"], strict=True):
        assert len(flag["suspects"]) == len(original["suspects"])
        assert flag["sign"] != original["sign"]
        assert flag["action"] != original["action"]


def _name(flag: dict[str, Any]) -> tuple[str, str]:
    return flag["id"], flag["urgency"]


@pytest.mark.parametrize("locale", TRANSLATIONS)
@pytest.mark.parametrize("name", ["html", "md"])
def test_translations_say_that_a_translator_must_review_them(
    client: Client, locale: str, name: str
) -> None:
    labels = get_labels(locale)

    page = client.get(f"/api/v1/conditions/calf-pain?locale={locale}&format={name}")

    head = page.content.decode().partition(labels.red_flags)[0]
    for notice in (labels.demonstration, labels.translated_in_part, labels.translation_unreviewed):
        assert notice in head


@pytest.mark.parametrize(("locale", "word"), [("hi", "नमूना अनुवाद"), ("es", "demostración")])
def test_translations_say_it_in_title_and_disclaimer_too(
    client: Client, locale: str, word: str
) -> None:
    page = client.get(f"/api/v1/conditions/calf-pain?locale={locale}").json()

    assert word in page["title"]
    assert page["translation"]["is_reviewed"] is False
    assert [person["role"] for person in page["contributors"]] == ["translator"]
    assert {"hi": "समीक्षा", "es": "traductor"}[locale] in page["disclaimer"]


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
