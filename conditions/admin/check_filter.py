"""Which references wait for somebody to look whether the source still says so."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from conditions.models import Reference

A_YEAR: Final = timedelta(days=365)


class CheckFilter(admin.SimpleListFilter):
    """By when they were checked last."""

    title = "last check"
    parameter_name = "check"

    def lookups(self, *args: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """What can be chosen."""
        return [("due", "never, or over a year ago"), ("done", "within the last year")]

    def queryset(
        self,
        request: HttpRequest,  # noqa: ARG002
        queryset: QuerySet[Reference],
    ) -> QuerySet[Reference]:
        """The references for that choice."""
        is_recent = Q(checked_on__gte=timezone.now().date() - A_YEAR)
        if self.value() == "done":
            return queryset.filter(is_recent)
        if self.value() == "due":
            return queryset.filter(~is_recent | Q(checked_on=None))
        return queryset
