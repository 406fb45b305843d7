"""All webhooks of all partners in one list; each is managed under its partner."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from unfold.decorators import display

from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.syndication.models import WebhookEndpoint
from calfcms.syndication.webhooks.endpoints import get_health


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    """Where partners are told of changes, and how that is going."""

    list_display = ("receiver", "partner", "state", "told_of", "last_delivered", "failing_since")
    list_filter = (
        ("disabled_at", admin.EmptyFieldListFilter),
        ("failing_since", admin.EmptyFieldListFilter),
    )
    list_select_related = ("partner",)
    search_fields = ("url", "partner__name", "partner__slug")
    ordering = ("partner__name", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        """With when something last arrived at each."""
        endpoints: QuerySet[WebhookEndpoint] = super().get_queryset(request)
        return endpoints.annotate(_last_delivered=Max("deliveries__delivered_at"))

    @admin.display(description="address", ordering="url")
    def receiver(self, endpoint: WebhookEndpoint) -> str:
        """How it begins."""
        return endpoint.url[:80]

    @display(  # type: ignore[untyped-decorator]
        description="state",
        label={
            "working": "success",
            "failing": "warning",
            "disabled": "danger",
            "partner closed": "danger",
        },
    )
    def state(self, endpoint: WebhookEndpoint) -> str:
        """How it is doing."""
        return get_health(endpoint).value

    @admin.display(description="told of")
    def told_of(self, endpoint: WebhookEndpoint) -> str:
        """The events."""
        return ", ".join(endpoint.event_types)

    @admin.display(
        description="last delivered (UTC)", ordering="_last_delivered", empty_value="never"
    )
    def last_delivered(self, endpoint: Any) -> Any:
        """When something last arrived there."""
        return endpoint._last_delivered

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Its page under its partner."""
        return self._send_to_page(request, object_id)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """What was done to it is on the first page of its partner."""
        return self._send_to_page(request, object_id)

    def _send_to_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            return redirect(reverse("admin:syndication_webhookendpoint_changelist"))
        endpoint = get_object_or_404(WebhookEndpoint, pk=object_id)
        return redirect(reverse("admin:partner_webhook", args=[endpoint.partner_id, endpoint.pk]))
