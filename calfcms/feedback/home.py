"""Readers' messages on the first page of the admin."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from calfcms.feedback.models import Feedback
from calfcms.feedback.selectors import list_inbox, list_severe
from calfcms.publishing.admin.home import SHOWN, Panel, Row, add_panel
from calfcms.publishing.work import take_first


def register_panels() -> None:
    """Called once, from the app's `ready()`."""
    add_panel("feedback.view_feedback", _show_severe)
    add_panel("feedback.view_feedback", _show_inbox)


def _show_severe(_person: User, _now: datetime) -> Panel:
    nothing = "No error of high severity is open."
    return _show("Errors of high severity", list_severe(), nothing)


def _show_inbox(_person: User, _now: datetime) -> Panel:
    return _show("Feedback inbox", list_inbox(), "No message is open.")


def _show(title: str, messages: QuerySet[Feedback], nothing: str) -> Panel:
    found = take_first(messages, SHOWN)
    return Panel(title, [_build_row(one) for one in found.rows], found.total, nothing)


def _build_row(feedback: Feedback) -> Row:
    facts = [feedback.edition.document.slug, f"edition {feedback.edition.number}"]
    if feedback.owner:
        facts.append(f"with {feedback.owner.get_username()}")
    return Row(
        title=feedback.message[:80] or feedback.get_kind_display(),
        url=reverse("admin:feedback_feedback_change", args=[feedback.pk]),
        at=feedback.received_at,
        facts=facts,
        badges=[("safety", "high severity")] if feedback.severity == "high" else [],
    )
