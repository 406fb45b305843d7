"""The audit log in the admin: searched, and verified as a chain. For auditors; each look is logged.

Everybody else reads the events of a document on its history page.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from calfcms.publishing.actions.record_access import record_access
from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.publishing.models import Event
from calfcms.publishing.selectors import find_audit_break


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Every event of every document."""

    list_display = ("seq", "at", "actor", "action", "subject", "edition")
    list_filter = ("action", "at")
    search_fields = ("subject", "actor", "action", "content_digest", "details")
    search_help_text = "Who, what, which document, a digest, or words of the details."
    ordering = ("-seq",)
    show_full_result_count = False
    change_list_template = "publishing/audit_log.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Whoever may read the audit log."""
        return request.user.has_perm("publishing.read_audit")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same."""
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        """One more: the button that verifies the chain."""
        verify = path(
            "verify/", self.admin_site.admin_view(self.verify), name="publishing_event_verify"
        )
        return [verify, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """The list. A search is logged with its words, once done: it does not find itself."""
        response: HttpResponseBase = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse):
            response.render()
        if request.GET:
            record_access(
                what="searched",
                by=_get_person(request),
                at=timezone.now(),
                query=request.GET.urlencode()[:500],
            )
        return response

    def verify(self, request: HttpRequest) -> HttpResponse:
        """Walk the whole chain and say where it breaks, if it does."""
        if not self.has_view_permission(request) or request.method != "POST":
            raise PermissionDenied
        found = find_audit_break()
        record_access(
            what="verified",
            by=_get_person(request),
            at=timezone.now(),
            result=found.message if found else "whole",
        )
        if found:
            messages.error(
                request, f"The audit log is broken at event {found.seq}: {found.message}"
            )
        else:
            messages.success(
                request, "The audit log is whole: every event continues the one before."
            )
        return redirect(reverse("admin:publishing_event_changelist"))


def _get_person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
