"""A database full of published editions, written row by row: no drafts, no reviewers.

Run as a program: `python -m benchmarks.catalogue DOCUMENTS EDITIONS`.
"""

import hashlib
import json
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.db import connection

START = datetime(2024, 1, 1, tzinfo=UTC)
BODY_BYTES = 40_000
CARD_BYTES = 1_500
TEXT = "Your calf is the back of your lower leg. " * 1_100
REVIEWED_ON = date(2024, 1, 1)
DUE_ON = date(2099, 1, 1)
"""Far away: what is overdue is marked while it is read."""
BATCH = 500


def fill(documents: int, editions: int) -> None:
    """Publish that many documents, each in that many editions of which the last is live."""
    from django.contrib.auth.models import User

    user = User.objects.create_user("benchmark")
    numbers = list(range(documents))
    for start in range(0, documents, BATCH):
        _fill_batch(numbers[start : start + BATCH], editions, user)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_batch(numbers: list[int], editions: int, user: Any) -> None:
    from calfcms.publishing.models import Document, Edition, LivePeriod, Rendition

    documents = Document.objects.bulk_create(
        Document(
            kind="condition",
            slug=f"condition-{number}",
            locale="en",
            content_id=uuid.uuid4(),
            created_at=START,
            created_by=user,
        )
        for number in numbers
    )
    for number in range(1, editions + 1):
        rows = Edition.objects.bulk_create(
            _make_edition(document, number, user) for document in documents
        )
        Rendition.objects.bulk_create(
            Rendition(
                edition=row, format=name, media_type=media_type, body=body, digest=_digest(body)
            )
            for row in rows
            for name, media_type, body in _render(row)
        )
        LivePeriod.objects.bulk_create(_make_period(row, number < editions, user) for row in rows)


def _make_edition(document: Any, number: int, user: Any) -> Any:
    from calfcms.publishing.models import Edition

    return Edition(
        document=document,
        number=number,
        content=json.dumps({"text": TEXT[:BODY_BYTES]}),
        content_digest=_digest(f"{document.slug} {number}".encode()),
        digest=_digest(f"{document.slug} {number} edition".encode()),
        change_class="clinical",
        change_note="Filled in.",
        last_reviewed_on=REVIEWED_ON,
        next_review_due_on=DUE_ON,
        published_at=START + timedelta(days=number),
        published_by=user,
    )


def _make_period(edition: Any, is_over: bool, user: Any) -> Any:
    from calfcms.publishing.models import Ending, LivePeriod

    started_at = edition.published_at + timedelta(seconds=int(edition.document.slug[10:]))
    end = (
        {"ended_at": started_at + timedelta(days=1), "ended_by": user, "ending": Ending.SUPERSEDED}
        if is_over
        else {}
    )
    return LivePeriod(
        document=edition.document,
        edition=edition,
        started_at=started_at,
        started_by=user,
        **end,
    )


def _render(edition: Any) -> Iterator[tuple[str, str, bytes]]:
    head = {"slug": edition.document.slug, "locale": "en", "edition": edition.number}
    review = {"last_reviewed": REVIEWED_ON.isoformat(), "next_review_due": DUE_ON.isoformat()}
    for name, size in (("json", BODY_BYTES), ("card", CARD_BYTES)):
        filled = head | {"text": TEXT[:size], "review": review | {"sign_offs": []}}
        yield name, "application/json", json.dumps(filled, separators=(",", ":")).encode()


def _digest(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]))
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    print(f"{sys.argv[1]} documents with {sys.argv[2]} editions each in {engine}")
