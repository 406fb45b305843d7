"""The first page of the admin: what waits for whoever looks, with real counts.

Apps above publishing add panels of their own (`add_panel`), so that imports point one way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from calfcms.publishing.admin.reviews_due import describe_reviews_due

SHOWN: Final = 8
"""Rows of each list; the count is of all."""


@dataclass(frozen=True)
class Row:
    """One thing to do: where it is, and what to know of it before opening it."""

    title: str
    url: str
    at: datetime | date | None = None
    facts: Sequence[str] = ()
    badges: Sequence[tuple[str, str]] = ()
    """Pairs of state (for the colour) and text."""
    links: Sequence[tuple[str, str]] = ()
    """Further pages that help: pairs of address and text."""


@dataclass(frozen=True)
class Panel:
    """A list of work under a heading, with what to say when there is nothing."""

    title: str
    rows: Sequence[Row]
    total: int
    nothing: str


PanelOf = Callable[[User, datetime], Panel]

_panels: list[tuple[str, PanelOf]] = []


def add_panel(permission: str, panel_of: PanelOf) -> None:
    """Show this panel to everybody with that permission. Called once, when Django starts."""
    _panels.append((permission, panel_of))


def describe_home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the panels of whoever looks to the admin's first page."""
    person = request.user
    now = timezone.now()
    if not isinstance(person, User):
        return context
    panels = [panel_of(person, now) for right, panel_of in _panels if person.has_perm(right)]
    may_see = person.has_perm("publishing.view_document")
    reviews = describe_reviews_due(now.date()) if may_see else None
    return {**context, "panels": panels, "reviews": reviews}
