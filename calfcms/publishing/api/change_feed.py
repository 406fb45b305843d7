"""`GET /changes`: the delta feed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.cursors import read_cursor, write_cursor
from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.problems import ApiProblem
from calfcms.api.reading import ReadView, answer_bytes, require_json
from calfcms.api.recent import Recent
from calfcms.api.schema import LIST_HEADERS, Shape, describe_get, describe_not_modified
from calfcms.publishing.api.parameters import LIMIT, LOCALE_FILTER
from calfcms.publishing.api.shapes import Change as ChangeShape
from calfcms.publishing.api.shapes import Digest, Replacement
from calfcms.publishing.change_feed import (
    Change,
    ChangeType,
    FeedPage,
    Position,
    PositionUnknown,
    is_current,
    list_changes,
)
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import get_kind, list_kinds
from calfcms.publishing.models import Severity

BRIEFLY = "public, max-age=5"
"""So that many clients that poll are answered by one cache in front."""


def write_feed_cursor(position: Position) -> str:
    """The position as clients keep it."""
    return write_cursor(position.seq, position.mark)


def _parse_position(given: str) -> Position:
    seq, mark = read_cursor(given, int, str)
    if not 0 <= seq < 2**63 or bool(seq) != bool(mark):
        raise ValueError("This cursor is not one of this list. Start again without it.")
    return Position(seq, mark)


_KINDS = [kind.name for kind in list_kinds()]  # urls.py imports this once every kind is known
CHANGES = Parameters(
    LIMIT,
    Parameter(
        "cursor",
        _parse_position,
        "What you have seen: the member `cursor` of the last answer, or the header `Feed-Cursor` "
        "of an export. Left out: from the first publication on.",
        default=Position(),
    ),
    Parameter(
        "kind",
        parse_choice(*_KINDS),
        "Only changes of this kind of document.",
        {"type": "string", "enum": _KINDS},
    ),
    LOCALE_FILTER,
)


class RecallNote(Shape):
    """That the edition was called back."""

    id: UUID
    """To be acknowledged: `POST /recalls/{id}/ack`."""
    severity: Severity
    reason: str
    was_live: bool
    """Whether it was what readers got until then."""


class FeedItem(Shape):
    """One change. `edition` is the one to show, the one withdrawn, or the one recalled."""

    type: ChangeType
    cursor: str
    """The position after this change."""
    at: datetime
    kind: str
    id: UUID
    """Shared by all translations."""
    slug: str
    locale: str
    edition: int
    digest: Digest
    content_digest: Digest
    change: ChangeShape | None
    """Of what was published, else null."""
    reason: str | None
    """Why it was withdrawn or recalled, or why an earlier edition is live again."""
    replacement: Replacement | None
    """Where to send readers instead."""
    recall: RecallNote | None
    url: str
    """Just this edition, for ever the same bytes."""


class Feed(Shape):
    """Changes in the order in which they were made."""

    items: list[FeedItem]
    next: str | None
    """Where the feed goes on at once; null when this was all."""
    cursor: str
    """Keep it, also when there was nothing new, and send it the next time."""


_GONE_CURSOR = (
    "This cursor is not of the history that this service has: it was restored from an earlier "
    "backup. Copy everything again (GET /api/v1/conditions/export), and go on from there."
)


@dataclass(frozen=True, slots=True)
class SentFeed:
    """A page of the feed as it was sent last."""

    page: FeedPage
    """Without its changes: those are in the bytes."""
    content: bytes
    digest: str


sent_feeds: Recent[SentFeed] = Recent(max_size=16 * 1024 * 1024)
"""What this process has sent, so that its items are put together once."""


@describe_get(
    "get_changes",
    tag="changes",
    summary="What was published, withdrawn and recalled since a cursor, in the order of commits",
    answers={200: Feed, **describe_not_modified()},
    problems=(400, 406, 409),
    parameters=CHANGES,
    headers=LIST_HEADERS,
    reasons={409: "The cursor is of a history that is no more: copy everything again."},
)
class ChangesView(ReadView):
    """Nothing is missed and nothing comes twice for a client that keeps its cursor."""

    scope = "read"
    parameters = CHANGES

    def get(self, request: HttpRequest) -> HttpResponse:
        """One query; where this process has sent the same page, it only asks whether that is so."""
        parameters = self.read_parameters(request)
        require_json(request)
        at = timezone.now()
        key = tuple(parameters.items())
        sent = sent_feeds.find(key)
        if sent is None or not is_current(sent.page, at=at):
            sent = _read_feed(parameters, at)
            sent_feeds.keep(key, sent, size=len(sent.content))
        headers = {"Cache-Control": BRIEFLY, "Cache-Tag": "changes"}
        return answer_bytes(request, sent.content, digest=sent.digest, headers=headers)


def _read_feed(parameters: Mapping[str, Any], at: datetime) -> SentFeed:
    try:
        page = list_changes(
            after=parameters["cursor"],
            limit=parameters["limit"],
            kind=parameters["kind"],
            locale=parameters["locale"],
            at=at,
        )
    except PositionUnknown:
        raise ApiProblem(409, "cursor_unknown", _GONE_CURSOR) from None
    content = json.dumps(_describe(page, parameters), ensure_ascii=False).encode()
    return SentFeed(replace(page, changes=()), content, digest_of_bytes(content))


def _describe(page: FeedPage, parameters: Mapping[str, Any]) -> dict[str, Any]:
    cursor = write_feed_cursor(page.position)
    return {
        "items": [describe_change(change) for change in page.changes],
        "next": _link_next(parameters, cursor) if page.has_more else None,
        "cursor": cursor,
    }


def _link_next(parameters: Mapping[str, Any], cursor: str) -> str:
    query = {"limit": parameters["limit"], "cursor": cursor}
    filters = {name: parameters[name] for name in ("kind", "locale") if parameters[name]}
    return f"/api/v1/changes?{urlencode(query | filters)}"


def describe_change(change: Change) -> dict[str, Any]:
    """One item of the feed."""
    is_published = change.type == ChangeType.PUBLISHED
    path = f"/api/v1/{get_kind(change.kind).path}"
    return {
        "type": change.type,
        "cursor": write_feed_cursor(change.position),
        "at": format_instant(change.at),
        "kind": change.kind,
        "id": str(change.content_id),
        "slug": change.slug,
        "locale": change.locale,
        "edition": change.edition,
        "digest": change.digest,
        "content_digest": change.content_digest,
        "change": {"class": change.change_class, "note": change.change_note}
        if is_published
        else None,
        "reason": change.details.get("reason"),
        "replacement": _describe_replacement(path, change.details.get("replacement")),
        "recall": _describe_recall(change) if change.type == ChangeType.RECALLED else None,
        "url": f"{path}/{change.slug}/editions/{change.edition}?locale={change.locale}",
    }


def _describe_replacement(path: str, slug: str | None) -> dict[str, str] | None:
    return {"slug": slug, "url": f"{path}/{slug}"} if slug else None


def _describe_recall(change: Change) -> dict[str, Any]:
    details = change.details
    return {
        "id": details["recall"],
        "severity": details["severity"],
        "reason": details["reason"],
        "was_live": details["was_live"],
    }
