"""Stale translations for the people who look after them: what moved on, and where to see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from calfcms.publishing.models import Document, LivePeriod
from calfcms.publishing.translations import Pin, get_pin


@dataclass(frozen=True)
class Staleness:
    """How a live translation stands to what it translates."""

    document: Document
    edition: int
    """The number of the translation's own live edition."""
    pin: Pin
    source: Document
    live: int | None
    """The number of the source's live edition; None where it was withdrawn."""
    since: datetime
    is_gone: bool
    """Whether what was translated was withdrawn or recalled."""

    @property
    def comparison(self) -> tuple[str, str] | None:
        """The wordings of the source that say what to change; None where nothing is live there."""
        return (f"edition:{self.pin.number}", f"edition:{self.live}") if self.live else None


def list_stale_periods() -> QuerySet[LivePeriod]:
    """What is live although its source moved on, stale for longest first."""
    return (
        LivePeriod.objects.filter(ended_at=None, source_moved_at__isnull=False)
        .select_related("document__standing", "edition")
        .order_by("source_moved_at", "pk")
    )


def describe_stale(periods: Iterable[LivePeriod]) -> list[Staleness]:
    """What a translator has to know of those among these that are stale. One query."""
    stale = [period for period in periods if period.source_moved_at]
    sources = _index_sources({period.document.slug for period in stale}) if stale else {}
    return [_describe(period, sources) for period in stale]


def _describe(period: LivePeriod, sources: dict[tuple[str, ...], Any]) -> Staleness:
    pin, document = get_pin(period.edition), period.document
    assert pin is not None  # noqa: S101 - what is stale translates something
    assert period.source_moved_at is not None  # noqa: S101
    source = sources[document.kind, document.slug, pin.locale]
    return Staleness(
        document=document,
        edition=period.edition.number,
        pin=pin,
        source=source,
        live=source.live_number,
        since=period.source_moved_at,
        is_gone=period.source_withdrawn_at is not None,
    )


def _index_sources(slugs: set[str]) -> dict[tuple[str, ...], Any]:
    """All documents with these slugs by address, with the numbers of their live editions."""
    live = LivePeriod.objects.filter(document=OuterRef("pk"), ended_at=None)
    number = Subquery(live.values("edition__number")[:1])
    documents = Document.objects.filter(slug__in=slugs).annotate(live_number=number)
    return {(row.kind, row.slug, row.locale): row for row in documents}
