"""What a partner holds: the editions that its keys were sent."""

from typing import Any, Final

from calfcms.syndication.admin.pages.base import PartnerPage
from calfcms.syndication.holders import list_held_by

SHOWN: Final = 200


class HoldingsPage(PartnerPage):
    """What is shown there now as far as is known, the newest fetched first."""

    path = "holdings"
    title = "What it holds"
    right = "syndication.view_holding"
    template_name = "syndication/holdings.html"

    def describe(self) -> dict[str, Any]:
        """The newest edition of each document that each key was sent."""
        held = list_held_by(self.partner)
        return {"holdings": held[:SHOWN], "total": held.count(), "shown": SHOWN}
