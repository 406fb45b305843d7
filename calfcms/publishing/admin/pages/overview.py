"""A document at a glance: where its draft stands, what readers get, and what can be done next."""

from typing import Any

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.standings import get_standing


class OverviewPage(DocumentPage):
    """The first page of a document."""

    path = "overview"
    title = "Overview"
    template_name = "publishing/overview.html"

    def describe(self) -> dict[str, Any]:
        """Where it stands."""
        return {
            "standing": get_standing(self.document),
            "live": get_live_edition(self.document),
        }
