"""The times of a page: when each edition became what readers get, in every locale."""

from dataclasses import dataclass
from datetime import datetime

from calfcms.publishing.models import LivePeriod


@dataclass(frozen=True, slots=True)
class Time:
    """From when on an edition was what readers got."""

    locale: str
    number: int
    since: datetime
    is_live: bool
    """Whether it still is."""
    is_back: bool
    """Whether it was live before: it came back when the edition after it lapsed, for one."""


def list_times(*, kind: str, slug: str) -> list[Time]:
    """All times of the pages with that slug, oldest first. One query."""
    rows = (
        LivePeriod.objects.filter(document__kind=kind, document__slug=slug)
        .order_by("started_at", "pk")
        .values_list(
            "document__locale",
            "edition__number",
            "started_at",
            "ended_at",
            "edition__published_at",
        )
    )
    return [
        Time(locale, number, since, is_live=ended is None, is_back=since > published)
        for locale, number, since, ended, published in rows
    ]
