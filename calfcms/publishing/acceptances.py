"""Problems that a second clinician may answer for, and who did.

The list is what is signed: its digest covers the draft, the live edition and every problem, so that
a signature is void as soon as any of them changes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from calfcms.publishing.digest import digest_of
from calfcms.publishing.models import Acceptance, Document, Edition, SignOff
from calfcms.publishing.problem import Problem
from calfcms.publishing.workflow import list_reviewer_problems


def list_acceptable(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that can be answered for."""
    return [problem for problem in problems if problem.is_acceptable]


def digest_list(content_digest: str, live: Edition | None, problems: Sequence[Problem]) -> str:
    """The digest of the list that is signed."""
    return digest_of(
        {
            "content_digest": content_digest,
            "live": live.digest if live else None,
            "problems": [[one.code, one.message, one.pointer] for one in problems],
        }
    )


def list_acceptances(document: Document, list_digest: str) -> list[Acceptance]:
    """Who answered for just this list, oldest first."""
    rows = Acceptance.objects.filter(document=document, list_digest=list_digest)
    return list(rows.order_by("accepted_at", "pk"))


def is_carried(
    acceptance: Acceptance,
    *,
    editors: Iterable[str],
    sign_offs: Iterable[SignOff],
    specialties: Sequence[str],
    at: datetime,
) -> bool:
    """Whether it was given by somebody who neither wrote nor signed it, with valid credentials."""
    by = acceptance.accepted_by_id
    return (
        str(by) not in editors
        and by not in {sign_off.signed_by_id for sign_off in sign_offs}
        and not list_reviewer_problems(
            valid_until=acceptance.reviewer_valid_until,
            specialties=acceptance.reviewer_specialties,
            needed=specialties,
            on=at.astimezone(UTC).date(),
        )
    )
