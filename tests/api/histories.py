"""Made-up histories of two pages in two locales, lived through by readers of the API.

A history is a list of steps. Each step moves the clock on, does something by the real actions, and
lets every reader read. What they got is written down, and beside it what plain arithmetic says.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

import time_machine
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import strategies as st

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.policy import ChangeClass, Decision, Role
from conditions.actions.save_publisher import save_publisher
from conditions.draft import PublisherDraft
from tests.api.conftest import PAGE, write_page
from tests.conftest import NOON

SLUGS = ("ear-glow", "ear-hum")
LOCALES = ("en", "hi")
PARTNER = "acme-clinic"
VISIT = {
    "id": "visit",
    "aspect": "getting_access",
    "headline": "Come and see us",
    "partner": PARTNER,
}
PUBLISHER = PublisherDraft(
    slug="demo-library", name="Demo", url="https://demo.example", is_demonstration=True
)
DEADLINE = timedelta(hours=6)

Verb = Literal["publish", "translate", "withdraw", "break_glass", "wait"]
Name = tuple[str, str]
"""A document: its slug and its locale."""


@dataclass(frozen=True)
class Step:
    """What is done to which document, and how long after the step before."""

    verb: Verb
    name: Name
    after: timedelta


@dataclass(frozen=True)
class Answer:
    """What a reader got. Problems tell the time that was asked for, so only their kind counts."""

    status: int
    body: bytes
    tag: str

    @classmethod
    def of(cls, response: Any) -> "Answer":
        """What counts of a response."""
        if response.status_code == 404:
            return cls(404, response.json()["code"].encode(), "")
        return cls(response.status_code, response.content, response.get("ETag", ""))


@dataclass(frozen=True)
class Reader:
    """Somebody who asks again and again for the same thing."""

    slug: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def read(self, client: Client, as_of: datetime | None = None) -> Answer:
        """The answer for now, or for that moment."""
        moment = f"as_of={format_instant(as_of)}" if as_of else ""
        query = "&".join(part for part in (self.query, moment) if part)
        url = f"/api/v1/conditions/{self.slug}?{query}"
        return Answer.of(client.get(url, headers=dict(self.headers)))


@dataclass
class Belief:
    """What plain arithmetic says of one document: which edition is live since when."""

    changes: list[tuple[datetime, int | None]] = field(default_factory=list)
    """None is for withdrawn."""
    lapses_to: int | None = None
    deadline: datetime | None = None

    def change(self, at: datetime, number: int | None) -> None:
        """Another edition is live from now on, or none."""
        self.changes.append((at, number))
        self.lapses_to = self.deadline = None

    def get_status(self, at: datetime) -> tuple[int, int | None]:
        """The status of then, and the number of the edition where there was one."""
        past = [number for since, number in self.changes if since <= at]
        if not past:
            return 404, None
        return (410, None) if past[-1] is None else (200, past[-1])


names = st.tuples(st.sampled_from(SLUGS), st.sampled_from(LOCALES))
verbs = st.sampled_from(
    ["publish", "publish", "translate", "withdraw", "break_glass", "break_glass", "wait"]
)
pauses = st.one_of(
    st.timedeltas(timedelta(microseconds=1), timedelta(hours=12)),
    st.integers(1, 150).map(lambda days: timedelta(days=days)),
)
steps = st.builds(Step, verbs, names, pauses)


class World:
    """The people, the clock, the readers, and all that happened."""

    def __init__(self, people: dict[str, User], key: str) -> None:
        self.people, self.now = people, NOON
        self.readers = list(_list_readers(key))
        self.seen: list[tuple[datetime, Reader, Answer]] = []
        self.beliefs: dict[Name, Belief] = {}
        self.client = Client()
        self._words = 0

    def live_through(self, history: list[Step]) -> None:
        """Take all steps, every reader reading after each."""
        self._let_all_read()
        for step in history:
            self.now += step.after
            getattr(self, f"_{step.verb}")(step.name)
            self._let_all_read()
        self.now += timedelta(days=1)

    def _let_all_read(self) -> None:
        for name, belief in self.beliefs.items():
            if belief.deadline and belief.deadline <= self.now:
                self.beliefs[name].change(self.now, belief.lapses_to)
        with time_machine.travel(self.now, tick=False):
            self.seen += [(self.now, who, who.read(self.client)) for who in self.readers]

    def _wait(self, name: Name) -> None:
        pass

    def _publish(self, name: Name, **changes: Any) -> None:
        document = self._write(name, **changes)
        submission = submit(
            document=document,
            by=self.people["editor"],
            at=self.now,
            change_class=ChangeClass.CLINICAL,
            note="For the test.",
        )
        sign_off(
            document=document,
            content_digest=submission.content_digest,
            role=Role.CLINICAL,
            decision=Decision.APPROVED,
            by=self.people["reviewer"],
            at=self.now,
            conflicts_of_interest="none declared",
        )
        edition = publish(document=document, by=self.people["publisher"], at=self.now)
        self._get_belief(name).change(self.now, edition.number)

    def _translate(self, name: Name) -> None:
        source = self._get_live(name[0], "en")
        pin = {"locale": "en", "edition": source} if source else None
        self._publish((name[0], "hi"), translation_of=pin)

    def _withdraw(self, name: Name) -> None:
        if self._get_live(*name) is not None:
            document = Document.objects.get(kind="condition", slug=name[0], locale=name[1])
            by = self.people["publisher"]
            withdraw(document=document, by=by, at=self.now, reason="It was wrong.")
            self._get_belief(name).change(self.now, None)

    def _break_glass(self, name: Name) -> None:
        live, belief = self._get_live(*name), self._get_belief(name)
        if live is None or belief.deadline is not None:
            return
        edition = break_glass(
            document=self._write(name),
            by=self.people["commander"],
            at=self.now,
            reason="A fire.",
            deadline_at=self.now + DEADLINE,
        )
        belief.change(self.now, edition.number)
        belief.lapses_to, belief.deadline = live, self.now + DEADLINE

    def _write(self, name: Name, **changes: Any) -> Document:
        """A draft that was never there: every wording has a number, the publisher's name too."""
        self._words += 1
        slug, locale = name
        own = VISIT | {"body": f"Visit {self._words}."}
        document = write_page(
            self.people["editor"],
            self.now,
            slug=slug,
            locale=locale,
            title=f"Wording {self._words}",
            related=[other for other in SLUGS if other != slug and self._get_live(other, locale)],
            sections=[*PAGE["sections"], *([own] if self._words % 2 else [])],
            **changes,
        )
        renamed = PUBLISHER.model_copy(update={"name": f"Demo {self._words}"})
        save_publisher(publisher=renamed, by=self.people["editor"], at=self.now)
        return document

    def _get_belief(self, name: Name) -> Belief:
        return self.beliefs.setdefault(name, Belief())

    def _get_live(self, slug: str, locale: str) -> int | None:
        return self._get_belief((slug, locale)).get_status(self.now)[1]


def _list_readers(key: str) -> Iterator[Reader]:
    keyed = ("Authorization", f"Bearer {key}")
    for slug in SLUGS:
        for locale in LOCALES:
            yield Reader(slug, f"locale={locale}")
        yield Reader(slug, headers=(("Accept-Language", "hi, en;q=0.5"),))
        yield Reader(slug, headers=(keyed,))
        yield Reader(slug, "format=html")
        yield Reader(slug, "fields=title,related")


def is_marked_overdue(body: dict[str, Any], at: datetime) -> bool:
    """Whether the answer has to say that its review was overdue at that moment."""
    return date.fromisoformat(body["review"]["next_review_due"]) < at.date()


def read_edition(name: Name, number: int) -> dict[str, Any]:
    """The edition as it was stored."""
    edition = Edition.objects.get(document__slug=name[0], document__locale=name[1], number=number)
    stored: dict[str, Any] = json.loads(bytes(edition.renditions.get(format="json").body))
    return stored
