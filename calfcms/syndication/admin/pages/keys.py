"""The keys of a partner."""

from typing import Any

from django.utils import timezone

from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.keys import KeyState, get_key_state
from calfcms.syndication.rights import list_scopes_to_give


class KeysPage(PartnerPage):
    """A table: those that work first, then the newest."""

    path = "keys"
    title = "Keys"
    right = "syndication.view_key"
    template_name = "syndication/keys.html"

    def describe(self) -> dict[str, Any]:
        """The keys, each with its state."""
        now = timezone.now()
        keys = self.partner.keys.select_related("created_by", "revoked_by")
        rows = [(key, get_key_state(key, at=now).value) for key in keys]
        rows.sort(key=lambda row: row[1] != KeyState.ACTIVE)
        return {
            "keys": rows,
            "may_make": self.partner.is_active and bool(list_scopes_to_give(self.person)),
        }
