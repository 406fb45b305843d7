"""Lists: the live documents of a kind, and the history of one of them, from stored cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document, Edition, LivePeriod, Rendition
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import IS_DUE, read_instant, write_instant
from calfcms.publishing.schedules import is_anything_due


@dataclass(frozen=True, slots=True)
class Position:
    """Where a card stands in the list: later publications come first."""

    since: datetime
    period: int


@dataclass(frozen=True, slots=True)
class Card:
    """A live document as lists show it."""

    slug: str
    locale: str
    since: datetime
    """As the database returned it: only the last card of a page needs it in UTC."""
    period: int
    content: bytes

    @property
    def position(self) -> Position:
        """Where the list goes on after this card."""
        return Position(read_instant(self.since), self.period)


def list_live_cards(
    *, kind: str, locale: str | None, after: Position | None, limit: int, at: datetime
) -> list[Card]:
    """Live documents, newest change first, from that position on. One query.

    What is due at this moment is carried out first.
    """
    cards, is_due = _find_cards(kind, locale, after, limit, at)
    if is_due or (not cards and is_anything_due(at=at)):
        cards = _find_cards(kind, locale, after, limit, at)[0] if catch_up(at=at) else cards
    return cards


def _find_cards(
    kind: str, locale: str | None, after: Position | None, limit: int, at: datetime
) -> tuple[list[Card], bool]:
    conditions = ["p.ended_at IS NULL", "d.kind = %s"]
    values: list[Any] = [kind]
    if locale is not None:
        conditions.append("d.locale = %s")
        values.append(locale)
    if after is not None:
        conditions.append("(p.started_at, p.id) < (%s, %s)")
        values += [write_instant(after.since), after.period]
    sql = _LIVE_CARDS.format(" AND ".join(conditions))
    rows = fetch_rows(sql, [write_instant(at), *values, limit])
    return [_read_card(row) for row in rows], bool(rows and rows[0][0])


# CROSS JOIN keeps SQLite from starting with the documents: the list must walk live periods in
# their order (index `live_period_newest`) and stop, or it gets slower with every document.
_LIVE_CARDS = (
    f"SELECT {IS_DUE}, d.slug, d.locale, p.started_at, p.id, r.body "  # noqa: S608 - constants
    "FROM publishing_liveperiod p "
    "CROSS JOIN publishing_document d CROSS JOIN publishing_rendition r "
    "WHERE d.id = p.document_id AND r.edition_id = p.edition_id AND r.format = 'card' "
    "AND {} ORDER BY p.started_at DESC, p.id DESC LIMIT %s"
)


def _read_card(row: Sequence[Any]) -> Card:
    _, slug, locale, since, period, body = row
    return Card(slug, locale, since, period, bytes(body))


def list_published_documents(*, kind: str, slug: str) -> list[Document]:
    """The documents with that slug, one for each locale, that were ever published."""
    documents = Document.objects.filter(kind=kind, slug=slug, editions__isnull=False)
    return list(documents.distinct().order_by("locale"))


def list_editions(
    *, document: Document, before: int | None = None, limit: int | None = None
) -> list[Edition]:
    """The editions of a document, newest first, each with its card and live periods."""
    editions = Edition.objects.filter(document=document).order_by("-number").defer("content")
    if before is not None:
        editions = editions.filter(number__lt=before)
    cards = Rendition.objects.filter(format="card")
    periods = LivePeriod.objects.order_by("started_at")
    return list(
        editions.prefetch_related(
            Prefetch("renditions", cards, to_attr="cards"), Prefetch("live_periods", periods)
        )[:limit]
    )


def list_live_periods(*, kind: str, slug: str) -> list[LivePeriod]:
    """All times at which anything with that slug was live, in any locale, oldest first."""
    return list(
        LivePeriod.objects.filter(document__kind=kind, document__slug=slug)
        .select_related("document")
        .order_by("started_at", "pk")
    )


def describe_period(period: LivePeriod) -> dict[str, Any]:
    """When it was live, and why it ended."""
    return {
        "started_at": format_instant(period.started_at),
        "ended_at": format_instant(period.ended_at) if period.ended_at else None,
        "ending": period.ending or None,
        "reason": period.reason or None,
        "replacement": period.replacement or None,
    }
