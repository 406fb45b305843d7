"""The rows of an edition's past as the members of an evidence pack."""

from datetime import date
from typing import Any

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import BreakGlass, Edition, ReviewExtension, SignOff
from calfcms.publishing.naming import name_person


def describe_edition(edition: Edition) -> dict[str, Any]:
    """Its number, digests, change and dates."""
    return {
        "number": edition.number,
        "digest": edition.digest,
        "content_digest": edition.content_digest,
        "change": {"class": edition.change_class, "note": edition.change_note},
        "published_at": format_instant(edition.published_at),
        "published_by": name_person(edition.published_by),
        "last_reviewed": edition.last_reviewed_on.isoformat(),
        "next_review_due": edition.next_review_due_on.isoformat(),
    }


def describe_sign_off(row: SignOff) -> dict[str, Any]:
    """Who decided what, entitled how on that day."""
    return {
        "role": row.role,
        "decision": row.decision,
        "signed_at": format_instant(row.signed_at),
        "reviewer": {
            "name": row.reviewer_name,
            "credentials": row.reviewer_credentials,
            "registration": row.reviewer_registration,
            "specialties": row.reviewer_specialties,
            "valid_until": _write_date(row.reviewer_valid_until),
        },
        "conflicts_of_interest": row.conflicts_of_interest,
        "checked_references": row.checked_references,
        "comment": row.comment,
    }


def describe_break_glass(row: BreakGlass | None) -> dict[str, Any] | None:
    """Why it went out unsigned; None where it did not."""
    if row is None:
        return None
    return {
        "reason": row.reason,
        "broken_at": format_instant(row.broken_at),
        "deadline_at": format_instant(row.deadline_at),
    }


def describe_extension(row: ReviewExtension) -> dict[str, Any]:
    """A clinician's word that it may stay."""
    return {
        "until": row.until.isoformat(),
        "reason": row.reason,
        "reviewer": {
            "name": row.reviewer_name,
            "credentials": row.reviewer_credentials,
            "registration": row.reviewer_registration,
        },
        "extended_at": format_instant(row.extended_at),
    }


def _write_date(day: date | None) -> str | None:
    return day.isoformat() if day else None
