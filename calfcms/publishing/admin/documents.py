"""Documents in the admin: the list, and under each document the pages about it."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from calfcms.publishing.admin.pages import list_pages
from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.publishing.models import Document, Edition, LivePeriod
from calfcms.publishing.standings import list_standings
from calfcms.publishing.workflow import State


class StateFilter(admin.SimpleListFilter):
    """Documents by the state of their draft, and those whose draft was discarded."""

    title = "state"
    parameter_name = "state"

    def lookups(self, *args: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """The states, and none."""
        states = [(state.value, state.value.replace("_", " ")) for state in State]
        return [*states, ("discarded", "discarded")]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: Any,
    ) -> QuerySet[Document]:
        """Those documents."""
        if self.value() is None:
            found: QuerySet[Document] = queryset
        elif self.value() == "discarded":
            found = queryset.filter(standing=None)
        else:
            found = queryset.filter(state=self.value())
        return found


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """Every document there is, by title: where its draft stands and what readers get."""

    list_display = ("title", "slug", "kind", "locale", "draft", "live", "review_due")
    list_filter = (StateFilter, "kind", "locale")
    list_select_related = ("standing",)
    search_fields = ("slug", "standing__title")
    ordering = ("standing__title", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """With the state of each draft and the live edition, in the same query."""
        standing: Any = list_standings().filter(document=OuterRef("pk"))
        live = LivePeriod.objects.filter(document=OuterRef("pk"), ended_at=None)
        documents: QuerySet[Document] = super().get_queryset(request)
        return documents.annotate(
            state=Subquery(standing.values("state")[:1]),
            live_number=Subquery(live.values("edition__number")[:1]),
            stale_since=Subquery(live.values("source_moved_at")[:1]),
            translates=Subquery(live.values("edition__translates")[:1]),
            due_on=Subquery(live.values("edition__next_review_due_on")[:1]),
            was_published=Exists(Edition.objects.filter(document=OuterRef("pk"))),
        )

    @admin.display(description="Title", ordering="standing__title")
    def title(self, document: Document) -> str:
        """As its draft has it; the address where there is none."""
        standing = getattr(document, "standing", None)
        return standing.title if standing else document.slug

    @admin.display(description="Draft", ordering="state")
    def draft(self, document: Any) -> str:
        """Its state; a link to bring it back where it was discarded."""
        if document.state is None:
            url = reverse("admin:document_discard", args=[document.pk])
            return format_html('<a href="{}">discarded</a>', url)
        words = document.state.replace("_", " ")
        return format_html(
            '<span class="desk-badge" data-state="{}">{}</span>', document.state, words
        )

    @admin.display(description="Live", ordering="live_number")
    def live(self, document: Any) -> str:
        """The edition that readers get."""
        if document.live_number and document.stale_since:
            return format_html(
                'edition {}<br><span class="desk-badge" data-state="overdue">stale translation'
                "</span><br>of {}<br>since {}",
                document.live_number,
                document.translates,
                document.stale_since.date(),
            )
        if document.live_number:
            return f"edition {document.live_number}"
        return "withdrawn" if document.was_published else "never published"

    @admin.display(description="Review due", ordering="due_on")
    def review_due(self, document: Any) -> date | None:
        """The day of the live edition's next review."""
        due: date | None = document.due_on
        return due

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
