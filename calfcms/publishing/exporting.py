"""Everything that is live, in pieces: a copy of one moment, made without a long transaction.

Each piece goes on after the last address, and all of them ask for what was live at one moment; so
what is published meanwhile changes none of them, and memory holds one piece at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import Max

from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.change_feed import Position, get_position
from calfcms.publishing.models import Event
from calfcms.publishing.overdue_reading import mark_card
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import read_source_state
from calfcms.publishing.schedules import is_anything_due

PIECE: Final = 10
"""Editions read at once."""
_RECENT: Final = 1_000
"""Events; those before are older than clocks can differ."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What to copy, and the position in the feed to go on from once it has been copied."""

    filter: CardFilter
    at: datetime
    position: Position
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedEdition:
    """A live edition as its readers get it."""

    slug: str
    locale: str
    number: int
    content: bytes


def take_snapshot(narrowed: CardFilter, *, at: datetime, partner: str | None = None) -> Snapshot:
    """What is live now. What is due by now is carried out first.

    The position is read first, so that what is published from then on is in the feed after it. The
    moment is no earlier than any event before the position, whichever machine's clock that had:
    else something could be missing from the copy and from the feed after it.
    """
    if is_anything_due(at=at):
        catch_up(at=at)
    position = get_position()
    recent = Event.objects.filter(seq__gt=position.seq - _RECENT, seq__lte=position.seq)
    last: datetime | None = recent.aggregate(last=Max("at"))["last"]
    moment = max(at, last) if last else at
    return Snapshot(replace(narrowed, as_of=moment), moment, position, partner)


def read_pieces(snapshot: Snapshot) -> Iterator[list[ExportedEdition]]:
    """The editions by slug and locale, a few at a time; one query each."""
    slug, locale, on = "", "", snapshot.at.astimezone(UTC).date()
    while rows := fetch_rows(*_write_query(snapshot, slug, locale)):
        slug, locale = rows[-1][0], rows[-1][1]
        yield [_read_edition(row, on, snapshot.at) for row in rows]
        if len(rows) < PIECE:
            return


def _read_edition(row: Any, on: date, at: datetime) -> ExportedEdition:
    slug, locale, number, moved_at, withdrawn_at, body = row
    source = read_source_state(moved_at, withdrawn_at, as_of=at)
    return ExportedEdition(slug, locale, number, mark_card(bytes(body), on=on, source=source))


def _write_query(snapshot: Snapshot, slug: str, locale: str) -> tuple[str, list[Any]]:
    conditions, values = snapshot.filter.write_conditions()
    sql = _compose(" AND ".join(conditions))
    return sql, [snapshot.partner or "", *values, slug, locale]


@lru_cache(maxsize=64)
def _compose(condition: str) -> str:
    # CROSS JOIN keeps SQLite walking the documents in their order.
    return (
        "SELECT d.slug, d.locale, e.number, p.source_moved_at, p.source_withdrawn_at, "  # noqa: S608 - constants
        "COALESCE(o.body, r.body) "
        "FROM publishing_document d CROSS JOIN publishing_liveperiod p "
        "CROSS JOIN publishing_edition e CROSS JOIN publishing_rendition r "
        "LEFT JOIN publishing_partnerrendition o "
        "ON o.edition_id = r.edition_id AND o.partner = %s AND o.format = r.format "
        "WHERE p.document_id = d.id AND e.id = p.edition_id AND r.edition_id = e.id "
        f"AND r.format = 'json' AND {condition} AND (d.slug, d.locale) > (%s, %s) "
        f"ORDER BY d.slug, d.locale LIMIT {PIECE:d}"
    )
