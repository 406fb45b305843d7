"""One delivery: the bytes that were sent, every attempt, and the button that sends it again."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from calfcms.syndication.actions.send_again import send_again
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.models import Delivery
from calfcms.syndication.webhooks.delivery_log import get_next_attempt, get_state
from calfcms.syndication.webhooks.endpoints import is_told


class WebhookDeliveryPage(PartnerPage):
    """For whoever may view webhooks; the button is for those who may change them."""

    path = "webhooks/<int:endpoint_id>/deliveries/<uuid:delivery_id>"
    title = "Delivery"
    right = "syndication.view_webhookendpoint"
    template_name = "syndication/webhook_delivery.html"
    in_navigation = False
    delivery: Delivery

    @classmethod
    def get_url_name(cls) -> str:
        """Short."""
        return "partner_webhook_delivery"

    def find(self, **kwargs: Any) -> None:
        """The delivery, which must be of this partner's endpoint."""
        deliveries = Delivery.objects.select_related("endpoint__partner", "document")
        delivery = deliveries.filter(
            pk=kwargs["delivery_id"],
            endpoint=kwargs["endpoint_id"],
            endpoint__partner=self.partner,
        ).first()
        if delivery is None:
            raise Http404("This webhook has no such delivery.")
        self.delivery = delivery

    def act(self, _request: HttpRequest) -> HttpResponse:
        """Send it again."""
        send_again(delivery=self.delivery, by=self.person, at=timezone.now())
        messages.success(self.request, "It is on its way again, under the same id.")
        return redirect(self.get_url(self.partner, self.delivery.endpoint_id, self.delivery.pk))

    def describe(self) -> dict[str, Any]:
        """The delivery and its attempts."""
        return {
            "delivery": self.delivery,
            "endpoint": self.delivery.endpoint,
            "state": get_state(self.delivery).value,
            "next_attempt_at": get_next_attempt(self.delivery),
            "body": json.dumps(json.loads(self.delivery.body), indent=2, ensure_ascii=False),
            "attempts": self.delivery.attempts.select_related("requested_by").order_by("-pk"),
            "may_send": is_told(self.delivery.endpoint)
            and self.person.has_perm("syndication.change_webhookendpoint"),
        }
