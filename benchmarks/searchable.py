"""A database full of live pages that differ, so that there is something to search for.

Run as a program: `python -m benchmarks.searchable DOCUMENTS`. Words are made up, and as rare and as
common as words are (Zipf); all pages are about the same size, 40 kB of JSON.
"""

import hashlib
import json
import random
import sys
import time
import uuid
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import django
from django.db import connection

from benchmarks.catalogue import BATCH, DUE_ON, REVIEWED_ON, START

WORDS = 30_000
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]


class Writer:
    """Writes pages. The same number, the same page."""

    def __init__(self) -> None:
        chance = random.Random(7)
        self.words = sorted({self._make_word(chance) for _ in range(WORDS * 2)})[:WORDS]
        chance.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    @staticmethod
    def _make_word(chance: random.Random) -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))

    def write_page(self, number: int) -> dict[str, Any]:
        """The own members of a page's edition."""
        self.chance = random.Random(number)
        name = f"{self._say(1)} {self.chance.choice(['pain', 'disease', 'syndrome', 'fracture'])}"
        return {
            "title": f"{name}: causes and treatment",
            "name": name,
            "alternate_names": [self._say(2)],
            "summary": {"html": "", "text": self._say(60)},
            "red_flags": [
                {"id": f"r{n}", "sign": self._say(8), "action": self._say(12), "suspects": []}
                for n in range(8)
            ],
            "sections": [
                {"id": f"s{n}", "headline": self._say(4), "text": self._write(180), "sections": []}
                for n in range(14)
            ],
            "causes": [
                {"id": f"c{n}", "name": self._say(2), "html": f"<p>{self._write(40)}</p>"}
                for n in range(8)
            ],
            "faqs": [
                {"id": f"f{n}", "question": self._say(8), "answer": {"text": self._write(50)}}
                for n in range(10)
            ],
            "rest": "x" * 18_000,
        }

    def _say(self, count: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=count))

    def _write(self, count: int) -> str:
        return " ".join(f"{self._say(12).capitalize()}." for _ in range(count // 12))


def fill(documents: int) -> None:
    """Have that many pages live, one edition each, and all of them in the index."""
    from django.contrib.auth.models import User

    from calfcms.search.actions.fill import fill_index

    user, writer = User.objects.create_user("benchmark"), Writer()
    for start in range(0, documents, BATCH):
        _fill_batch(range(start, min(start + BATCH, documents)), user, writer)
    before = time.perf_counter()
    for _ in fill_index():
        pass
    each = (time.perf_counter() - before) / documents * 1_000
    print(f"indexed {documents} documents in {each:.1f} ms each")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_batch(numbers: range, user: Any, writer: Writer) -> None:
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
    editions = Edition.objects.bulk_create(
        Edition(
            document=document,
            number=1,
            content="{}",
            content_digest=_digest(document.slug.encode()),
            digest=_digest(f"{document.slug} edition".encode()),
            change_class="clinical",
            change_note="Filled in.",
            last_reviewed_on=REVIEWED_ON,
            next_review_due_on=DUE_ON,
            published_at=START,
            published_by=user,
        )
        for document in documents
    )
    Rendition.objects.bulk_create(
        Rendition(
            edition=edition,
            format=name,
            media_type="application/json",
            body=body,
            digest=_digest(body),
        )
        for edition, number in zip(editions, numbers, strict=True)
        for name, body in _render(edition, writer.write_page(number))
    )
    LivePeriod.objects.bulk_create(
        LivePeriod(document=edition.document, edition=edition, started_at=START, started_by=user)
        for edition in editions
    )


def _render(edition: Any, page: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    head = {"slug": edition.document.slug, "locale": "en", "edition": 1}
    review = {
        "last_reviewed": REVIEWED_ON.isoformat(),
        "next_review_due": DUE_ON.isoformat(),
        "sign_offs": [],
    }
    card = {name: page[name] for name in ("title", "name", "alternate_names", "summary")}
    card["red_flags"] = page["red_flags"]
    yield "json", json.dumps({**head, **page, "review": review}).encode()
    yield "card", json.dumps({**head, **card, "review": review}).encode()


def _digest(body: bytes) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
