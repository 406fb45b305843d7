"""One key: what it opens, and how it is replaced or revoked."""

from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.admin.pages.form_fields import read_text, read_whole_number
from calfcms.publishing.problem import refuse
from calfcms.syndication.actions.replace_key import replace_key
from calfcms.syndication.actions.revoke_key import revoke_key
from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.admin.pages.keys import KeysPage
from calfcms.syndication.admin.pages.new_key import DEFAULT_EXPIRY, EXPIRIES, read_expiry
from calfcms.syndication.admin.secret import answer_with_secret
from calfcms.syndication.keys import get_key_state
from calfcms.syndication.models import Key
from calfcms.syndication.rights import list_scopes_to_give, may_revoke

DEFAULT_OVERLAP: Final = 14
MOST_OVERLAP: Final = 90
"""Days for which an old key may go on beside the new one."""


class KeyPage(PartnerPage):
    """For whoever may view keys; the forms are for those who may make and stop them."""

    path = "keys/<int:key_id>"
    title = "Key"
    right = "syndication.view_key"
    template_name = "syndication/key.html"
    in_navigation = False
    key: Key

    @classmethod
    def get_url_name(cls) -> str:
        """Apart from the list's."""
        return "partner_key"

    def find(self, **kwargs: Any) -> None:
        """The key, which must be this partner's."""
        keys = self.partner.keys.select_related("partner", "created_by", "revoked_by")
        key = keys.filter(pk=kwargs["key_id"]).first()
        if key is None:
            raise Http404("This partner has no such key.")
        self.key = key

    def act(self, request: HttpRequest) -> HttpResponse:
        """Replace it, or revoke it."""
        if request.POST.get("do") == "replace":
            return self._replace(request)
        return self._revoke(request)

    def describe(self) -> dict[str, Any]:
        """The key, its state, and what this person may do to it."""
        return {
            "key": self.key,
            "state": get_key_state(self.key, at=timezone.now()).value,
            "may_replace": self.partner.is_active and self._may_make_another(),
            "may_revoke": may_revoke(self.person, self.key.scopes),
            "expiries": EXPIRIES,
            "chosen_expiry": self.request.POST.get("days", DEFAULT_EXPIRY),
            "overlap": self.request.POST.get("overlap", DEFAULT_OVERLAP),
            "most_overlap": MOST_OVERLAP,
        }

    def _may_make_another(self) -> bool:
        return set(self.key.scopes) <= set(list_scopes_to_give(self.person))

    def _replace(self, request: HttpRequest) -> HttpResponse:
        if not self._may_make_another():
            raise PermissionDenied
        now = timezone.now()
        days = read_whole_number(request, "overlap", "days for which the old key goes on")
        made = replace_key(
            key=self.key,
            old_until=now + timedelta(days=min(days, MOST_OVERLAP)),
            expires_at=read_expiry(request, now),
            by=self.person,
            at=now,
        )
        return answer_with_secret(self, made)

    def _revoke(self, request: HttpRequest) -> HttpResponse:
        if not may_revoke(self.person, self.key.scopes):
            raise PermissionDenied
        if "sure" not in request.POST:
            raise refuse(
                "not_confirmed",
                "A revoked key cannot be brought back.",
                "Say in the form that you know.",
                "/sure",
            )
        reason = read_text(request, "reason")
        revoke_key(key=self.key, reason=reason, by=self.person, at=timezone.now())
        return self.done(f"Revoked: {self.key.name} opens nothing any more.", KeysPage)
