"""One recall: who still holds the edition, who was told when, and who has answered what."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from calfcms.publishing.models import Event, Recall
from calfcms.publishing.selectors import EDITION_RECALLED
from calfcms.syndication.holders import list_answers
from calfcms.syndication.models import Delivery


class AnswersPage(TemplateView):
    """For whoever may view recalls; the partners are for those who may see the ledger too."""

    template_name = "syndication/answers.html"
    http_method_names = ["get", "head", "options"]
    recall: Recall

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the recall, once it is clear that this person may read it."""
        if request.method == "POST" or not request.user.has_perm("publishing.view_recall"):
            raise PermissionDenied
        recalls = Recall.objects.select_related("document", "edition", "recalled_by")
        self.recall = get_object_or_404(recalls, pk=_read_key(kwargs["recall_id"]))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context, the recall, and its answers."""
        may_see = self.request.user.has_perm("syndication.view_holding")
        told = _list_told(self.recall) if may_see else {}
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": f"Recall: {self.recall.document.slug}, edition {self.recall.edition.number}",
            "recall": self.recall,
            "document": self.recall.document,
            "may_see_holders": may_see,
            "answers": [
                (answer, told.get(answer.holder.partner.pk))
                for answer in (list_answers(self.recall) if may_see else [])
            ],
        }


def _list_told(recall: Recall) -> Mapping[int, datetime]:
    """By partner: when a webhook of it first took the news."""
    events = Event.objects.filter(
        document_id=recall.document_id, action=EDITION_RECALLED, edition=recall.edition.number
    )
    occasions = [f"event:{seq}" for seq in events.values_list("seq", flat=True)]
    delivered = Delivery.objects.filter(occasion__in=occasions, delivered_at__isnull=False)
    first = delivered.values("endpoint__partner").annotate(told_at=Min("delivered_at"))
    return {row["endpoint__partner"]: row["told_at"] for row in first.order_by()}


def _read_key(key: str) -> uuid.UUID:
    try:
        return uuid.UUID(key)
    except ValueError:
        raise Http404("No such recall.") from None
