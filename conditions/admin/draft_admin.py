"""Drafts of one kind in the admin: their list, the editor, and what the editor asks."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Standing
from calfcms.publishing.naming import name_person
from calfcms.publishing.standings import list_standings
from calfcms.publishing.workflow import State
from conditions.admin.edited import EditedKind
from conditions.admin.editor import EditPage
from conditions.admin.endpoints import CheckView, EditorEndpoint, SaveView
from conditions.admin.standing import STATES


class DraftList(ChangeList):
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


class DraftAdmin(ModelAdmin):  # type: ignore[misc]
    """Every draft of a kind. All writing is done by the editor, through actions."""

    edited: ClassVar[EditedKind]
    endpoints: ClassVar[dict[str, type[EditorEndpoint]]] = {}
    """What the kind's own script asks beside saving and checking, by the end of the address."""
    new_page: ClassVar[type[Any]]
    """Where a draft is begun."""
    list_display = ("title", "state", "slug", "locale", "saved")
    list_select_related = ("document",)
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
        views: dict[str, type[Any]] = {
            "edit": EditPage,
            "save": SaveView,
            "check": CheckView,
            **self.endpoints,
        }
        own = [
            self._name_url(f"<uuid:document_id>/{name}/", name, view.as_view(edited=self.edited))
            for name, view in views.items()
        ]
        new = self._name_url("new/", "new", self.new_page.as_view())
        return [new, *own, *super().get_urls()]

    def _name_url(self, address: str, name: str, view: Any) -> URLPattern:
        options = self.model._meta
        url: URLPattern = path(
            address,
            self.admin_site.admin_view(view),
            name=f"{options.app_label}_{options.model_name}_{name}",
        )
        return url

    def add_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """A draft is begun on a page of its own."""
        options = self.model._meta
        return redirect(reverse(f"admin:{options.app_label}_{options.model_name}_new"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The editor for whoever may write, the overview for everybody else."""
        row: Any = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if request.user.has_perm("publishing.edit_draft"):
            return redirect(get_edit_url(row.document))
        return redirect(reverse("admin:document_overview", args=[row.document_id]))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        """The list that knows standings."""
        return DraftList

    @admin.display(description="Language", ordering="document__locale")
    def locale(self, row: Any) -> str:
        """Its document's."""
        locale: str = row.document.locale
        return locale

    @admin.display(description="Address", ordering="document__slug")
    def slug(self, row: Any) -> str:
        """Its document's."""
        slug: str = row.document.slug
        return slug

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
