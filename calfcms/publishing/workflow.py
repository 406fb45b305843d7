"""Where a document stands, and what its reviewers may carry. Pure arithmetic over digests."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from calfcms.publishing.problem import Problem


class State(StrEnum):
    """The state of a draft. Never stored: it follows from the digests."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"


def get_state(
    *, digest: str, live: str | None, submitted: Collection[str], decision: str | None
) -> State:
    """The state of the draft with this digest.

    `live` is the content digest of the live edition, None where nothing signed is live; `submitted`
    all digests ever submitted, `decision` what the reviewer whose signature is needed last said of
    this digest, if anything.
    """
    if digest == live:
        return State.PUBLISHED
    if digest not in submitted:
        return State.DRAFT
    if decision is None:
        return State.IN_REVIEW
    return State(decision)


def list_reviewer_problems(
    *, valid_until: date | None, specialties: Sequence[str], needed: Sequence[str], on: date
) -> list[Problem]:
    """Why these credentials do not carry a clinical signature on that day.

    `valid_until` None means that there is no reviewer profile at all. Content that names no
    specialty may be signed in any.
    """
    if valid_until is None:
        return [
            Problem(
                "reviewer_without_profile",
                "There is no reviewer profile for the signer.",
                "Record name, credentials and registration before a clinical sign-off.",
            )
        ]
    problems = []
    if valid_until < on:
        problems.append(
            Problem(
                "credentials_expired",
                f"The reviewer's credentials ran out on {valid_until.isoformat()}.",
                "Renew the registration in the reviewer profile, or ask another reviewer.",
            )
        )
    if needed and not set(needed) & set(specialties):
        problems.append(
            Problem(
                "credentials_do_not_cover",
                f"This content needs a reviewer for {', '.join(needed)}.",
                "Ask a reviewer of that specialty.",
                "/specialties",
            )
        )
    return problems
