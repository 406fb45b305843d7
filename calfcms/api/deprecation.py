"""Telling clients that a call will go away: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594).

A view that is to go gets a `Deprecation` as its `deprecation`; every answer of it says so from then
on, refusals included, and so does the OpenAPI document.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from calfcms.api.conditional import format_http_date


@dataclass(frozen=True)
class Deprecation:
    """Since when a call should not be used, when it goes, and where the way on is described."""

    since: datetime
    sunset: datetime
    """After this moment the call may be gone."""
    guide: str
    """The address of a page that says what to use instead."""
    successor: str = ""
    """The address that answers instead, where there is one."""

    def __post_init__(self) -> None:
        if self.sunset < self.since:
            raise ValueError("A call goes after it was deprecated, not before.")

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """What each answer says. `Link` is added to what an answer has already."""
        links = [f'<{self.guide}>; rel="deprecation"; type="text/html"']
        links += [f'<{self.successor}>; rel="successor-version"'] if self.successor else []
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": format_http_date(self.sunset),
            "Link": ", ".join(links),
        }


def add_deprecation(headers: MutableMapping[str, str], deprecation: Deprecation) -> None:
    """Say it in the headers of an answer."""
    for name, value in deprecation.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
