"""References in the admin: the list, their form, and the search of the editor's citation picker."""

from typing import Any, Final

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone

from calfcms.publishing.bundles import Outcome
from conditions.actions.check_reference import check_reference
from conditions.actions.save_reference import save_reference
from conditions.admin.check_filter import CheckFilter
from conditions.admin.reference_form import ReferenceForm
from conditions.admin.shared_rows import SharedRowAdmin
from conditions.citations import format_citation, list_identifiers
from conditions.draft import ReferenceDraft
from conditions.models import Reference
from conditions.reference_search import search_references
from conditions.shared_tables import REFERENCES

MAX_FOUND: Final = 20
CHECK: Final = "check"


@admin.register(Reference)
class ReferenceAdmin(SharedRowAdmin):
    """Every source that pages rest on."""

    table = REFERENCES
    row_form = ReferenceForm
    buttons = {CHECK: "I have checked this source today"}
    list_display = ("key", "citation", "checked_on", "checked_by")
    list_filter = (CheckFilter,)
    search_fields = ("key",)
    search_help_text = "Words of the title or the journal, names, year, DOI, key"

    def get_urls(self) -> list[URLPattern]:
        """The search, before Django's own."""
        search = path(
            "search/", self.admin_site.admin_view(self.search_view), name="reference_search"
        )
        return [search, *super().get_urls()]

    def search_view(self, request: HttpRequest) -> JsonResponse:
        """`{"items": [{"key", "citation", "checked_on"}]}` for `?q=`, the first twenty."""
        if not (
            self.has_view_permission(request) or request.user.has_perm("publishing.edit_draft")
        ):
            raise PermissionDenied
        found = search_references(request.GET.get("q", ""))[:MAX_FOUND]
        return JsonResponse({"items": [_describe(row) for row in found]})

    def get_search_results(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Reference],
        search_term: str,
    ) -> tuple[QuerySet[Reference], bool]:
        """The same search in the list."""
        if not search_term:
            return queryset, False
        return search_references(search_term).filter(pk__in=queryset.values("pk")), False

    @admin.display(description="Reference")
    def citation(self, row: Reference) -> str:
        """As readers see it."""
        return format_citation(row.csl)

    def save_row(self, draft: Any, by: User) -> None:
        """Save the reference."""
        save_reference(reference=draft, by=by, at=timezone.now())

    def act(self, verb: str, key: str, by: User) -> str:
        """Note that this person looked at the source today."""
        if verb != CHECK:
            return super().act(verb, key, by)
        outcome = check_reference(key=key, by=by, at=timezone.now())
        if outcome == Outcome.UNCHANGED:
            return f"You had already checked {key} today."
        return f"Noted: you checked {key} today."

    def describe(self, says: ReferenceDraft) -> str:
        """As readers see it."""
        return format_citation(says.csl.model_dump(mode="json"))

    def list_links(self, says: ReferenceDraft) -> list[tuple[str, str]]:
        """Where the source can be read."""
        return list_identifiers(says.csl.model_dump(mode="json"))


def _describe(row: Reference) -> dict[str, Any]:
    return {
        "key": row.key,
        "citation": format_citation(row.csl),
        "checked_on": row.checked_on and row.checked_on.isoformat(),
    }
