"""A document at a glance: where its draft stands, what readers get, and what can be done next."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from calfcms.publishing.admin.next_steps import Situation, Step, is_overdue, list_next_steps
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.stale_words import list_stale_links, say_stale
from calfcms.publishing.admin.state_words import describe_state, say_change_class
from calfcms.publishing.invitations import list_open_invitations
from calfcms.publishing.kinds import get_kind, list_content_problems
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import BreakGlass, Comment, Edition, Event, Schedule
from calfcms.publishing.problem import Problem
from calfcms.publishing.selectors import (
    EDITION_PUBLISHED,
    get_last_edition,
    get_live_edition,
)
from calfcms.publishing.staleness import Staleness, describe_stale, list_stale_periods
from calfcms.publishing.standings import get_standing

COMMENTS_SHOWN = 5


class OverviewPage(DocumentPage):
    """The first page of a document."""

    path = "overview"
    title = "Overview"
    template_name = "publishing/overview.html"

    def describe(self) -> dict[str, Any]:
        """Where it stands, what waits, and what this person can do."""
        now = timezone.now()
        standing: Any = get_standing(self.document)
        live = get_live_edition(self.document)
        content_problems = self._list_content_problems() if standing else []
        editors = self._list_editors()
        stale = self._find_stale()
        return {
            "standing": standing,
            "state": describe_state(standing) if standing else None,
            "change_class": say_change_class(standing.change_class) if standing else "",
            "live": live,
            "last": live or get_last_edition(self.document),
            "is_overdue": is_overdue(live, now.astimezone(UTC).date()),
            "extension": live.extensions.last() if live else None,
            "break_glass": self._find_break_glass(live),
            **self._describe_stale(stale),
            "content_problems": content_problems,
            "steps": self._list_steps(standing, live, len(content_problems), now, editors, stale),
            "editors": list(editors.values()),
            "schedules": self._list_schedules(),
            **self._describe_talk(now),
        }

    def _list_content_problems(self) -> list[Problem]:
        kind = get_kind(self.document.kind)
        content = kind.read_content(self.document)
        return list_content_problems(kind, content, LibraryOfEditions(pending=[content]))

    def _list_steps(
        self,
        standing: Any,
        live: Edition | None,
        problem_count: int,
        now: datetime,
        editors: dict[str, str],
        stale: Staleness | None,
    ) -> list[Step]:
        return list_next_steps(
            Situation(
                document=self.document,
                standing=standing,
                live=live,
                person=self.person,
                is_own_work=str(self.person.pk) in editors,
                problem_count=problem_count,
                on=now.astimezone(UTC).date(),
                is_stale=stale is not None,
            )
        )

    def _find_stale(self) -> Staleness | None:
        periods = list_stale_periods().filter(document=self.document)
        return next(iter(describe_stale(periods)), None)

    def _describe_stale(self, stale: Staleness | None) -> dict[str, Any]:
        if stale is None:
            return {}
        links = list_stale_links(stale, self.person)
        return {"stale": stale, "stale_words": say_stale(stale), "stale_links": links}

    @staticmethod
    def _find_break_glass(live: Edition | None) -> BreakGlass | None:
        if live is None:
            return None
        return BreakGlass.objects.filter(edition=live).select_related("broken_by").first()

    def _list_editors(self) -> dict[str, str]:
        """Who saved the draft since the last edition: id to name, the last to save it first."""
        events = Event.objects.filter(document_id=self.document.pk)
        published = events.filter(action=EDITION_PUBLISHED).order_by("-seq").first()
        saved = events.filter(action="draft.saved", seq__gt=published.seq if published else 0)
        people: dict[str, str] = {}
        for key, name in saved.order_by("-seq").values_list("actor_id", "actor"):
            people.setdefault(key, name)
        return people

    def _list_schedules(self) -> list[Schedule]:
        pending = Schedule.objects.filter(document=self.document, ended_at=None)
        return list(pending.select_related("requested_by"))

    def _describe_talk(self, now: datetime) -> dict[str, Any]:
        comments = Comment.objects.filter(document=self.document, resolved_at=None)
        may_read = self.person.has_perm("publishing.view_comment")
        may_ask = self.person.has_perm("publishing.view_invitation")
        return {
            "comment_count": comments.count() if may_read else 0,
            "comments": self._show(comments) if may_read else [],
            "invitations": list_open_invitations(self.document, at=now) if may_ask else [],
        }

    @staticmethod
    def _show(comments: QuerySet[Comment]) -> list[Comment]:
        newest = comments.select_related("written_by").order_by("-written_at")
        return list(newest[:COMMENTS_SHOWN])
