"""Making a key, and the one time that its secret is shown."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.make_key import MadeKey, make_key
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.secret import answer_with_secret
from calfcms.syndication.models import Scope
from calfcms.syndication.rights import list_scopes_to_give

EXPIRIES: Final = (("30", "30 days"), ("90", "90 days"), ("365", "1 year"), ("730", "2 years"))
"""Days that a key may be good for, as the forms offer them. Empty: it never expires."""
DEFAULT_EXPIRY: Final = "365"
SCOPE_HINTS: Final = {
    Scope.READ: "Published content, with the sections that are this partner's own.",
    Scope.TRIAGE: "Evaluations: findings in, urgency out.",
    Scope.PREVIEW: "Drafts, for who also has a preview link.",
    Scope.AUDIT: "The audit log and evidence packs: who did what. Only auditors give this.",
}


class NewKeyPage(PartnerPage):
    """A form; what it makes is shown on the page that answers it, and never again."""

    path = "keys/new"
    title = "New key"
    right = "syndication.view_key"
    template_name = "syndication/new_key.html"
    in_navigation = False
    made: MadeKey | None = None

    @classmethod
    def may_open(cls, user: Any) -> bool:
        """Whoever may give a key some scope."""
        return super().may_open(user) and bool(list_scopes_to_give(user))

    def act(self, request: HttpRequest) -> HttpResponse:
        """Make it."""
        now = timezone.now()
        made = make_key(
            partner=self.partner,
            name=read_text(request, "name"),
            scopes=request.POST.getlist("scopes"),
            expires_at=read_expiry(request, now),
            by=self.person,
            at=now,
        )
        return answer_with_secret(self, made)

    def describe(self) -> dict[str, Any]:
        """The scopes, of which each person may give some."""
        allowed = list_scopes_to_give(self.person)
        chosen = self.request.POST.getlist("scopes") or [Scope.READ]
        return {
            "scopes": [
                {"value": scope.value, "hint": hint, "may_give": scope in allowed}
                for scope, hint in SCOPE_HINTS.items()
            ],
            "chosen": [scope for scope in chosen if scope in allowed],
            "expiries": EXPIRIES,
            "chosen_expiry": self.request.POST.get("days", DEFAULT_EXPIRY),
        }


def read_expiry(request: HttpRequest, at: datetime) -> datetime | None:
    """When the key is to expire; None for never."""
    days = read_text(request, "days")
    if days == "":
        return None
    if days not in dict(EXPIRIES):
        raise refuse(
            "expiry_unknown",
            f"“{days[:20]}” is none of the times that a key may be good for.",
            "Choose one of the list.",
            "/days",
        )
    return at + timedelta(days=int(days))
