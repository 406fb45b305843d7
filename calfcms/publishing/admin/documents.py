"""Documents in the admin: the list, and under each document the pages about it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from calfcms.publishing.admin.pages import list_pages
from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.publishing.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Every document there is."""

    list_display = ("slug", "kind", "locale", "created_at", "created_by")
    list_filter = ("kind", "locale")
    list_select_related = ("created_by",)
    search_fields = ("slug",)

    def get_urls(self) -> list[URLPattern]:
        """The pages of a document, before Django's own."""
        pages = [
            path(
                f"<uuid:document_id>/{page.path}/",
                self.admin_site.admin_view(page.as_view()),
                name=page.get_url_name(),
            )
            for page in list_pages()
        ]
        return [*pages, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Its overview is the page of a document; there is no form to post."""
        if request.method == "POST":
            raise PermissionDenied
        return redirect(reverse("admin:document_overview", args=[object_id]))
