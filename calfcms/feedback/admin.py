"""The inbox of readers' messages in the admin: the list, and the page on which one is handled."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import Truncator

from calfcms.feedback.inbox_page import InboxPage
from calfcms.feedback.models import Feedback
from calfcms.publishing.admin.read_only import ReadOnlyAdmin


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    """What readers said, newest first."""

    list_display = (
        "said",
        "edition",
        "part",
        "kind",
        "severity",
        "owner",
        "received_at",
        "closed_at",
    )
    list_filter = ("kind", "severity", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("edition__document", "owner")
    search_fields = ("message", "edition__document__slug")
    ordering = ("-received_at",)

    @admin.display(description="Message")
    def said(self, feedback: Feedback) -> str:
        """How it begins."""
        return Truncator(feedback.message).chars(80) or "no message"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponseBase:
        """The message, and the forms that handle it."""
        return InboxPage.as_view()(request, feedback_id=object_id)
