"""The delta feed: what changed for readers, in the order of commits, read from the audit log.

The number of an event is the position; nothing can be committed before a position that somebody has
read (docs/decisions/0002). So whoever keeps a position misses nothing and sees nothing twice.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.models import Event
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import IS_DUE, read_instant, write_instant
from calfcms.publishing.selectors import (
    EDITION_LAPSED,
    EDITION_PUBLISHED,
    EDITION_RECALLED,
    EDITION_WITHDRAWN,
    FEED_ACTIONS,
)

MARK_LENGTH: Final = 12


class ChangeType(StrEnum):
    """What a client that mirrors the live editions must do."""

    PUBLISHED = "published"
    """Show this edition from now on."""
    WITHDRAWN = "withdrawn"
    """Show nothing of this document any more."""
    RECALLED = "recalled"
    """Remove this edition wherever it is held. If it was the one shown, show nothing."""


_TYPES: Final = {
    EDITION_PUBLISHED: ChangeType.PUBLISHED,
    EDITION_LAPSED: ChangeType.PUBLISHED,  # of the edition before, which is live again
    EDITION_WITHDRAWN: ChangeType.WITHDRAWN,
    EDITION_RECALLED: ChangeType.RECALLED,
}


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the log: an event, and a mark by which to tell that it is still the same one.

    After a restore from a backup the same numbers are given out again, for other events.
    """

    seq: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change for readers: what became of which edition."""

    position: Position
    type: ChangeType
    at: datetime
    kind: str
    slug: str
    locale: str
    content_id: UUID
    edition: int
    digest: str
    content_digest: str
    change_class: str
    change_note: str
    details: dict[str, Any]
    """Of the event."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some changes, and the position after everything that was looked at."""

    changes: Sequence[Change]
    position: Position
    has_more: bool


class PositionUnknown(Exception):
    """The log has no such event: it is not the log in which this position was given out."""


def get_position() -> Position:
    """The position after everything that has been committed: take it before copying the rest."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return _make_position(*last) if last else Position()


def list_changes(
    *, after: Position, limit: int, at: datetime, kind: str | None = None, locale: str | None = None
) -> FeedPage:
    """The changes after that position. One query; what is due by now is carried out first.

    Raises `PositionUnknown`.
    """
    page, is_due = _find(after, limit, at, kind, locale)
    if is_due and catch_up(at=at):
        page, _ = _find(after, limit, at, kind, locale)
    return page


def is_current(page: FeedPage, *, at: datetime) -> bool:
    """Whether reading again would bring just this page, with nothing due by now. One short query.

    The hash of an event tells of all events before it; so the changes up to the page's position
    are the same as long as that event is.
    """
    position = page.position
    [[is_due, found_hash, last_seq]] = fetch_rows(_CHECK, [write_instant(at), position.seq])
    if is_due or not _is_known(position, found_hash):
        return False
    return page.has_more or last_seq is None or last_seq <= position.seq


def _find(
    after: Position, limit: int, at: datetime, kind: str | None, locale: str | None
) -> tuple[FeedPage, bool]:
    filters = {"kind": kind, "locale": locale}
    wanted = {column: value for column, value in filters.items() if value is not None}
    sql = _QUERY.format(
        live_again=_LIVE_AGAIN[connection.vendor],
        conditions="".join(_IS_OF.format(column=column) for column in wanted),
        limit=limit + 1,  # written out: PostgreSQL plans once only for a limit that it knows
    )
    rows = fetch_rows(sql, [write_instant(at), after.seq, after.seq, *wanted.values()])
    is_due, found_hash, last_seq, last_hash = rows[0][:4]
    _refuse_unknown(after, found_hash)
    changes = [_read_change(row[4:]) for row in rows if row[4] is not None]
    if len(changes) > limit:
        shown = changes[:limit]
        return FeedPage(shown, shown[-1].position, has_more=True), bool(is_due)
    is_news = last_seq is not None and last_seq > after.seq
    position = _make_position(last_seq, last_hash) if is_news else after
    return FeedPage(changes, position, has_more=False), bool(is_due)


_FEED = "v.action LIKE 'edition.%%' ESCAPE '\\'"
"""The condition of the partial index `event_feed`, in its words."""
_CHECK = (
    f"SELECT {IS_DUE}, (SELECT m.hash FROM publishing_event m WHERE m.seq = %s), "  # noqa: S608
    f"(SELECT v.seq FROM publishing_event v WHERE {_FEED} ORDER BY v.seq DESC LIMIT 1)"
)
_ACTIONS = ", ".join(f"'{action}'" for action in FEED_ACTIONS)
_LIVE_AGAIN = {
    "sqlite": "json_extract(v.details, '$.live_again')",
    "postgresql": "(v.details ->> 'live_again')::integer",
}
# One row at least, whatever there is: the head of the log. The page is cut before anything is
# joined, and what COALESCE hides no planner takes for an index, nor for rare: so every database
# walks `event_feed` in its order and stops at the limit, however long the log is.
_QUERY = (
    f"SELECT {IS_DUE}, (SELECT m.hash FROM publishing_event m WHERE m.seq = %s), "  # noqa: S608
    "l.seq, l.hash, i.seq, i.hash, i.action, i.at, i.details, d.kind, d.slug, d.locale, "
    "d.content_id, e.number, e.digest, e.content_digest, e.change_class, e.change_note "
    "FROM publishing_audithead h "
    f"LEFT JOIN (SELECT v.seq, v.hash FROM publishing_event v WHERE {_FEED} "
    "ORDER BY v.seq DESC LIMIT 1) l ON 1 = 1 "
    "LEFT JOIN (SELECT v.seq, v.hash, v.action, v.at, v.details, v.document_id, "
    "COALESCE({live_again}, v.edition) AS number FROM publishing_event v "
    f"WHERE {_FEED} AND COALESCE(v.action IN ({_ACTIONS}), FALSE) AND v.seq > %s"
    "{conditions} ORDER BY v.seq LIMIT {limit:d}) i ON 1 = 1 "
    "LEFT JOIN publishing_document d ON d.id = i.document_id "
    "LEFT JOIN publishing_edition e ON e.document_id = i.document_id AND e.number = i.number "
    "ORDER BY i.seq"
)
_IS_OF = (
    " AND COALESCE((SELECT d.{column} FROM publishing_document d WHERE d.id = v.document_id) = %s, "
    "FALSE)"
)


def _read_change(row: Sequence[Any]) -> Change:
    seq, event_hash, action, at, details, kind, slug, locale, content_id, *edition = row
    number, digest, content_digest, change_class, change_note = edition
    return Change(
        position=_make_position(seq, event_hash),
        type=_TYPES[action],
        at=read_instant(at),
        kind=kind,
        slug=slug,
        locale=locale,
        content_id=UUID(str(content_id)),
        edition=number,
        digest=digest,
        content_digest=content_digest,
        change_class=change_class,
        change_note=change_note,
        details=details if isinstance(details, dict) else json.loads(details),
    )


def _make_position(seq: int, event_hash: str) -> Position:
    return Position(seq, event_hash.removeprefix("sha256:")[:MARK_LENGTH])


def _refuse_unknown(after: Position, found_hash: str | None) -> None:
    if not _is_known(after, found_hash):
        raise PositionUnknown


def _is_known(position: Position, found_hash: str | None) -> bool:
    """Whether the event at that position, of which this is the hash, is the one that was meant."""
    if not position.seq:
        return True
    return found_hash is not None and _make_position(position.seq, found_hash) == position
