"""The README's answers are real: what it shows of the first content is what a reader gets."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.whole_way.conftest import Publish

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def published(publish_bundles: Publish) -> Iterator[None]:
    with publish_bundles(ROOT / "fixtures"):
        yield


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_is_short(readme: str) -> None:
    assert len(readme.splitlines()) < 150


def test_the_content_digest_is_that_of_the_first_content(readme: str, client: Client) -> None:
    page = client.get("/api/v1/conditions/calf-pain").json()

    shown = set(re.findall(r'"content_digest": "(sha256:[0-9a-f]{8})…"', readme))

    assert shown == {page["content_digest"][: len("sha256:") + 8]}


def test_the_triage_example_gives_the_answer_that_is_shown(readme: str, client: Client) -> None:
    sent = re.search(r"-d '(\{.*?\}\})'", readme, re.DOTALL)
    assert sent is not None

    answer = client.post(
        "/api/v1/triage/protocols/calf-pain/evaluate",
        json.loads(sent[1]),
        content_type="application/json",
    ).json()

    told = answer["disposition"]
    matched = answer["matched"][0]
    shown = " ".join(readme.split())
    assert f'"urgency": "{told["urgency"]}", "headline": "{told["headline"]}"' in shown
    assert f'"status": "{answer["status"]}"' in shown
    assert f'"rule": "{matched["rule"]}"' in shown
    assert matched["reason"] in shown
