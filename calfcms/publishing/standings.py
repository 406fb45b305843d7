"""Where all drafts stand, in one query: what lists of work are made of."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from calfcms.publishing.models import (
    BreakGlass,
    Document,
    LivePeriod,
    SignOff,
    Standing,
    Submission,
)
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.publishing.workflow import State


def get_standing(document: Document) -> Any | None:
    """Where this document's draft stands; None where it has no draft."""
    return list_standings().filter(document=document).first()


def list_standings() -> QuerySet[Any]:
    """Every draft: `Standing` rows with what their digests say about them.

    Each row has `state`, `required_role`; of the last submission of exactly this content
    `change_class`, `change_note`, `submitted_at` and `submitted_by_id` (None: never submitted); of
    the live edition `live_digest`, `live_number` and `is_live_unsigned`.
    """
    return (
        Standing.objects.select_related("document")
        .annotate(**_LIVE, **_SUBMISSION)
        .annotate(required_role=_REQUIRED_ROLE)
        .annotate(state=_STATE)
    )


_live = LivePeriod.objects.filter(document=OuterRef("document"), ended_at=None)
_LIVE = {
    "live_digest": Subquery(_live.values("edition__content_digest")[:1]),
    "live_number": Subquery(_live.values("edition__number")[:1]),
    "is_live_unsigned": Exists(
        BreakGlass.objects.filter(
            edition__live_periods__document=OuterRef("document"),
            edition__live_periods__ended_at=None,
        )
    ),
}

_submission = Submission.objects.filter(
    document=OuterRef("document"), content_digest=OuterRef("content_digest")
).order_by("-submitted_at", "-pk")
_SUBMISSION = {
    "change_class": Subquery(_submission.values("change_class")[:1]),
    "change_note": Subquery(_submission.values("note")[:1]),
    "submitted_at": Subquery(_submission.values("submitted_at")[:1]),
    "submitted_by_id": Subquery(_submission.values("submitted_by")[:1]),
}

# The same as `policy.get_required_role`; a test compares the two.
_REQUIRED_ROLE = Case(
    When(
        Q(is_safety_change=True) | Q(change_class=ChangeClass.CLINICAL.value),
        then=Value(Role.CLINICAL.value),
    ),
    default=Value(Role.EDITORIAL.value),
    output_field=CharField(),
)

_later_word = SignOff.objects.filter(
    document=OuterRef("document"),
    content_digest=OuterRef("content_digest"),
    role=OuterRef("role"),
    signed_by=OuterRef("signed_by"),
).filter(
    Q(signed_at__gt=OuterRef("signed_at"))
    | Q(signed_at=OuterRef("signed_at"), pk__gt=OuterRef("pk"))
)
_last_words = SignOff.objects.filter(
    document=OuterRef("document"),
    content_digest=OuterRef("content_digest"),
    role=OuterRef("required_role"),
).filter(~Exists(_later_word))

# The same as `workflow.get_state` with `selectors.get_decision`; a test compares the two.
_STATE = Case(
    When(
        content_digest=F("live_digest"), is_live_unsigned=False, then=Value(State.PUBLISHED.value)
    ),
    When(change_class=None, then=Value(State.DRAFT.value)),
    When(
        Exists(_last_words.filter(decision=Decision.CHANGES_REQUESTED.value)),
        then=Value(State.CHANGES_REQUESTED.value),
    ),
    When(
        Exists(_last_words.filter(decision=Decision.APPROVED.value)),
        then=Value(State.APPROVED.value),
    ),
    default=Value(State.IN_REVIEW.value),
    output_field=CharField(),
)
