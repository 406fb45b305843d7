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
TOPICS = 10
"""Topics; each page is in one of them."""
SOURCES = 200
"""References; each page cites five of them."""
TEXT = "Your calf is the back of your lower leg. " * 1_100
REVIEWED_ON = date(2024, 1, 1)
DUE_ON = date(2099, 1, 1)
"""Far away: what is overdue is marked while it is read."""
BATCH = 200


def fill(documents: int, editions: int, *, start: int = 0) -> None:
    """Publish that many documents, each in that many editions of which the last is live."""
    from django.contrib.auth.models import User

    user, _ = User.objects.get_or_create(username="benchmark")
    numbers = list(range(start, start + documents))
    for first in range(0, documents, BATCH):
        _fill_batch(numbers[first : first + BATCH], editions, user)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_batch(numbers: list[int], editions: int, user: Any) -> None:
    from calfcms.publishing.models import Document

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
        _publish(documents, number, user, is_over=number < editions)


def _publish(documents: list[Any], number: int, user: Any, *, is_over: bool) -> None:
    from calfcms.publishing.facets import list_live_facets
    from calfcms.publishing.models import Edition, Facet, LiveFacet, LivePeriod, Rendition

    rows = Edition.objects.bulk_create(
        _make_edition(document, number, user) for document in documents
    )
    Rendition.objects.bulk_create(
        Rendition(edition=row, format=name, media_type=media_type, body=body, digest=_digest(body))
        for row in rows
        for name, media_type, body in _render(row)
    )
    Facet.objects.bulk_create(
        Facet(edition=row, name=name, value=value)
        for row in rows
        for name, value in _list_facets(row)
    )
    periods = LivePeriod.objects.bulk_create(_make_period(row, is_over, user) for row in rows)
    LiveFacet.objects.bulk_create(
        facet
        for period in periods
        if not is_over
        for facet in list_live_facets(period, period.document)
    )
    _record(rows, user)


def _record(editions: list[Any], user: Any) -> None:
    """The events of the feed, each continuing the one before."""
    from calfcms.publishing.audit import Entry
    from calfcms.publishing.models import AuditHead, Event

    head, events = AuditHead.objects.get(), []
    for edition in editions:
        entry = Entry(
            seq=head.seq + 1,
            at=edition.published_at,
            actor_id=str(user.pk),
            actor="benchmark",
            action="edition.published",
            document_id=str(edition.document_id),
            subject=str(edition.document),
            content_digest=edition.content_digest,
            edition=edition.number,
            details={
                "digest": edition.digest,
                "change": {"class": edition.change_class, "note": edition.change_note},
            },
            previous_hash=head.hash,
        )
        head.seq, head.hash = entry.seq, entry.compute_hash()
        columns = vars(entry) | {"document_id": edition.document_id}
        events.append(Event(**columns, hash=head.hash))
    Event.objects.bulk_create(events)
    head.save()


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

    started_at = edition.published_at + timedelta(seconds=_get_number(edition))
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


def _get_number(edition: Any) -> int:
    return int(edition.document.slug.rpartition("-")[2])


def _render(edition: Any) -> Iterator[tuple[str, str, bytes]]:
    value = _describe(edition)
    card = _make_card(value)
    bodies = {
        "json": {**value, "text": TEXT[:BODY_BYTES], "review": value["review"]},
        "card": card,
        "citations": {**card, "references": [_cite(key) for key in _list_sources(edition)]},
    }
    for name, body in bodies.items():
        yield name, "application/json", json.dumps(body, separators=(",", ":")).encode()
    yield "html", "text/html", TEXT[:BODY_BYTES].encode()


def _make_card(value: dict[str, Any]) -> dict[str, Any]:
    left_out = ("schema_version", "kind", "id")
    url = f"/api/v1/conditions/{value['slug']}?locale=en"
    return {name: member for name, member in value.items() if name not in left_out} | {"url": url}


def _describe(edition: Any) -> dict[str, Any]:
    """What cards have too, as long as it is on the pages that are there: about 4 kB."""
    number = _get_number(edition)
    return {
        "schema_version": 1,
        "kind": "condition",
        "id": str(edition.document.content_id),
        "slug": edition.document.slug,
        "locale": "en",
        "edition": edition.number,
        "digest": edition.digest,
        "content_digest": edition.content_digest,
        "published_at": edition.published_at.isoformat(),
        "change": {"class": edition.change_class, "note": edition.change_note},
        "title": f"Condition {number}: what it is and what helps",
        "name": f"Condition {number}",
        "alternate_names": ["charley horse"],
        "codes": [{"system": "icd10cm", "code": f"M{number}", "display": "", "verified": True}],
        "summary": {"html": f"<p>{TEXT[:500]}</p>", "text": TEXT[:500]},
        "audience": "patient",
        "topics": [{"slug": f"topic-{number % TOPICS}", "title": "Topic"}],
        "red_flags": [_make_red_flag(n) for n in range(8)],
        "disclaimer": TEXT[:200],
        "review": {
            "last_reviewed": REVIEWED_ON.isoformat(),
            "next_review_due": DUE_ON.isoformat(),
            "sign_offs": [{"role": "clinical", "reviewer": {"name": "Nobody"}}],
        },
    }


def _make_red_flag(number: int) -> dict[str, Any]:
    return {
        "id": f"sign-{number}",
        "sign": TEXT[:80],
        "urgency": "emergency" if number % 2 else "urgent",
        "action": TEXT[:80],
        "suspects": ["something bad"],
        "references": [1, 2],
    }


def _list_sources(edition: Any) -> list[int]:
    return [(_get_number(edition) * 5 + n) % SOURCES for n in range(5)]


def _cite(key: int) -> dict[str, Any]:
    statement = {"kind": "section", "id": "signs", "title": "Signs", "text": TEXT[:200]}
    return {
        "number": 1,
        "id": f"source-{key}",
        "citation": TEXT[:150],
        "doi": f"10.1000/{key}",
        "pmid": str(key + 1),
        "url": None,
        "checked_on": None,
        "statements": [statement] * 3,
    }


def _list_facets(edition: Any) -> Iterator[tuple[str, str]]:
    """The facets of an edition."""
    number = _get_number(edition)
    yield "topic", f"topic-{number % TOPICS}"
    yield "code", f"icd10cm:M{number}"
    yield from (("urgency", urgency) for urgency in ("urgent", "emergency"))
    for key in _list_sources(edition):
        yield "reference", f"source-{key}"
        yield "doi", f"10.1000/{key}"
        yield "pmid", str(key + 1)


def _digest(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]))
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    print(f"{sys.argv[1]} documents with {sys.argv[2]} editions each in {engine}")
