"""Where a notice leads: the page on which something can be done about it."""

from django.conf import settings
from django.urls import reverse

from calfcms.notices.kinds import Kind
from calfcms.notices.models import Notice

_PAGES = {
    Kind.SUBMITTED: "document_review",
    Kind.APPROVED: "document_overview",
    Kind.CHANGES_REQUESTED: "document_review",
    Kind.PUBLISHED: "document_overview",
    Kind.SCHEDULE_FAILED: "document_publish",
    Kind.BREAK_GLASS: "document_overview",
    Kind.TRANSLATION_STALE: "document_overview",
    Kind.REVIEW_DUE: "document_overview",
    Kind.REVIEW_OVERDUE: "document_overview",
}


def get_path(notice: Notice) -> str:
    """The path of the page."""
    if notice.kind == Kind.FEEDBACK and "feedback" in notice.facts:
        return reverse("admin:feedback_feedback_change", args=[notice.facts["feedback"]])
    page = _PAGES.get(Kind(notice.kind), "document_overview")
    return reverse(f"admin:{page}", args=[notice.document_id])


def get_choice_path() -> str:
    """The page on which people choose what is mailed to them."""
    return reverse("admin:notices_choice_changelist")


def make_absolute(path: str) -> str:
    """The address that works outside this site, as `SITE_URL` says."""
    return f"{settings.SITE_URL}{path}"
