"""A list of live documents that can be searched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.cursors import write_cursor
from calfcms.api.parameters import Parameters
from calfcms.api.reading import CURRENT, answer_bytes, require_json
from calfcms.api.recent import Recent
from calfcms.publishing.api.lists import (
    LIST_VARY,
    CardListView,
    join_items,
    link_page,
    list_tags,
    write_json,
)
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.overdue_reading import mark_card
from calfcms.search.finding import get_version, search
from calfcms.search.passages import FoundCard, list_found_cards
from calfcms.search.ranking import Ranked

MAX_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it was sent last: right on that day, as long as the index is what it was."""

    version: int
    on: date
    content: bytes
    digest: str
    tags: str


sent_answers: Recent[SentAnswer] = Recent(max_size=MAX_BYTES)
"""What this process has answered, so that a question that many ask is worked out once."""


class SearchableListView(CardListView):
    """`CardListView`, and with `q` the documents that answer it, best first."""

    search_parameters: ClassVar[Parameters]

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query where this process has answered that before, else two."""
        if "q" not in request.GET:
            return super().get(request)
        parameters = self.search_parameters.read(request.GET)
        require_json(request)
        answer = self._get_answer(parameters)
        headers = {"Cache-Control": CURRENT, "Cache-Tag": answer.tags, "Vary": LIST_VARY}
        return answer_bytes(request, answer.content, digest=answer.digest, headers=headers)

    def _get_answer(self, parameters: Mapping[str, Any]) -> SentAnswer:
        at = timezone.now()
        key = (type(self), tuple(parameters.items()))
        held = sent_answers.find(key)
        if held and held.on == at.date() and (held.version, False) == get_version(at=at):
            return held
        answer = self._make_answer(parameters, at)
        sent_answers.keep(key, answer, size=2 * len(answer.content))
        return answer

    def _make_answer(self, parameters: Mapping[str, Any], at: datetime) -> SentAnswer:
        limit = parameters["limit"]
        found = search(parameters["q"], self.get_filter(parameters), at=at)
        start = found.count_before(parameters["cursor"])
        page = found.ranked[start : start + limit]
        cards = list_found_cards(found.question, page, rendition=self.rendition)
        items = [self._show_found(one, parameters, at.date()) for one in cards]
        is_more = len(found.ranked) > start + limit
        following = self._link_on(parameters, start + limit, page[-1]) if is_more else None
        content = _join(items, following, found.question.corrected)
        tags = list_tags(self.kind.name, [found.card for found in cards])
        return SentAnswer(found.version, at.date(), content, digest_of_bytes(content), tags)

    def _link_on(self, parameters: Mapping[str, Any], shown: int, last: Ranked) -> str:
        cursor = write_cursor(shown, last.slug, last.locale)
        return link_page(self.path or self.kind.path, {**parameters, "cursor": cursor})

    def _show_found(self, found: FoundCard, parameters: Mapping[str, Any], on: date) -> bytes:
        """The card as the list has it, and why it was found."""
        card = mark_card(found.card.content, on=on, source=found.card.source)
        snippet = {"html": found.snippet.html, "text": found.snippet.text}
        reason = write_json({"snippet": snippet, "matched": found.part})
        return self.show_card(card[:-1] + b"," + reason[1:], parameters)


def _join(items: Sequence[bytes], following: str | None, corrected: str | None) -> bytes:
    page = join_items(items, following)
    if corrected is None:
        return page
    return page[:-1] + b',"corrected":%b}' % json.dumps(corrected, ensure_ascii=False).encode()
