"""Which events of the audit log are told, as what, and to whom."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from calfcms.notices.kinds import Kind
from calfcms.notices.people import (
    list_editors_before,
    list_holders,
    list_people,
    list_submitters_before,
    merge,
)
from calfcms.publishing.models import Event


@dataclass(frozen=True)
class Occasion:
    """What an event is told as. `facts` are the members of its details that may be passed on."""

    kind: Kind
    list_recipients: Callable[[Event], list[User]]
    facts: Collection[str] = ()
    only_if: Callable[[Event], bool] = lambda _: True

    def read_facts(self, event: Event) -> dict[str, Any]:
        """The facts of this event."""
        details = {name: event.details[name] for name in self.facts if name in event.details}
        return details | ({"edition": event.edition} if event.edition else {})


def _list_possible_signers(event: Event) -> list[User]:
    """Who may sign off, but for those whom the rule of four eyes bars."""
    barred = {person.pk for person in list_editors_before(event)} | {int(event.actor_id)}
    return merge(list_holders("publishing.sign_off").exclude(pk__in=barred))


def _list_authors(event: Event) -> list[User]:
    return merge(list_submitters_before(event), list_editors_before(event))


def _list_requesters(event: Event) -> list[User]:
    return list_people([event.details.get("requested_by", event.actor_id)])


def _list_responsible(_event: Event) -> list[User]:
    return merge(
        list_holders("publishing.publish"),
        list_holders("publishing.sign_off"),
        list_holders("auth.change_user"),
    )


def _list_translators(event: Event) -> list[User]:
    """Whoever ever wrote the translation, as long as they may still write."""
    saved = Event.objects.filter(
        document_id=event.document_id, action="draft.saved", seq__lt=event.seq
    )
    keys = saved.values_list("actor_id", flat=True).distinct()
    return merge(list_holders("publishing.edit_draft").filter(pk__in=list(keys)))


def _list_answerers(_event: Event) -> list[User]:
    return merge(list_holders("publishing.answer_feedback"))


OCCASIONS = {
    "draft.submitted": Occasion(Kind.SUBMITTED, _list_possible_signers, ("change_class",)),
    "review.approved": Occasion(Kind.APPROVED, _list_authors),
    "review.changes_requested": Occasion(Kind.CHANGES_REQUESTED, _list_authors),
    "edition.published": Occasion(Kind.PUBLISHED, list_submitters_before),
    "translation.stale": Occasion(Kind.TRANSLATION_STALE, _list_translators, ("source",)),
    "schedule.failed": Occasion(Kind.SCHEDULE_FAILED, _list_requesters, ("verb", "due_at")),
    "edition.break_glass": Occasion(Kind.BREAK_GLASS, _list_responsible),
    "feedback.reported": Occasion(
        Kind.FEEDBACK,
        _list_answerers,
        ("feedback",),
        only_if=lambda event: event.details.get("severity") == "high",
    ),
}


def find_occasion(event: Event) -> Occasion | None:
    """What this event is told as; None for most."""
    occasion = OCCASIONS.get(event.action)
    return occasion if occasion and occasion.only_if(event) else None
