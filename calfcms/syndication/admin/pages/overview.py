"""A partner at a glance: what it may do, and what was done; where it is closed and opened."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.publishing.models import Event
from calfcms.publishing.narration import narrate
from calfcms.syndication.actions.close_partner import close_partner, open_partner
from calfcms.syndication.actions.events import name_partner
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.keys import KeyState, get_key_state

SHOWN = 50


class OverviewPage(PartnerPage):
    """For everybody who may view partners; buttons for those who may change them."""

    path = "overview"
    title = "Overview"
    template_name = "syndication/overview.html"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Close it, or open it again."""
        at = timezone.now()
        if request.POST.get("do") == "open":
            open_partner(partner=self.partner, by=self.person, at=at)
            return self.done("Open again: keys that are not revoked and not expired work.")
        reason = read_text(request, "reason")
        close_partner(partner=self.partner, reason=reason, by=self.person, at=at)
        return self.done("Closed. None of its keys opens anything any more.")

    def describe(self) -> dict[str, Any]:
        """How many keys work, and the last events."""
        keys, now = list(self.partner.keys.all()), timezone.now()
        working = [key for key in keys if get_key_state(key, at=now) == KeyState.ACTIVE]
        used = [key.last_used_at for key in keys if key.last_used_at]
        subject = name_partner(self.partner)
        events = Event.objects.filter(document_id=None, subject=subject).order_by("-seq")[:SHOWN]
        return {
            "keys_working": len(working) if self.partner.is_active else 0,
            "last_used_at": max(used, default=None),
            "usual_quota": settings.KEY_CALLS_PER_MINUTE,
            "events": [(event, narrate(event)) for event in events],
            "may_change": self.person.has_perm("syndication.change_partner"),
        }
