"""Lists: the documents that are live, or were, and the history of one of them."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.db.models import Prefetch

from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.catching_up import catch_up
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document, Edition, LivePeriod, Rendition
from calfcms.publishing.prepared import fetch_rows
from calfcms.publishing.reading import IS_DUE, read_instant, read_source_state, write_instant
from calfcms.publishing.schedules import is_anything_due
from calfcms.publishing.source_state import FOLLOWED, SourceState

CARD: Final = "card"
"""The rendition that lists show, unless they are told another."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a card stands in the list: later publications come first."""

    since: datetime
    period: int


@dataclass(frozen=True, slots=True)
class CardQuery:
    """Which stretch of a list: what it is narrowed to, where it begins, and how long it is."""

    filter: CardFilter
    limit: int
    after: Position | None = None
    rendition: str = CARD


@dataclass(frozen=True, slots=True)
class Card:
    """A document as lists show it."""

    digest: str
    position: Position
    slug: str
    locale: str
    content: bytes
    source: SourceState = FOLLOWED
    """What has become of the edition that it translates, as its readers are to be told."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """Cards in their order, and where the list goes on after them; None at its end."""

    cards: tuple[Card, ...]
    following: Position | None
    _rows: tuple[tuple[Any, ...], ...]
    """The digest, the period and its marks of every row that was read: equal rows make an equal
    page."""

    @property
    def digests(self) -> str:
        """The digests of the cards, one after the other."""
        return "".join(card.digest for card in self.cards)

    def is_made_of(self, rows: tuple[tuple[Any, ...], ...]) -> bool:
        """Whether the database has just this page now."""
        return self._rows == rows


def get_page(query: CardQuery, *, at: datetime, held: CardPage | None = None) -> CardPage:
    """That stretch of the list, newest change first. One query.

    `held` is what was there last time: its cards stay in the database, and where nothing has
    changed it is what comes back. What is due at this moment is carried out first.
    """
    page, is_due = _find_page(query, at, held)
    is_live = query.filter.as_of is None
    if is_live and (is_due or (not page.cards and is_anything_due(at=at))):
        page = _find_page(query, at, held)[0] if catch_up(at=at) else page
    return page


def _find_page(query: CardQuery, at: datetime, held: CardPage | None) -> tuple[CardPage, bool]:
    rows = fetch_rows(*_write_query(query, at, held.digests if held else ""))
    is_due = bool(rows and rows[0][0])
    signature = tuple([tuple(row[1:5]) for row in rows])
    if held is not None and held.is_made_of(signature):
        return held, is_due
    contents = {card.digest: card.content for card in held.cards} if held else {}
    as_of = query.filter.as_of
    cards = [_read_card(row, contents, as_of) for row in rows[: query.limit]]
    following = cards[-1].position if len(rows) > query.limit else None
    return CardPage(tuple(cards), following, signature), is_due


def _read_card(row: Any, contents: dict[str, bytes], as_of: datetime | None) -> Card:
    _, digest, period, moved_at, withdrawn_at, since, slug, locale, body = row
    content = contents[digest] if body is None else bytes(body)
    source = read_source_state(moved_at, withdrawn_at, as_of=as_of)
    return Card(digest, Position(read_instant(since), period), slug, locale, content, source)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The rows that a list goes through in their order until it has enough."""

    is_due: str
    tables: str
    condition: str
    position: str


_LIVE = _Walk(
    IS_DUE,
    "publishing_livefacet w CROSS JOIN publishing_liveperiod p",
    "w.kind = %s AND w.name = %s AND w.value = %s AND p.id = w.period_id",
    "w.started_at {0}, w.period_id {0}",
)
_PAST = _Walk("1 = 0", "publishing_liveperiod p", "1 = 1", "p.started_at {0}, p.id {0}")


def _write_query(query: CardQuery, at: datetime, known: str) -> tuple[str, list[Any]]:
    if query.filter.as_of is None:
        walk = _LIVE
        facet, rest = query.filter.choose_facet()
        values = [write_instant(at), known, rest.kind, *facet]
    else:
        walk, rest, values = _PAST, query.filter, [known]
    conditions, more = rest.write_conditions()
    values += more
    if query.after is not None:
        conditions.append(f"({walk.position.format('')}) < (%s, %s)")
        values += [write_instant(query.after.since), query.after.period]
    condition = " AND ".join(conditions)
    find = "strpos" if connection.vendor == "postgresql" else "instr"
    sql = _compose(walk, condition, query.rendition, query.limit + 1, rest.reads_edition, find)
    return sql, values


@lru_cache(maxsize=1024)
def _compose(
    walk: _Walk, condition: str, rendition: str, limit: int, reads_edition: bool, find: str
) -> str:
    # CROSS JOIN keeps SQLite from starting elsewhere: a list must walk its index and stop, or it
    # gets slower with every document. The limit is written out because PostgreSQL plans anew each
    # time, in five times the time of the query, while it does not know it.
    edition = "CROSS JOIN publishing_edition e " if reads_edition else ""
    joined = "AND e.id = p.edition_id " if reads_edition else ""
    return (
        f"SELECT {walk.is_due}, "  # noqa: S608 - constants
        "r.digest, p.id, p.source_moved_at, p.source_withdrawn_at, p.started_at, d.slug, d.locale, "
        f"CASE WHEN {find}(%s, r.digest) > 0 THEN NULL ELSE r.body END "
        f"FROM {walk.tables} CROSS JOIN publishing_document d {edition}"
        f"CROSS JOIN publishing_rendition r WHERE {walk.condition} AND d.id = p.document_id "
        f"{joined}AND r.edition_id = p.edition_id AND r.format = '{rendition}' AND {condition} "
        f"ORDER BY {walk.position.format('DESC')} LIMIT {limit:d}"
    )


def list_published_documents(*, kind: str, slug: str) -> list[Document]:
    """The documents with that slug, one for each locale, that were ever published."""
    documents = Document.objects.filter(kind=kind, slug=slug, editions__isnull=False)
    return list(documents.distinct().order_by("locale"))


def list_editions(
    *, document: Document, before: int | None = None, limit: int | None = None
) -> list[Edition]:
    """The editions of a document, newest first, each with its card and live periods."""
    editions = Edition.objects.filter(document=document).order_by("-number").defer("content")
    editions = editions.select_related("recall")
    if before is not None:
        editions = editions.filter(number__lt=before)
    cards = Rendition.objects.filter(format=CARD)
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
        .select_related("document", "edition__recall")
        .defer("edition__content")
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
