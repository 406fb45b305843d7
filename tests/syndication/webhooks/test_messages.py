"""What partners are told: one message for each thing that readers would notice."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document, Event
from calfcms.syndication.webhooks.messages import Message, read_message
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://content.example.org"


@pytest.fixture
def document(workflow: Workflow) -> Document:
    return workflow.publish_whole().document


def read_last() -> Message:
    message = read_message(Event.objects.filter(action__startswith="edition.").latest("seq"))
    assert message is not None
    return message


def test_a_publication(document: Document) -> None:
    message = read_last()

    edition = document.editions.get()
    told = dict(message.data)
    assert told.pop("changes_cursor")
    assert message.type == "edition.published"
    assert told == {
        "kind": "condition",
        "id": str(document.content_id),
        "slug": "glass-elbow",
        "locale": "en",
        "edition": 1,
        "digest": edition.digest,
        "url": "https://content.example.org/api/v1/conditions/glass-elbow?locale=en",
        "edition_url": "https://content.example.org/api/v1/conditions/glass-elbow/editions/1"
        "?locale=en",
        "change": {"class": "clinical", "note": "First version"},
    }


def test_a_withdrawal(document: Document, workflow: Workflow) -> None:
    withdraw(document=document, by=workflow.publisher, at=LATER, reason="The advice was wrong.")

    message = read_last()

    assert message.type == "edition.withdrawn"
    assert message.data["edition"] == 1
    assert message.data["reason"] == "The advice was wrong."
    assert message.data["replacement"] is None


def test_a_withdrawal_that_says_where_to_go(document: Document, workflow: Workflow) -> None:
    other = workflow.publish_whole(slug="stone-elbow", name="Stone elbow").document
    withdraw(
        document=document,
        by=workflow.publisher,
        at=LATER,
        reason="Merged.",
        replacement=other.slug,
    )

    assert read_last().data["replacement"] == {
        "slug": "stone-elbow",
        "url": "https://content.example.org/api/v1/conditions/stone-elbow",
    }


def test_a_recall(document: Document) -> None:
    made = recall(
        document=document,
        number=1,
        severity="critical",
        reason="The dose is ten times too high.",
        by=make_person("caller", "recall"),
        at=LATER,
    )

    message = read_last()

    assert message.type == "edition.recalled"
    assert message.data["reason"] == "The dose is ten times too high."
    assert message.data["recall"] == {
        "id": str(made.pk),
        "severity": "critical",
        "was_live": True,
    }


def test_a_lapse_is_told_as_the_publication_of_the_edition_that_is_live_again(
    document: Document, workflow: Workflow
) -> None:
    workflow.save(summary="Do not lean on it.")
    break_glass(
        document=document,
        by=make_person("commander", "break_glass"),
        at=LATER,
        reason="A batch was recalled.",
        deadline_at=LATER + timedelta(hours=1),
    )
    carry_out_due(at=LATER + timedelta(hours=2))

    message = read_last()

    assert message.type == "edition.published"
    assert (message.data["edition"], message.data["lapsed_edition"]) == (1, 2)
    assert message.data["digest"] == document.editions.get(number=1).digest
    assert message.data["reason"].startswith("Published unsigned in an emergency")


def test_what_readers_do_not_notice_is_told_to_nobody(document: Document) -> None:
    told = {event.action for event in Event.objects.all() if read_message(event)}

    assert told == {"edition.published"}


def test_the_cursor_is_that_of_the_feed_after_this_change(
    document: Document, workflow: Workflow, client: Client
) -> None:
    first = read_last().data["changes_cursor"]
    workflow.publish_whole(summary="Other words.")

    everything = client.get("/api/v1/changes").json()
    rest = client.get("/api/v1/changes", {"cursor": first}).json()

    assert everything["items"][0]["cursor"] == first
    assert [item["edition"] for item in rest["items"]] == [2]


def test_the_body_names_type_and_moment_and_holds_no_words_of_the_page(
    document: Document, at: datetime
) -> None:
    body = read_last().write_body()

    event = Event.objects.get(action="edition.published")
    assert list(json.loads(body)) == ["type", "timestamp", "data"]
    assert datetime.fromisoformat(json.loads(body)["timestamp"]) == event.at
    assert "tingles" not in body
