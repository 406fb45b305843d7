"""Adding a webhook, and the one time that its secret is shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.pages.event_choices import list_event_choices
from calfcms.syndication.admin.webhook_secret import answer_with_webhook_secret
from calfcms.syndication.models import EventType


class NewWebhookPage(PartnerPage):
    """A form; the secret that it makes is shown on the page that answers it, and never again."""

    path = "webhooks/new"
    title = "New webhook"
    right = "syndication.add_webhookendpoint"
    template_name = "syndication/new_webhook.html"
    in_navigation = False

    def act(self, request: HttpRequest) -> HttpResponse:
        """Add it."""
        endpoint = add_endpoint(
            partner=self.partner,
            url=read_text(request, "url"),
            event_types=request.POST.getlist("event_types"),
            by=self.person,
            at=timezone.now(),
        )
        return answer_with_webhook_secret(self, endpoint)

    def describe(self) -> dict[str, Any]:
        """The events, all of them chosen at first."""
        posted = self.request.method == "POST"
        chosen = self.request.POST.getlist("event_types") if posted else EventType.values
        return {"events": list_event_choices(chosen), "url": self.request.POST.get("url", "")}
