"""Recalls in the admin: the list, and for each who still holds the edition and who has answered."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.publishing.models import Recall
from calfcms.syndication.admin.answers_page import AnswersPage
from calfcms.syndication.holders import list_open_holdings


@admin.register(Recall)
class RecallAdmin(ReadOnlyAdmin):
    """Every recall there was, newest first."""

    list_display = ("document", "number", "severity", "reason", "recalled_at", "waiting")
    list_filter = ("severity",)
    list_select_related = ("document", "edition")
    search_fields = ("document__slug", "reason")
    ordering = ("-recalled_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recall]:
        """With how many partners may still show the edition."""
        holdings = list_open_holdings().filter(edition=OuterRef("edition")).order_by()
        partners = holdings.values("edition").annotate(n=Count("key__partner", distinct=True))
        recalls: QuerySet[Recall] = super().get_queryset(request)
        return recalls.annotate(_waiting=Subquery(partners.values("n")))

    @admin.display(description="edition", ordering="edition__number")
    def number(self, recall: Recall) -> int:
        """Which one."""
        return recall.edition.number

    @admin.display(description="partners that may show it still", ordering="_waiting")
    def waiting(self, recall: Any) -> int:
        """Those that hold it and have not said that it is gone."""
        return recall._waiting or 0

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponseBase:
        """The recall, and its answers."""
        return AnswersPage.as_view()(request, recall_id=object_id)
