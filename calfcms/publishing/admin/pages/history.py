"""History: who did what to a document, when and why; any two wordings can be compared."""

from typing import Any

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.timeline import read_timeline


class HistoryPage(DocumentPage):
    """One timeline for everything that happened to a document."""

    path = "history"
    title = "History"
    right = "view_event"
    template_name = "publishing/history.html"

    def describe(self) -> dict[str, Any]:
        """The page of the timeline that the address asks for, and what was chosen to compare."""
        chosen = self.request.GET
        older_than = chosen.get("older_than", "")
        is_cursor = older_than.isascii() and older_than.isdecimal() and len(older_than) < 19
        timeline = read_timeline(self.document, before=int(older_than) if is_cursor else None)
        return {
            "timeline": timeline,
            "is_first_page": not is_cursor,
            "before": chosen.get("before", ""),
            "after": chosen.get("after", "draft"),
            "sources": {moment.source for moment in timeline.moments},
            "may_restore": self.person.has_perm("publishing.edit_draft"),
            "may_compare": self.person.has_perm("publishing.view_submission"),
        }
