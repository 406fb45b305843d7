"""The first page of the admin: what waits for whoever looks, with real counts.

Apps above publishing add panels of their own (`add_panel`), so that imports point one way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from calfcms.publishing.work import (
    count_reviews_due,
    list_approved,
    list_broken_citations,
    list_changes_requested,
    list_live_unsigned,
    list_overdue,
    list_own_drafts,
    list_pending_schedules,
    list_waiting_for_sign_off,
    take_first,
)

SHOWN: Final = 8
"""Rows of each list; the count is of all."""
MONTHS_AHEAD: Final = 12


@dataclass(frozen=True)
class Row:
    """One thing to do: where it is, and what to know of it before opening it."""

    title: str
    url: str
    at: datetime | date | None = None
    facts: Sequence[str] = ()
    badges: Sequence[tuple[str, str]] = ()
    """Pairs of state (for the colour) and text."""


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


def describe_reviews_due(today: date) -> dict[str, Any]:
    """The bars of the chart: what is overdue, the months to come, and all that is later."""
    bars: list[dict[str, Any]] = [{"label": "Overdue", "number": 0, "is_overdue": True}]
    months = [_add_months(today.replace(day=1), ahead) for ahead in range(MONTHS_AHEAD)]
    bars += [{"label": f"{month:%b %Y}", "number": 0, "is_overdue": False} for month in months]
    bars.append({"label": "Later", "number": 0, "is_overdue": False})
    for month, number in count_reviews_due():
        bars[_find_bar(month, months)]["number"] += number
    highest = max(bar["number"] for bar in bars) or 1
    for bar in bars:
        bar["percent"] = round(100 * bar["number"] / highest)
    return {"bars": bars, "total": sum(bar["number"] for bar in bars)}


def _find_bar(month: date, months: Sequence[date]) -> int:
    if month < months[0]:
        return 0
    return months.index(month) + 1 if month in months else len(months) + 1


def _add_months(month: date, ahead: int) -> date:
    year, index = divmod(month.month - 1 + ahead, 12)
    return date(month.year + year, index + 1, 1)


def _link(name: str, document_id: Any) -> str:
    return reverse(f"admin:document_{name}", args=[document_id])


def _panel_of_standings(title: str, standings: QuerySet[Any], *, page: str, nothing: str) -> Panel:
    found = take_first(standings, SHOWN)
    rows = [
        Row(
            title=row.title,
            url=_link(page, row.document_id),
            at=row.submitted_at or row.saved_at,
            facts=[_name_kind(row.document), *([row.change_class] if row.change_class else [])],
            badges=_list_badges(row),
        )
        for row in found.rows
    ]
    return Panel(title, rows, found.total, nothing)


def _name_kind(document: Any) -> str:
    return f"{document.kind}, {document.locale}"


def _list_badges(row: Any) -> list[tuple[str, str]]:
    badges = [("safety", "safety content changed")] if row.is_safety_change else []
    if row.is_live_unsigned:
        badges.append(("safety", "live without a signature"))
    if row.broken_citations:
        badges.append(("overdue", f"{row.broken_citations} broken citations"))
    return badges


def _show_changes_requested(person: User, _now: datetime) -> Panel:
    return _panel_of_standings(
        "Changes requested",
        list_changes_requested(person),
        page="review",
        nothing="No reviewer waits for changes of yours.",
    )


def _show_own_drafts(person: User, _now: datetime) -> Panel:
    return _panel_of_standings(
        "My drafts",
        list_own_drafts(person),
        page="overview",
        nothing="You have no unfinished drafts.",
    )


def _show_waiting(person: User, now: datetime) -> Panel:
    panel = _panel_of_standings(
        "Waiting for my sign-off",
        list_waiting_for_sign_off(person),
        page="review",
        nothing="Nothing waits for your signature.",
    )
    rows = [replace(row, facts=[*row.facts, _say_age(row.at, now)]) for row in panel.rows]
    return replace(panel, rows=rows)


def _say_age(since: datetime | date | None, now: datetime) -> str:
    days = (now - since).days if isinstance(since, datetime) else 0
    return f"waiting {days} day{'s' * (days != 1)}" if days > 0 else "waiting since today"


def _show_approved(_person: User, _now: datetime) -> Panel:
    return _panel_of_standings(
        "Approved, ready to publish",
        list_approved(),
        page="publish",
        nothing="Nothing is ready to be published.",
    )


def _show_unsigned(_person: User, _now: datetime) -> Panel:
    return _panel_of_standings(
        "Live without a signature",
        list_live_unsigned(),
        page="publish",
        nothing="Everything that is live is signed.",
    )


def _show_scheduled(_person: User, _now: datetime) -> Panel:
    found = take_first(list_pending_schedules(), SHOWN)
    rows = [
        Row(
            title=f"{schedule.get_verb_display()} {schedule.document.slug}",
            url=_link("publish", schedule.document_id),
            at=schedule.due_at,
            facts=[_name_kind(schedule.document)],
        )
        for schedule in found.rows
    ]
    return Panel("Scheduled", rows, found.total, "Nothing is scheduled.")


def _show_overdue(_person: User, now: datetime) -> Panel:
    found = take_first(list_overdue(now.date()), SHOWN)
    rows = [
        Row(
            title=f"{period.document.slug}, edition {period.edition.number}",
            url=_link("overview", period.document_id),
            at=period.edition.next_review_due_on,
            facts=[_name_kind(period.document)],
            badges=[("overdue", "review overdue")],
        )
        for period in found.rows
    ]
    return Panel("Reviews overdue", rows, found.total, "No review is overdue.")


def _show_broken_citations(_person: User, _now: datetime) -> Panel:
    return _panel_of_standings(
        "Broken citations",
        list_broken_citations(),
        page="overview",
        nothing="Every citation has its reference.",
    )


add_panel("publishing.sign_off", _show_waiting)
add_panel("publishing.submit", _show_changes_requested)
add_panel("publishing.edit_draft", _show_own_drafts)
add_panel("publishing.publish", _show_unsigned)
add_panel("publishing.publish", _show_approved)
add_panel("publishing.publish", _show_scheduled)
add_panel("publishing.view_document", _show_overdue)
add_panel("publishing.view_document", _show_broken_citations)
