"""Documents with a long past, written straight to the tables: actions would take minutes."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from calfcms.publishing.actions.save_draft import DRAFT_SAVED
from calfcms.publishing.models import AuditHead, Document, Edition, Event, LivePeriod, Submission
from tests.conftest import NOON
from tests.publishing.conftest import Workflow

EDITIONS = 300
REVISIONS = 5_000
MOST_QUERIES = 20


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
    """How many queries opening this page takes, once it was opened before."""
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
