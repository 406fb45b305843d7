"""What is on the first page of the admin, for whom. Other apps add panels of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from calfcms.publishing.admin.home import SHOWN, Panel, PanelOf, Row, add_panel
from calfcms.publishing.admin.stale_words import list_stale_links, say_stale
from calfcms.publishing.schedules import list_pending_schedules
from calfcms.publishing.staleness import describe_stale, list_stale_periods
from calfcms.publishing.work import (
    list_approved,
    list_broken_citations,
    list_changes_requested,
    list_live_unsigned,
    list_overdue,
    list_own_drafts,
    list_waiting_for_sign_off,
    take_first,
)


def register_panels() -> None:
    """Called once, when the admin is loaded. The order is that of the page."""
    add_panel("publishing.sign_off", _show_waiting)
    add_panel(
        "publishing.submit",
        _show_drafts(
            "Changes requested",
            list_changes_requested,
            page="review",
            nothing="No reviewer waits for changes of yours.",
        ),
    )
    add_panel(
        "publishing.edit_draft",
        _show_drafts(
            "My drafts",
            list_own_drafts,
            page="overview",
            nothing="You have no unfinished drafts.",
        ),
    )
    add_panel(
        "publishing.publish",
        _show_drafts(
            "Live without a signature",
            lambda _person: list_live_unsigned(),
            page="publish",
            nothing="Everything that is live is signed.",
        ),
    )
    add_panel(
        "publishing.publish",
        _show_drafts(
            "Approved, ready to publish",
            lambda _person: list_approved(),
            page="publish",
            nothing="Nothing is ready to be published.",
        ),
    )
    add_panel("publishing.publish", _show_scheduled)
    add_panel("publishing.view_document", _show_overdue)
    add_panel("publishing.view_document", _show_stale)
    add_panel(
        "publishing.view_document",
        _show_drafts(
            "Broken citations",
            lambda _person: list_broken_citations(),
            page="overview",
            nothing="Every citation has its reference.",
        ),
    )


def _show_drafts(
    title: str, list_for: Callable[[User], QuerySet[Any]], *, page: str, nothing: str
) -> PanelOf:
    return lambda person, _now: _panel_of_standings(
        title, list_for(person), page=page, nothing=nothing
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
            title=_get_title(period.document),
            url=_link("overview", period.document_id),
            at=period.edition.next_review_due_on,
            facts=[_name_kind(period.document), f"edition {period.edition.number}"],
            badges=[("overdue", "review overdue")],
        )
        for period in found.rows
    ]
    return Panel("Reviews overdue", rows, found.total, "No review is overdue.")


def _show_stale(person: User, _now: datetime) -> Panel:
    found = take_first(list_stale_periods(), SHOWN)
    rows = [
        Row(
            title=_get_title(stale.document),
            url=_link("overview", stale.document.pk),
            at=stale.since,
            facts=[_name_kind(stale.document), say_stale(stale)],
            badges=[("overdue", "stale translation")],
            links=list_stale_links(stale, person),
        )
        for stale in describe_stale(found.rows)
    ]
    nothing = "Every translation says what its source says."
    return Panel("Stale translations", rows, found.total, nothing)


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


def _get_title(document: Any) -> str:
    standing = getattr(document, "standing", None)  # a discarded draft has none
    return str(standing.title if standing else document.slug)


def _name_kind(document: Any) -> str:
    return f"{document.kind}, {document.locale}"


def _list_badges(row: Any) -> list[tuple[str, str]]:
    badges = [("safety", "safety content changed")] if row.is_safety_change else []
    if row.is_live_unsigned:
        badges.append(("safety", "live without a signature"))
    if row.broken_citations:
        badges.append(("overdue", f"{row.broken_citations} broken citations"))
    return badges
