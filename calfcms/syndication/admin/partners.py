"""Partners in the admin: the list, a new one, and the pages under each."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.decorators import display

from calfcms.publishing.admin.read_only import ReadOnlyAdmin
from calfcms.syndication.admin.new_partner import NewPartnerPage
from calfcms.syndication.admin.pages import list_pages
from calfcms.syndication.models import Partner


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin):
    """Who shows our content elsewhere. Django's own list; writing is for actions alone."""

    list_display = ("name", "slug", "state", "keys_now", "last_used", "quota")
    list_filter = ("is_active",)
    search_fields = ("name", "slug", "contact_email")
    search_help_text = "A name, a short name, or an address for e-mail."
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Partner]:
        """With how many keys of each are good now, and when one was last used."""
        good = Q(keys__revoked_at=None) & (
            Q(keys__expires_at=None) | Q(keys__expires_at__gt=timezone.now())
        )
        partners: QuerySet[Partner] = super().get_queryset(request)
        return partners.annotate(
            _keys_now=Count("keys", filter=good), _last_used=Max("keys__last_used_at")
        )

    @display(description="state", label={"open": "success", "closed": "danger"})  # type: ignore[untyped-decorator]
    def state(self, partner: Partner) -> str:
        """Whether its keys open anything."""
        return "open" if partner.is_active else "closed"

    @admin.display(description="keys that work", ordering="_keys_now")
    def keys_now(self, partner: Any) -> int:
        """Those that are not revoked and have not expired; none where the partner is closed."""
        return int(partner._keys_now) if partner.is_active else 0

    @admin.display(description="last used (UTC)", ordering="_last_used", empty_value="never")
    def last_used(self, partner: Any) -> Any:
        """The hour in which any of its keys was used last."""
        return partner._last_used

    @admin.display(description="calls a minute", ordering="calls_per_minute", empty_value="usual")
    def quota(self, partner: Partner) -> int | None:
        """The quota of each key."""
        return partner.calls_per_minute

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may add partners, through the action."""
        return request.user.has_perm("syndication.add_partner")

    def get_urls(self) -> list[URLPattern]:
        """The pages under a partner, before Django's own."""
        pages = [
            path(
                f"<int:partner_id>/{page.path}/",
                self.admin_site.admin_view(page.as_view()),
                name=page.get_url_name(),
            )
            for page in list_pages()
        ]
        return [*pages, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponseBase:
        """A new partner."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return NewPartnerPage.as_view()(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Its pages."""
        return self._send_to_overview(request, object_id)

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """What was done to it is on its first page."""
        return self._send_to_overview(request, object_id)

    def _send_to_overview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            return redirect(reverse("admin:syndication_partner_changelist"))
        return redirect(reverse("admin:partner_overview", args=[object_id]))
