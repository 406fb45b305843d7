"""Pages about conditions in the admin: the list, the editor, and what the editor asks."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from calfcms.publishing.models import Standing
from calfcms.publishing.naming import name_person
from calfcms.publishing.standings import list_standings
from calfcms.publishing.workflow import State
from conditions.admin.addresses import get_edit_url
from conditions.admin.editor import EditPage
from conditions.admin.endpoints import CheckView, PreviewView, SaveView
from conditions.admin.new_page import NewConditionPage
from conditions.admin.standing import STATES
from conditions.models import Condition


class ConditionList(ChangeList):
    """The list, with the standing of each draft on it read in one query."""

    may_edit = False

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Django's, once it is clear where the titles lead."""
        self.may_edit = request.user.has_perm("publishing.edit_draft")
        return super().get_queryset(request, exclude_parameters)

    def url_for_result(self, result: Any) -> str:
        """The editor for whoever may write, the overview for everybody else."""
        if self.may_edit:
            return get_edit_url(result.document)
        return reverse("admin:document_overview", args=[result.document_id])

    def get_results(self, request: HttpRequest) -> None:
        """The rows of this page, each with its standing."""
        super().get_results(request)
        rows: list[Any] = list(self.result_list)
        standings = list_standings().select_related("saved_by")
        found = {s.pk: s for s in standings.filter(pk__in=[row.document_id for row in rows])}
        for row in rows:
            row.standing = found.get(row.document_id)
        self.result_list = rows


@admin.register(Condition)
class ConditionAdmin(ModelAdmin):  # type: ignore[misc]
    """Every draft of a page. All writing is done by the editor, through actions."""

    list_display = ("title", "state", "slug", "locale", "saved")
    list_filter = ("document__locale", "topic_links__topic")
    list_select_related = ("document",)
    search_fields = ("title", "name", "document__slug")
    ordering = ("title",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Whoever may read drafts."""
        return request.user.has_perm("publishing.view_document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may write drafts."""
        return request.user.has_perm("publishing.edit_draft")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody, by Django's own forms."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody: drafts are discarded by an action."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The editor and its endpoints, before Django's own."""
        views: dict[str, tuple[str, Any]] = {
            "new/": ("new", NewConditionPage),
            "<uuid:document_id>/edit/": ("edit", EditPage),
            "<uuid:document_id>/save/": ("save", SaveView),
            "<uuid:document_id>/check/": ("check", CheckView),
            "<uuid:document_id>/preview/": ("preview", PreviewView),
        }
        own = [
            path(
                address,
                self.admin_site.admin_view(view.as_view()),
                name=f"conditions_condition_{name}",
            )
            for address, (name, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """A page is begun on a page of its own."""
        return redirect(reverse("admin:conditions_condition_new"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The editor for whoever may write, the overview for everybody else."""
        page = get_object_or_404(Condition.objects.select_related("document"), pk=object_id)
        if request.user.has_perm("publishing.edit_draft"):
            return redirect(get_edit_url(page.document))
        return redirect(reverse("admin:document_overview", args=[page.document_id]))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        """The list that knows standings."""
        return ConditionList

    @admin.display(description="Language", ordering="document__locale")
    def locale(self, row: Condition) -> str:
        """Its document's."""
        return row.document.locale

    @admin.display(description="Address", ordering="document__slug")
    def slug(self, row: Condition) -> str:
        """Its document's."""
        return row.document.slug

    @admin.display(description="State")
    def state(self, row: Any) -> str:
        """Where the draft stands."""
        if row.standing is None:
            return "–"
        label = STATES[State(row.standing.state)]
        return format_html(
            '<span class="desk-badge" data-state="{}">{}</span>', row.standing.state, label
        )

    @admin.display(description="Last saved")
    def saved(self, row: Any) -> str:
        """By whom and when."""
        standing: Standing | None = row.standing
        if standing is None:
            return "–"
        person = name_person(standing.saved_by)
        return f"{standing.saved_at:%-d %b %Y, %H:%M} by {person}"
