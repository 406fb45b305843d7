"""Recalling an edition of a document, with a view of who holds it before it is done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from calfcms.publishing.actions.recall import recall
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_text, read_whole_number
from calfcms.publishing.admin.pages.publish import list_replacements
from calfcms.publishing.models import Edition, Severity
from calfcms.publishing.recalls import find_recall
from calfcms.publishing.selectors import get_live_edition
from calfcms.syndication.holders import Holder, list_holders_by_number

SEVERITIES = [
    (Severity.CRITICAL, "It could cost life or limb: to be taken down now."),
    (Severity.MAJOR, "It could do harm: to be taken down today."),
    (Severity.MINOR, "It is wrong, and unlikely to do harm."),
]


class RecallPage(DocumentPage):
    """For whoever may recall. Who holds what is for whoever may see the ledger."""

    path = "recall"
    title = "Recall"
    right = "recall"
    template_name = "syndication/recall.html"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Recall it, and go where the answers of partners come in."""
        made = recall(
            document=self.document,
            number=read_whole_number(request, "edition", "the edition"),
            severity=read_text(request, "severity"),
            reason=read_text(request, "reason"),
            replacement=read_text(request, "replacement"),
            by=self.person,
            at=timezone.now(),
        )
        messages.success(
            request, f"Edition {made.edition.number} is recalled. Partners are told at once."
        )
        return redirect(reverse("admin:publishing_recall_change", args=[made.pk]))

    def describe(self) -> dict[str, Any]:
        """The editions, each with who holds it, and what may be said of its recall."""
        live = get_live_edition(self.document)
        may_see = self.person.has_perm("syndication.view_holding")
        rows = self._list_rows(may_see)
        return {
            "rows": rows,
            "may_choose": any(find_recall(edition) is None for edition, _ in rows),
            "live": live,
            "may_see_holders": may_see,
            "severities": SEVERITIES,
            "replacements": list_replacements(self.document) if live else [],
            "chosen": read_text(self.request, "edition") or str(live.number if live else ""),
        }

    def _list_rows(self, may_see: bool) -> list[tuple[Edition, list[Holder]]]:
        held = list_holders_by_number(self.document) if may_see else {}
        editions = Edition.objects.filter(document=self.document).select_related("recall")
        return [
            (edition, held.get(edition.number, []))
            for edition in editions.defer("content").order_by("-number")
        ]
