"""Memento (RFC 7089): the past of a page by `Accept-Datetime`, and links between its times.

A live address is its own TimeGate (pattern 1.2 of the RFC): it answers 200 with what was live then,
and `Content-Location` is the address of that.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from django.http import HttpRequest
from django.utils.http import parse_http_date

from calfcms.api.problems import ApiProblem
from calfcms.publishing.reading import Address
from calfcms.publishing.times import list_times

LINK_FORMAT: Final = "application/link-format"
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TIME: Final = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
PATTERN: Final = (
    rf"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] ({_MONTHS}) [1-9][0-9]{{3}} {_TIME} GMT"
)
_IMF_FIXDATE: Final = re.compile(PATTERN, re.ASCII)
EXAMPLE: Final = "Sat, 21 Nov 2026 09:30:00 GMT"


@dataclass(frozen=True, slots=True)
class Moment:
    """The time that a reader asks about."""

    as_of: datetime | None = None
    """None for now."""
    is_negotiated: bool = False
    """Whether `Accept-Datetime` said so, not the address."""

    @property
    def is_fixed(self) -> bool:
        """Whether the address names it."""
        return self.as_of is not None and not self.is_negotiated

    @property
    def is_memento(self) -> bool:
        """Whether the answer is to be the state of some time, be it the newest."""
        return self.is_negotiated or self.as_of is not None


NOW: Final = Moment()


def choose_moment(request: HttpRequest, as_of: datetime | None, *, at: datetime) -> Moment:
    """The time in the address, else that of `Accept-Datetime`, else now. May raise a 400.

    What has a time in its address is what was live then, whatever the header says.
    """
    if as_of is not None:
        return Moment(as_of)
    given = request.META.get("HTTP_ACCEPT_DATETIME")
    if given is None:
        return NOW
    asked = _read_http_date(given)
    return Moment(asked if asked < at else None, is_negotiated=True)


def _read_http_date(given: str) -> datetime:
    """The last moment of that second: an HTTP date is as long as the second that it names."""
    try:
        if not _IMF_FIXDATE.fullmatch(given):
            raise ValueError(given)
        second = datetime.fromtimestamp(parse_http_date(given), UTC)
    except ValueError:
        raise ApiProblem(
            400,
            "invalid_header",
            f"`Accept-Datetime: {given[:80]}` is not a date as HTTP writes it, such as {EXAMPLE}. "
            "For other forms there is the parameter `as_of`.",
        ) from None
    return second + timedelta(microseconds=999_999)


def find_first_moment(address: Address) -> datetime | None:
    """When a page came to be that was not there yet; None where it was, or never came to be."""
    starts = [
        time.since
        for time in list_times(kind=address.kind, slug=address.slug)
        if any(fnmatchcase(time.locale, locale) for locale in address.locales)
    ]
    first = min(starts, default=None)
    is_later = first is not None and address.as_of is not None and address.as_of < first
    return first if is_later else None


def get_original(path: str, slug: str, locale: str) -> str:
    """The address that always has what is live, of that kind's path."""
    return f"/api/v1/{path}/{slug}?locale={locale}"


@lru_cache(maxsize=4096)
def link_times(path: str, slug: str, locale: str, format_: str = "json") -> str:
    """The `Link` header from any time of a page to its original, TimeGate and TimeMap."""
    named = "" if format_ == "json" else f"&format={format_}"
    return (
        f'<{get_original(path, slug, locale)}{named}>; rel="original timegate", '
        f'</api/v1/{path}/{slug}/timemap?locale={locale}>; rel="timemap"; type="{LINK_FORMAT}"'
    )
