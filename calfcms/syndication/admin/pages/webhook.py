"""One webhook: where it is, what it was told, and how it is changed, tried and stopped."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from calfcms.publishing.admin.pages.form_fields import read_text, read_whole_number
from calfcms.syndication.actions.disable_endpoint import disable_endpoint, enable_endpoint
from calfcms.syndication.actions.rotate_secret import rotate_secret
from calfcms.syndication.actions.save_endpoint import change_endpoint
from calfcms.syndication.actions.send_again import send_test
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.pages.event_choices import list_event_choices
from calfcms.syndication.admin.pages.webhooks import WebhooksPage
from calfcms.syndication.admin.webhook_secret import answer_with_webhook_secret
from calfcms.syndication.models import WebhookEndpoint
from calfcms.syndication.rights import require_right
from calfcms.syndication.webhooks.delivery_log import describe_log
from calfcms.syndication.webhooks.endpoints import get_health, is_told

OVERLAPS: Final = (("1", "1 day"), ("7", "7 days"), ("30", "30 days"), ("0", "not at all"))
"""Days for which the old secret signs beside the new one, as the form offers them."""


class WebhookPage(PartnerPage):
    """For whoever may view webhooks; the forms are for those who may change them."""

    path = "webhooks/<int:endpoint_id>"
    title = "Webhook"
    right = "syndication.view_webhookendpoint"
    template_name = "syndication/webhook.html"
    in_navigation = False
    endpoint: WebhookEndpoint

    @classmethod
    def get_url_name(cls) -> str:
        """Apart from the list's."""
        return "partner_webhook"

    def find(self, **kwargs: Any) -> None:
        """The endpoint, which must be this partner's."""
        endpoints = self.partner.webhook_endpoints.select_related(
            "partner", "created_by", "disabled_by"
        )
        endpoint = endpoints.filter(pk=kwargs["endpoint_id"]).first()
        if endpoint is None:
            raise Http404("This partner has no such webhook.")
        self.endpoint = endpoint

    def act(self, request: HttpRequest) -> HttpResponse:
        """What the button says, for whoever may change webhooks."""
        require_right(self.person, "change_webhookendpoint")
        verbs: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            "rotate": self._rotate,
            "disable": self._disable,
            "enable": self._enable,
            "test": self._test,
        }
        return verbs.get(request.POST.get("do", ""), self._change)(request)

    def describe(self) -> dict[str, Any]:
        """The endpoint, its log, and what this person may do."""
        posted = self.request.POST if "url" in self.request.POST else None
        chosen = posted.getlist("event_types") if posted else self.endpoint.event_types
        now = timezone.now()
        return {
            "endpoint": self.endpoint,
            "health": get_health(self.endpoint).value,
            "is_told": is_told(self.endpoint),
            "has_two_secrets": len(self.endpoint.list_secrets(at=now)) == 2,
            "url": posted["url"] if posted else self.endpoint.url,
            "events": list_event_choices(chosen),
            "overlaps": OVERLAPS,
            "log": describe_log(self.endpoint, page=self.request.GET.get("page", "1")),
            "may_change": self.person.has_perm("syndication.change_webhookendpoint"),
        }

    def _change(self, request: HttpRequest) -> HttpResponse:
        change_endpoint(
            endpoint=self.endpoint,
            url=read_text(request, "url"),
            event_types=request.POST.getlist("event_types"),
            by=self.person,
            at=timezone.now(),
        )
        return self._done("Saved.")

    def _rotate(self, request: HttpRequest) -> HttpResponse:
        days = read_whole_number(request, "overlap", "days for which the old secret goes on")
        endpoint = rotate_secret(
            endpoint=self.endpoint,
            overlap=timedelta(days=min(max(days, -1), 1000)),
            by=self.person,
            at=timezone.now(),
        )
        return answer_with_webhook_secret(self, endpoint)

    def _disable(self, request: HttpRequest) -> HttpResponse:
        reason = read_text(request, "reason")
        disable_endpoint(endpoint=self.endpoint, reason=reason, by=self.person, at=timezone.now())
        return self.done("Disabled. Nothing is sent there any more.", WebhooksPage)

    def _enable(self, _request: HttpRequest) -> HttpResponse:
        enable_endpoint(endpoint=self.endpoint, by=self.person, at=timezone.now())
        return self._done("Enabled. It is told of what happens from now on.")

    def _test(self, _request: HttpRequest) -> HttpResponse:
        send_test(endpoint=self.endpoint, by=self.person, at=timezone.now())
        return self._done("A test is on its way: its line in the log says what became of it.")

    def _done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(self.get_url(self.partner, self.endpoint.pk))
