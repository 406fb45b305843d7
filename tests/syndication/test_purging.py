"""The purge hook: caches forget what is no longer so, after the commit, however they are."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from calfcms.jobs.models import Job
from calfcms.jobs.rounds import Worker
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document
from calfcms.syndication.actions.find_overdue import find_overdue
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow
from tests.publishing.conftest import workflow as workflow  # a fixture
from tests.syndication.webhooks.receiver import Receiver, Reply, receive

pytestmark = pytest.mark.django_db
TAGS = ["changes", "condition", "condition/glass-elbow", "condition/glass-elbow/en"]


@pytest.fixture
def cache(settings: Any) -> Iterator[Receiver]:
    """A cache that is told everything in one call."""
    with receive() as cache:
        settings.PURGE_URLS = [cache.url]
        yield cache


def work(at: datetime) -> None:
    Worker(clock=lambda: at).do_jobs()


def list_purges() -> list[Job]:
    return list(Job.objects.filter(name="syndication.purge").order_by("pk"))


def test_a_publication_purges_its_tags_once_it_is_committed(
    cache: Receiver, workflow: Workflow, clock: Clock
) -> None:
    workflow.publish_whole()
    assert cache.requests == []  # nothing waits for the cache

    work(clock())

    (request,) = cache.requests
    assert request.method == "POST"
    assert json.loads(request.body) == {
        "tags": TAGS,
        "paths": [
            "/api/v1/changes",
            "/api/v1/conditions",
            "/api/v1/conditions/glass-elbow",
        ],
    }
    assert request.headers["cache-tag"] == ", ".join(TAGS)


def test_the_tags_are_those_that_answers_carry(
    cache: Receiver, workflow: Workflow, clock: Clock, client: Client
) -> None:
    workflow.publish_whole()
    work(clock())

    purged = set(json.loads(cache.requests[0].body)["tags"])
    for path in ("conditions", "conditions/glass-elbow", "conditions/glass-elbow/editions"):
        carried = client.get(f"/api/v1/{path}").headers["Cache-Tag"].split(", ")
        assert purged & set(carried), path
        assert set(carried) <= purged, path
    assert client.get("/api/v1/changes").headers["Cache-Tag"] in purged


def test_a_withdrawal_purges_too(cache: Receiver, workflow: Workflow, clock: Clock) -> None:
    document = workflow.publish_whole().document
    work(clock())

    withdraw(document=document, by=workflow.publisher, at=clock(), reason="Wrong.")
    work(clock())

    assert len(cache.requests) == 2


def test_what_was_rolled_back_purges_nothing(cache: Receiver, workflow: Workflow) -> None:
    with transaction.atomic():
        workflow.publish_whole()
        transaction.set_rollback(True)

    assert list_purges() == []


def test_translations_are_purged_with_their_source(
    cache: Receiver, workflow: Workflow, clock: Clock
) -> None:
    edition = workflow.publish_whole()
    Document.objects.create(
        kind="condition",
        slug="codo-de-cristal",
        locale="es",
        content_id=edition.document.content_id,
        created_at=clock(),
        created_by=workflow.editor,
    )
    workflow.publish_whole(summary="Other words.")

    tags = list_purges()[-1].arguments["tags"]
    assert "condition/codo-de-cristal/es" in tags
    assert "condition/glass-elbow/en" in tags


def test_the_recall_of_an_edition_that_was_not_live_purges_too(
    cache: Receiver, workflow: Workflow, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    workflow.publish_whole(summary="Other words.")
    work(clock())
    before = len(cache.requests)
    recall(
        document=document,
        number=1,
        severity="minor",
        reason="A wrong name.",
        by=make_person("caller", "recall"),
        at=clock(),
    )

    work(clock())

    assert len(cache.requests) == before + 1


def test_a_review_that_becomes_overdue_purges_the_page(
    cache: Receiver, workflow: Workflow, clock: Clock
) -> None:
    edition = workflow.publish_whole()
    work(clock())
    later = clock() + timedelta(days=(edition.next_review_due_on.year - 2025) * 366)

    find_overdue(at=later)
    work(later)

    assert len(cache.requests) == 2


def test_a_cache_that_takes_one_tag_at_a_time_is_called_for_each(
    cache: Receiver, workflow: Workflow, clock: Clock, settings: Any
) -> None:
    settings.PURGE_URLS = [f"http://127.0.0.1:{cache.port}/purge/{{tag}}"]
    settings.PURGE_TOKEN = "secret-of-the-cache"
    workflow.publish_whole()

    work(clock())

    assert [request.path for request in cache.requests] == [f"/purge/{tag}" for tag in TAGS]
    assert {request.headers["authorization"] for request in cache.requests} == {
        "Bearer secret-of-the-cache"
    }


def test_every_cache_is_told_and_one_that_is_down_is_told_later(
    cache: Receiver, workflow: Workflow, clock: Clock, settings: Any
) -> None:
    cache.replies = [Reply(503)]
    with receive() as other:
        settings.PURGE_URLS = [cache.url, other.url]
        workflow.publish_whole()
        at = clock()

        work(at)
        assert len(other.requests) == 1
        work(at + timedelta(seconds=1))

        assert len(other.requests) == 1
    assert len(cache.requests) == 2
    assert {job.done_at is None for job in list_purges()} == {False}


def test_the_token_stays_out_of_the_jobs(
    cache: Receiver, workflow: Workflow, clock: Clock, settings: Any
) -> None:
    settings.PURGE_TOKEN = "secret-of-the-cache"
    cache.reply = Reply(500)
    workflow.publish_whole()
    work(clock())

    (job,) = list_purges()
    assert "The answer was 500" in job.last_error
    assert "secret" not in json.dumps(job.arguments) + job.last_error


def test_without_caches_nothing_is_enqueued(workflow: Workflow) -> None:
    workflow.publish_whole()

    assert list_purges() == []
