"""Editions that were called back: what may follow them, and how they are told of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Document, Edition, Recall, SignOff
from calfcms.publishing.policy import Decision
from calfcms.publishing.problem import Problem


def list_recalled_words_problems(
    document: Document, content_digest: str, sign_offs: Iterable[SignOff]
) -> list[Problem]:
    """Why exactly these words cannot go out again: they were called back, and nobody has signed
    them since. Signatures from before the recall did not know of it."""
    recalls = Recall.objects.filter(document=document, edition__content_digest=content_digest)
    last = recalls.select_related("edition").order_by("-recalled_at").first()
    if last is None or any(_approves_after(sign_off, last) for sign_off in sign_offs):
        return []
    return [
        Problem(
            "recalled_words",
            f"Edition {last.edition.number} said exactly this and was recalled at "
            f"{format_instant(last.recalled_at)}: {last.reason}",
            "Change the draft, or have exactly this signed again by somebody who knows of it.",
        )
    ]


def _approves_after(sign_off: SignOff, recall: Recall) -> bool:
    return sign_off.decision == Decision.APPROVED and sign_off.signed_at > recall.recalled_at


def find_recall(edition: Edition, *, as_of: datetime | None = None) -> Recall | None:
    """The recall of this edition, if there was one by then. It was read with the edition."""
    recall: Recall | None = getattr(edition, "recall", None)
    is_later = recall is not None and as_of is not None and recall.recalled_at > as_of
    return None if is_later else recall


def describe_recall(recall: Recall | None) -> dict[str, Any] | None:
    """The recall of an edition as JSON; None where there was none."""
    if recall is None:
        return None
    return {
        "id": str(recall.pk),
        "severity": recall.severity,
        "reason": recall.reason,
        "recalled_at": format_instant(recall.recalled_at),
    }
