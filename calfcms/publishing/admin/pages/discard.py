"""Discarding the draft of a document, and having it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from reversion.models import Revision

from calfcms.publishing.actions.discard_draft import (
    DRAFT_DISCARDED,
    discard_draft,
    get_last_revision_id,
)
from calfcms.publishing.actions.restore import restore
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.publishing.admin.pages.overview import OverviewPage
from calfcms.publishing.models import Event
from calfcms.publishing.problem import refuse
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.standings import get_standing


class DiscardPage(DocumentPage):
    """One page for both ways: a document either has a draft or had one. Everybody may read why."""

    right = "view_submission"  # unsigned words are for those who work on them
    path = "discard"
    title = "Discard the draft"
    template_name = "publishing/discard.html"
    in_navigation = False

    def describe(self) -> dict[str, Any]:
        """The draft that there is, or how it went."""
        discarded = Event.objects.filter(document_id=self.document.pk, action=DRAFT_DISCARDED)
        return {
            "standing": get_standing(self.document),
            "live": get_live_edition(self.document),
            "discarded": discarded.order_by("-seq").first(),
            "may_write": self._may_write(),
        }

    def act(self, request: HttpRequest) -> HttpResponse:
        """Discard, or recover."""
        if not self._may_write():
            raise PermissionDenied
        if request.POST.get("do") == "recover":
            return self._recover()
        reason = read_text(request, "reason")
        discard_draft(document=self.document, by=self.person, at=timezone.now(), reason=reason)
        return self.done("The draft is discarded. This page brings it back.")

    def _may_write(self) -> bool:
        return self.person.has_perm("publishing.edit_draft")

    def _recover(self) -> HttpResponse:
        if get_standing(self.document) is not None:
            raise refuse(
                "draft_there", "The document has a draft.", "There is nothing to bring back."
            )
        revision = Revision.objects.filter(pk=get_last_revision_id(self.document)).first()
        if revision is None:
            raise refuse(
                "no_revision",
                "The log names no revision that saved this draft.",
                "Restore an edition from the history instead.",
            )
        restore(source=revision, document=self.document, by=self.person, at=timezone.now())
        return self.done("The draft is back as it was last saved.", OverviewPage)
