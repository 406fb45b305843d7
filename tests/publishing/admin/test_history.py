"""The history of a document: every event once, in words, and none of it slow."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from calfcms.publishing.actions.save_draft import DRAFT_SAVED
from calfcms.publishing.models import AuditHead, Document, Edition, Event, LivePeriod, Submission
from tests.conftest import NOON, make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

EDITIONS = 300
REVISIONS = 5_000
MOST_QUERIES = 20


def list_shown(response: Any) -> list[int]:
    return [moment.event.seq for moment in response.context["timeline"].moments]


def test_it_tells_who_did_what_and_why_newest_first(workflow: Workflow, editor: User) -> None:
    document = workflow.publish_whole().document

    page = seat(editor).get(url_of("history", document)).content.decode()

    told = re.findall(r"<strong>([^<]+)</strong> ([^<]+)</p>", page)
    assert told == [
        ("Pia Publisher", "published: edition 1"),
        ("Rex Reviewer", "signed as clinical reviewer"),
        ("Eda Editor", "asked for a review as a clinical change"),
        ("Eda Editor", "saved the draft"),
    ]
    assert "“First version”" in page


def test_every_wording_can_be_compared_and_restored_from_it(
    workflow: Workflow, editor: User
) -> None:
    document = workflow.publish_whole().document
    saved = Event.objects.get(action=DRAFT_SAVED)

    page = seat(editor).get(url_of("history", document)).content.decode()

    for source in ("edition:1", f"revision:{saved.details['revision']}"):
        assert f"/compare/?before={source}&amp;after=draft" in page
        assert f"/restore/?source={source}" in page
        assert page.count(f'value="{source}"') == 2


def test_whoever_may_not_write_is_offered_no_restoring(workflow: Workflow, reviewer: User) -> None:
    document = workflow.publish_whole().document

    page = seat(reviewer).get(url_of("history", document)).content.decode()

    assert "/restore/" not in page


def test_it_is_closed_to_whoever_may_not_see_events(workflow: Workflow, client: Client) -> None:
    document = workflow.save()
    stranger = make_person("stranger", "view_document", "view_submission")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(url_of("history", document)).status_code == 403


def test_the_pages_show_every_event_once(workflow: Workflow, editor: User) -> None:
    document = workflow.save()
    add_revisions(document, editor, 120)
    desk = seat(editor)

    seen: list[int] = []
    cursor: int | None = None
    for _ in range(3):
        query = {} if cursor is None else {"older_than": cursor}
        response = desk.get(url_of("history", document, **query))
        seen += list_shown(response)
        cursor = response.context["timeline"].older

    assert cursor is None
    everything = Event.objects.filter(document_id=document.pk).order_by("-seq")
    assert seen == list(everything.values_list("seq", flat=True))


def test_what_was_chosen_on_one_page_is_still_chosen_on_the_next(
    workflow: Workflow, editor: User
) -> None:
    document = workflow.save()
    add_revisions(document, editor, 60)
    desk = seat(editor)

    response = desk.get(url_of("history", document, before="edition:77", older_than=20))

    assert 'value="edition:77" checked> from edition:77' in response.content.decode()


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 40, "٣"])
def test_a_cursor_that_is_none_shows_the_newest(
    workflow: Workflow, editor: User, cursor: str
) -> None:
    document = workflow.save()

    response = seat(editor).get(url_of("history", document, older_than=cursor))

    assert response.status_code == 200
    assert len(list_shown(response)) == 1


def add_revisions(document: Document, by: User, count: int) -> None:
    """Revisions and their events, written straight to the tables."""
    first = Event.objects.latest("seq").seq + 1
    moments = [NOON + timedelta(hours=n) for n in range(count)]
    revisions = Revision.objects.bulk_create(
        [Revision(date_created=at, user=by, comment="") for at in moments], batch_size=500
    )
    Event.objects.bulk_create(
        [
            Event(
                seq=first + n,
                at=revision.date_created,
                actor_id=str(by.pk),
                actor="Eda Editor",
                action=DRAFT_SAVED,
                document_id=document.pk,
                subject=str(document),
                content_digest=f"sha256:{n}",
                details={"revision": revision.pk},
                previous_hash="",
                hash="",
            )
            for n, revision in enumerate(revisions)
        ],
        batch_size=500,
    )
    AuditHead.objects.update(seq=first + count - 1)


def add_editions(edition: Edition, count: int) -> None:
    """Editions that were live one after the other, written straight to the tables."""
    last = LivePeriod.objects.get(document=edition.document, ended_at=None)
    made = Edition.objects.bulk_create(
        [
            Edition(
                document=edition.document,
                number=number,
                content=edition.content,
                content_digest=edition.content_digest,
                digest=edition.digest,
                change_class="editorial",
                change_note="Words",
                last_reviewed_on=edition.last_reviewed_on,
                next_review_due_on=edition.next_review_due_on,
                published_at=NOON + timedelta(days=number),
                published_by=edition.published_by,
            )
            for number in range(2, count + 2)
        ],
        batch_size=100,
    )
    ended = NOON + timedelta(days=count + 1)
    LivePeriod.objects.filter(pk=last.pk).update(
        ended_at=ended, ended_by=edition.published_by, ending="superseded"
    )
    LivePeriod.objects.create(
        document=edition.document, edition=made[-1], started_at=ended, started_by=last.started_by
    )


def add_submissions(document: Document, by: User, count: int) -> None:
    """Requests for a review of earlier wordings."""
    Submission.objects.bulk_create(
        Submission(
            document=document,
            content_digest=f"sha256:{n}",
            change_class="editorial",
            note="Words",
            submitted_at=NOON,
            submitted_by=by,
        )
        for n in range(count)
    )


def count_queries(client: Client, url: str) -> int:
    client.get(url)  # what is looked up once for each process
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)


def make_document(workflow: Workflow, slug: str, *, editions: int, revisions: int) -> Document:
    """A published document with a past, whose next wording waits for a signature."""
    edition = workflow.publish_whole(slug=slug)
    document = edition.document
    add_editions(edition, editions)
    add_revisions(document, workflow.editor, revisions)
    add_submissions(document, workflow.editor, editions)
    workflow.save(slug=slug, summary="The next wording.")
    workflow.submit(document, "editorial", "Words")
    return document


@pytest.mark.slow
@pytest.mark.parametrize("page", ["history", "compare", "review", "submit"])
def test_a_long_past_costs_no_more_queries(workflow: Workflow, editor: User, page: str) -> None:
    short = make_document(workflow, "short", editions=1, revisions=1)
    long = make_document(workflow, "long", editions=EDITIONS, revisions=REVISIONS)
    desk = seat(editor, "sign_off", "comment")

    few = count_queries(desk, url_of(page, short))
    many = count_queries(desk, url_of(page, long))

    assert long.editions.count() == EDITIONS + 1
    assert Event.objects.filter(document_id=long.pk).count() > REVISIONS
    assert many == few
    assert many < MOST_QUERIES
