"""Views that list: the live documents of a kind, and every edition of one document."""

import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.cursors import write_cursor
from calfcms.api.reading import CURRENT, ReadView, answer_bytes, require_json
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.parameters import CARD_LIST, HISTORY
from calfcms.publishing.api.renditions import list_locales
from calfcms.publishing.cards import (
    Card,
    describe_period,
    list_editions,
    list_live_cards,
    list_published_documents,
)
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Kind
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.overdue_reading import mark_card


class CardListView(ReadView):
    """What is live, newest change first. Cards were written at publishing; here they are joined."""

    kind: ClassVar[type[Kind]]
    parameters = CARD_LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query; a further card than asked for tells whether there is a next page."""
        parameters = self.read_parameters(request)
        require_json(request)
        limit, at = parameters["limit"], timezone.now()
        cards = list_live_cards(
            kind=self.kind.name,
            locale=parameters["locale"],
            after=parameters["cursor"],
            limit=limit + 1,
            at=at,
        )
        page = cards[:limit]
        following = self._link_next(parameters, page[-1]) if len(cards) > limit else None
        content = _join([mark_card(card.content, on=at.date()) for card in page], following)
        headers = {"Cache-Control": CURRENT, "Cache-Tag": self._list_tags(page)}
        return answer_bytes(request, content, digest=digest_of_bytes(content), headers=headers)

    def _link_next(self, parameters: Mapping[str, Any], last: Card) -> str:
        cursor = write_cursor(format_instant(last.position.since), last.position.period)
        query = {"limit": parameters["limit"], "cursor": cursor}
        if parameters["locale"]:
            query["locale"] = parameters["locale"]
        return f"/api/v1/{self.kind.path}?{urlencode(query)}"

    def _list_tags(self, page: Sequence[Card]) -> str:
        name = self.kind.name
        return ", ".join([name, *(f"{name}/{card.slug}/{card.locale}" for card in page)])


def _join(items: Sequence[bytes], following: str | None) -> bytes:
    return b'{"items":[%b],"next":%b}' % (b",".join(items), json.dumps(following).encode())


class HistoryView(ReadView):
    """Every edition of a document that was ever published, newest first. Never pruned."""

    kind: ClassVar[type[Kind]]
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
            "Vary": "Accept, Accept-Language",
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
            "live": [describe_period(period) for period in edition.live_periods.all()],
            "url": f"{self._get_path(document)}/{edition.number}?locale={document.locale}",
        }
