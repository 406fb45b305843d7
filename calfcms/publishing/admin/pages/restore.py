"""Restoring: an old edition or revision becomes the draft, after a look at what that changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.actions.restore import restore
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.compare import ComparePage, UnknownSource
from calfcms.publishing.problem import Refused, refuse
from calfcms.publishing.sources import (
    DRAFT,
    EDITION,
    Source,
    compare_sources,
    get_revision,
    read_draft_for_page,
    read_source,
)


class RestorePage(UnknownSource, DocumentPage):
    """Asks whether the source in the address should become the draft."""

    path = "restore"
    title = "Restore"
    right = "edit_draft"
    in_navigation = False
    template_name = "publishing/restore.html"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Restore it, as a save like any other."""
        source = self._read_source(request.POST.get("source", ""))
        sort, _, number = source.name.partition(":")
        is_edition = sort == EDITION
        saved = restore(
            source=self.document.editions.get(number=number)
            if is_edition
            else get_revision(int(number)),
            document=self.document,
            by=self.person,
            at=timezone.now(),
        )
        if not saved.changed:
            return self.done(
                f"Nothing to do: the draft says what {source.title} says.", ComparePage
            )
        return self.done(f"{source.title} is the draft again. Nothing was published.", ComparePage)

    def describe(self) -> dict[str, Any]:
        """What the draft would say, against what it says now."""
        name = self.request.POST.get("source") or self.request.GET.get("source", "")
        try:
            source = self._read_source(name)
        except Refused as refused:
            return {"problems": refused.problems, "is_unknown": True}
        draft = self._read_draft()
        before = draft.content if draft else None
        return {
            "source": source,
            "draft": draft,
            "comparison": compare_sources(self.document, before, source.content),
        }

    def _read_source(self, name: str) -> Source:
        if name == DRAFT:
            raise refuse(
                "source_is_draft",
                "The draft cannot be restored: it is there.",
                "Choose an edition or a revision in the history.",
            )
        return read_source(self.document, name)

    def _read_draft(self) -> Source | None:
        try:
            return read_draft_for_page(self.document)
        except Refused:
            return None
