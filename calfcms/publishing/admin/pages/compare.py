"""Comparing any two wordings of a document: drafts, editions, revisions."""

from typing import Any

from django.http import HttpResponse

from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Event, Standing
from calfcms.publishing.problem import Refused
from calfcms.publishing.sources import (
    DRAFT,
    DRAFT_SAVED,
    DRAFT_TITLE,
    Source,
    compare_sources,
    get_signed_base,
    read_draft_for_page,
    read_edition,
    read_source,
)

REVISIONS_OFFERED = 100
"""How many of the last revisions can be chosen here; older ones in the history."""


class UnknownSource:
    """For pages whose address names a wording: 404 where there is no such wording."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """The page, with the status that says so."""
        if context.get("is_unknown"):
            kwargs.setdefault("status", 404)
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]
        return response


class ComparePage(UnknownSource, DocumentPage):
    """Two wordings side by side: `?before=edition:2&after=draft`."""

    path = "compare"
    title = "Compare"
    right = "view_submission"
    template_name = "publishing/compare.html"

    def describe(self) -> dict[str, Any]:
        """What changed between the two that the address names; by default, in the draft."""
        try:
            before, after = self._read_both()
        except Refused as refused:
            return {
                "choices": self._list_choices([]),
                "problems": refused.problems,
                "is_unknown": True,
            }
        content = before.content if before else None
        return {
            "before": before,
            "after": after,
            "comparison": compare_sources(self.document, content, after.content),
            "effects": get_kind(self.document.kind).list_effects(content, after.content),
            "choices": self._list_choices([source for source in (before, after) if source]),
        }

    def _read_both(self) -> tuple[Source | None, Source]:
        before, after = self.request.GET.get("before"), self.request.GET.get("after")
        return self._read_before(before), self._read_after(after)

    def _read_before(self, name: str | None) -> Source | None:
        if name:
            return read_source(self.document, name)
        base = get_signed_base(self.document)
        return read_edition(base) if base else None

    def _read_after(self, name: str | None) -> Source:
        if name and name != DRAFT:
            return read_source(self.document, name)
        return read_draft_for_page(self.document)

    def _list_choices(self, chosen: list[Source]) -> list[tuple[str, str]]:
        has_draft = any(source.name == DRAFT for source in chosen) or self._has_draft()
        draft = [(DRAFT, DRAFT_TITLE)] if has_draft else []
        rows = self.document.editions.order_by("-number").values_list("number", "published_at")
        editions = [
            (f"edition:{number}", f"Edition {number}, published {at:%Y-%m-%d}")
            for number, at in rows
        ]
        choices = [*draft, *editions, *self._list_revisions()]
        known = {name for name, _ in choices}
        return choices + [(s.name, s.title) for s in chosen if s.name not in known]

    def _has_draft(self) -> bool:
        return Standing.objects.filter(document=self.document).exists()

    def _list_revisions(self) -> list[tuple[str, str]]:
        events = Event.objects.filter(document_id=self.document.pk, action=DRAFT_SAVED)
        return [
            (
                f"revision:{event.details['revision']}",
                f"Revision {event.details['revision']}, {event.at:%Y-%m-%d %H:%M}, {event.actor}",
            )
            for event in events.order_by("-seq")[:REVISIONS_OFFERED]
            if "revision" in event.details
        ]
