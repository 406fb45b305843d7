"""Views that list: the live documents of a kind, and every edition of one document."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.cursors import write_cursor
from calfcms.api.reading import CURRENT, ReadView, answer_bytes, require_json
from calfcms.api.recent import Recent
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.finding import list_locales
from calfcms.publishing.api.parameters import HISTORY
from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.cards import (
    CARD,
    Card,
    CardPage,
    CardQuery,
    Position,
    describe_period,
    get_page,
    list_editions,
    list_published_documents,
)
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Kind
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.overdue_reading import mark_card
from calfcms.publishing.recalls import describe_recall, find_recall
from calfcms.publishing.sparse import keep_members

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_TAG_BYTES: Final = 2_000
"""A proxy refuses an answer whose headers are too long: nginx from 4 kB on."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
LIST_VARY: Final = "Accept, Authorization"


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page as it was sent last: right as long as the database has the same one on that day."""

    page: CardPage
    on: date
    content: bytes
    digest: str
    tags: str


sent_pages: Recent[SentPage] = Recent(max_size=MAX_BYTES)
"""What this process has sent, so that it is put together once."""


class CardListView(ReadView):
    """What is live, newest change first. Cards were written at publishing; here they are joined."""

    kind: ClassVar[type[Kind]]
    scope = "read"
    path: ClassVar[str] = ""
    """Where the list is, below `/api/v1/`; that of the kind unless it is said here."""
    rendition: ClassVar[str] = CARD

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query; a further card than asked for tells whether there is a next page."""
        parameters = self.read_parameters(request)
        require_json(request)
        return self.answer(request, parameters)

    def answer(self, request: HttpRequest, parameters: Mapping[str, Any]) -> HttpResponse:
        """The page that the parameters ask for."""
        at = timezone.now()
        query = CardQuery(
            self.get_filter(parameters), parameters["limit"], parameters["cursor"], self.rendition
        )
        key = (type(self), query, self.get_shape(parameters))
        held = sent_pages.find(key)
        page = get_page(query, at=at, held=held.page if held else None)
        if held is None or held.page is not page or held.on != at.date():
            held = self._write_page(parameters, page, at)
            sent_pages.keep(key, held, size=2 * len(held.content))
        headers = {"Cache-Control": CURRENT, "Cache-Tag": held.tags, "Vary": LIST_VARY}
        return answer_bytes(request, held.content, digest=held.digest, headers=headers)

    def get_filter(self, parameters: Mapping[str, Any]) -> CardFilter:
        """What the list is narrowed to."""
        return CardFilter(
            self.kind.name,
            locale=parameters.get("locale"),
            topic=parameters.get("topic"),
            code=parameters.get("code"),
            reviewed_before=parameters.get("reviewed_before"),
            as_of=parameters.get("as_of"),
        )

    def get_shape(self, parameters: Mapping[str, Any]) -> Any:
        """What decides, besides the cards themselves, what is shown of them. Hashable."""
        return parameters.get("fields")

    def show_card(self, card: bytes, parameters: Mapping[str, Any]) -> bytes:
        """What is shown of a card, which has been marked as it has to be."""
        fields = parameters.get("fields")
        return card if fields is None else write_json(keep_members(json.loads(card), fields))

    def _write_page(self, parameters: Mapping[str, Any], page: CardPage, at: datetime) -> SentPage:
        on = (parameters["as_of"] or at).date()
        marked = [mark_card(card.content, on=on, source=card.source) for card in page.cards]
        items = [self.show_card(card, parameters) for card in marked]
        following = self._link_next(parameters, page.following) if page.following else None
        content = join_items(items, following)
        tags = list_tags(self.kind.name, page.cards)
        return SentPage(page, at.date(), content, digest_of_bytes(content), tags)

    def _link_next(self, parameters: Mapping[str, Any], position: Position) -> str:
        cursor = write_cursor(format_instant(position.since), position.period)
        return link_page(self.path or self.kind.path, {**parameters, "cursor": cursor})


def write_json(value: Any) -> bytes:
    """A value as the items of lists are written."""
    return _ENCODER.encode(value).encode()


def link_page(path: str, parameters: Mapping[str, Any]) -> str:
    """The address of the page for these parameters, as they were read."""
    given = {name: _write_value(value) for name, value in parameters.items() if value is not None}
    return f"/api/v1/{path}?{urlencode(given, safe=':,')}"


def _write_value(value: Any) -> str:
    if isinstance(value, datetime):
        return format_instant(value)
    return ",".join(value) if isinstance(value, tuple) else str(value)


def join_items(items: Sequence[bytes], following: str | None) -> bytes:
    """A page of a list, from items that are JSON already."""
    return b'{"items":[%b],"next":%b}' % (b",".join(items), json.dumps(following).encode())


def list_tags(kind: str, cards: Sequence[Card]) -> str:
    """What a cache can purge a list by: its kind, and as far as headers may go its documents.

    The kind alone will do, since it is purged with each of its documents.
    """
    tags = ", ".join([kind, *(f"{kind}/{card.slug}/{card.locale}" for card in cards)])
    return tags if len(tags) <= MAX_TAG_BYTES else kind


class HistoryView(ReadView):
    """Every edition of a document that was ever published, newest first. Never pruned."""

    kind: ClassVar[type[Kind]]
    scope = "read"
    parameters = HISTORY

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The editions, also of what was withdrawn since."""
        parameters = self.read_parameters(request)
        require_json(request)
        document = self._choose_document(slug, list_locales(request, parameters["locale"]))
        limit = parameters["limit"]
        editions = list_editions(document=document, before=parameters["cursor"], limit=limit + 1)
        page = editions[:limit]
        following = self._link_next(document, limit, page[-1]) if len(editions) > limit else None
        items = [self._show(document, edition) for edition in page]
        content = json.dumps({"items": items, "next": following}, ensure_ascii=False).encode()
        return answer_bytes(
            request, content, digest=digest_of_bytes(content), headers=self._get_headers(document)
        )

    def _choose_document(self, slug: str, locales: Sequence[str]) -> Document:
        documents = list_published_documents(kind=self.kind.name, slug=slug)
        for locale in locales:
            for document in documents:
                if fnmatchcase(document.locale, locale):
                    return document
        raise explain_absence(self.kind, slug, locales=locales, as_of=None)

    def _get_headers(self, document: Document) -> dict[str, str]:
        tag = f"{self.kind.name}/{document.slug}"
        return {
            "Cache-Control": CURRENT,
            "Cache-Tag": f"{tag}, {tag}/{document.locale}",
            "Content-Language": document.locale,
            "Vary": "Accept, Accept-Language, Authorization",
        }

    def _get_path(self, document: Document) -> str:
        return f"/api/v1/{self.kind.path}/{document.slug}/editions"

    def _link_next(self, document: Document, limit: int, last: Edition) -> str:
        query = {"limit": limit, "cursor": write_cursor(last.number), "locale": document.locale}
        return f"{self._get_path(document)}?{urlencode(query)}"

    def _show(self, document: Document, edition: Edition) -> dict[str, Any]:
        card = json.loads(bytes(edition.cards[0].body))  # type: ignore[attr-defined]
        return {
            "number": edition.number,
            "digest": edition.digest,
            "content_digest": edition.content_digest,
            "published_at": card["published_at"],
            "change": card["change"],
            "sign_offs": card["review"]["sign_offs"],
            "unsigned": card["review"].get("unsigned"),
            "recalled": describe_recall(find_recall(edition)),
            "live": [describe_period(period) for period in edition.live_periods.all()],
            "url": f"{self._get_path(document)}/{edition.number}?locale={document.locale}",
        }
