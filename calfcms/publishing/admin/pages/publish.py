"""Bringing a draft to its readers, now or later; withdrawing; emergencies; overdue reviews."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.admin.next_steps import is_overdue
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.publish_verbs import RIGHTS, VERBS
from calfcms.publishing.admin.state_words import describe_state
from calfcms.publishing.candidate import list_candidate_problems, read_candidate
from calfcms.publishing.emergency import get_latest_deadline, list_emergency_problems
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document, Edition, Verb
from calfcms.publishing.schedules import list_pending_schedules
from calfcms.publishing.selectors import get_live_edition, list_live_editions
from calfcms.publishing.standings import get_standing
from calfcms.publishing.work import list_approved

TOGETHER_SHOWN = 50


class PublishPage(DocumentPage):
    """Each part of it only for whoever has the right to use it."""

    path = "publish"
    title = "Publish"
    right = "publish"
    template_name = "publishing/publish.html"

    @classmethod
    def may_open(cls, user: Any) -> bool:
        """Anybody who can do something here."""
        return user.is_active and any(user.has_perm(f"publishing.{right}") for right in RIGHTS)

    def act(self, request: HttpRequest) -> HttpResponse:
        """Do what the button that was pressed says; 403 for whoever lacks its right."""
        verb = VERBS.get(request.POST.get("do", ""))
        if verb is None or (verb[0] and not self.person.has_perm(f"publishing.{verb[0]}")):
            raise PermissionDenied
        return self.done(verb[1](request, self.document, self.person, timezone.now()))

    def describe(self) -> dict[str, Any]:
        """Where it stands, what stands in the way, what is planned, and the forms."""
        now = timezone.now()
        standing, live = get_standing(self.document), get_live_edition(self.document)
        return {
            "now": now,
            "standing": standing,
            "state": describe_state(standing) if standing else None,
            "live": live,
            "is_overdue": is_overdue(live, now.astimezone(UTC).date()),
            "may": {right: self.person.has_perm(f"publishing.{right}") for right in RIGHTS},
            "schedules": self._list_schedules(),
            "done_to": self.request.POST.get("do", "") if self.refused else "",
            **self._describe_candidate(now, has_draft=standing is not None),
            **self._describe_choices(live, now),
        }

    def _describe_candidate(self, now: datetime, *, has_draft: bool) -> dict[str, Any]:
        if not has_draft:
            return {"candidate": None, "hindrances": [], "emergency_hindrances": []}
        candidate = read_candidate(self.document, at=now)
        library = LibraryOfEditions(pending=[candidate.content])
        return {
            "candidate": candidate,
            "hindrances": list_candidate_problems(candidate, library),
            "emergency_hindrances": list_emergency_problems(candidate, library)
            if self.person.has_perm("publishing.break_glass")
            else [],
        }

    def _list_schedules(self) -> list[dict[str, Any]]:
        return [
            {
                "row": row,
                "may_cancel": row.verb != Verb.LAPSE
                and self.person.has_perm(f"publishing.{row.verb}"),
            }
            for row in list_pending_schedules(self.document)
        ]

    def _describe_choices(self, live: Edition | None, now: datetime) -> dict[str, Any]:
        return {
            "replacements": list_replacements(self.document) if live else [],
            "together": list(
                list_approved().exclude(document=self.document).order_by("title")[:TOGETHER_SHOWN]
            ),
            "max_hours": settings.BREAK_GLASS_MAX_HOURS,
            "latest_deadline": get_latest_deadline(self.document, at=now),
        }


def list_replacements(document: Document) -> list[dict[str, str]]:
    """The live documents of this kind, one for each slug: where readers could go instead."""
    others = list_live_editions(kind=document.kind).exclude(document=document)
    rows = others.order_by("document__slug").values_list(
        "document__slug", "document__standing__title"
    )
    return [{"slug": slug, "title": title or slug} for slug, title in dict(rows).items()]
