"""Recalls that partners have not answered, on the first page of the admin."""

from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse

from calfcms.publishing.admin.home import SHOWN, Panel, Row, add_panel
from calfcms.publishing.models import Recall, Severity
from calfcms.publishing.work import take_first
from calfcms.syndication.holders import list_open_recalls


def register_panels() -> None:
    """Called once, when the admin is loaded."""
    add_panel("syndication.view_holding", _show_open)


def _show_open(_person: User, _now: datetime) -> Panel:
    recalls = list_open_recalls().filter(severity=Severity.CRITICAL).order_by("recalled_at")
    found = take_first(recalls, SHOWN)
    return Panel(
        "Critical recalls that wait for partners",
        [_build_row(recall) for recall in found.rows],
        found.total,
        "No partner is known to show what was recalled as critical.",
    )


def _build_row(recall: Recall) -> Row:
    return Row(
        title=f"{recall.document.slug}, edition {recall.edition.number}",
        url=reverse("admin:publishing_recall_change", args=[recall.pk]),
        at=recall.recalled_at,
        facts=[recall.reason[:80]],
        badges=[("safety", "critical")],
    )
