"""When a draft may go out unsigned, and until when at most."""

from datetime import datetime, timedelta

from django.conf import settings

from calfcms.publishing.candidate import Candidate, list_candidate_problems
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Library, list_content_problems
from calfcms.publishing.models import BreakGlass, Document, Edition
from calfcms.publishing.policy import Decision
from calfcms.publishing.problem import Problem
from calfcms.publishing.selectors import (
    get_break_glass,
    get_decision,
    get_live_edition,
    is_recalled,
)


def get_latest_deadline(document: Document, *, at: datetime) -> datetime:
    """The latest moment by which an edition that goes out unsigned now must be signed.

    Where an unsigned edition is live already its deadline stands: a second one gains no time.
    """
    latest = at + timedelta(hours=settings.BREAK_GLASS_MAX_HOURS)
    pending = get_break_glass(get_live_edition(document))
    return min(latest, pending.deadline_at) if pending else latest


def get_previous(candidate: Candidate) -> Edition | None:
    """The signed edition that takes over again at the deadline; None where there is none."""
    glass = get_break_glass(candidate.live)
    previous = glass.previous if glass else candidate.live
    return None if previous is None or is_recalled(previous) else previous


def list_emergency_problems(candidate: Candidate, library: Library) -> list[Problem]:
    """Every reason why this draft cannot even go out unsigned."""
    if candidate.live is None or get_previous(candidate) is None:
        return [_say_no_edition(candidate.document)]
    if candidate.live.content_digest == candidate.content_digest:
        return [_say_unchanged(candidate.live)]
    return [
        *_list_sign_off_problems(candidate, library),
        *_list_lapsed_problems(candidate),
        *list_content_problems(candidate.kind, candidate.content, library),
    ]


def list_request_problems(
    document: Document, *, reason: str, deadline_at: datetime, at: datetime
) -> list[Problem]:
    """What is wrong with the reason and the deadline."""
    problems = []
    if not reason.strip():
        problems.append(
            Problem(
                "reason_missing",
                "An emergency needs a reason.",
                "Say why this cannot wait for a signature; readers are shown it.",
                "/reason",
            )
        )
    latest = get_latest_deadline(document, at=at)
    if not at < deadline_at <= latest:
        problems.append(
            Problem(
                "deadline_out_of_range",
                f"{format_instant(deadline_at)} cannot be the deadline for the signature.",
                f"Choose a time after now and not after {format_instant(latest)}.",
                "/deadline_at",
            )
        )
    return problems


def _say_no_edition(document: Document) -> Problem:
    return Problem(
        "no_earlier_edition",
        f"Nothing of {document} is published that could take over at the deadline.",
        "A first edition, or one after a withdrawal, needs its signature.",
    )


def _say_unchanged(live: Edition) -> Problem:
    return Problem(
        "nothing_changed",
        f"Edition {live.number} of {live.document} says exactly this and is live.",
        "There is nothing to publish.",
    )


def _list_sign_off_problems(candidate: Candidate, library: Library) -> list[Problem]:
    if get_decision(candidate.sign_offs) == Decision.CHANGES_REQUESTED:
        return [
            Problem(
                "changes_requested",
                f"A reviewer asked for changes to exactly this draft of {candidate.document}.",
                "An emergency does not outvote a reviewer: make the changes first.",
            )
        ]
    if not list_candidate_problems(candidate, library):
        return [
            Problem(
                "signed_already",
                f"The draft of {candidate.document} has every signature that it needs.",
                "Publish it as usual.",
            )
        ]
    return []


def _list_lapsed_problems(candidate: Candidate) -> list[Problem]:
    earlier = BreakGlass.objects.filter(
        edition__document=candidate.document,
        edition__content_digest=candidate.content_digest,
        deadline_at__lte=candidate.at,
    )
    if not earlier.exists():
        return []
    return [
        Problem(
            "lapsed_already",
            f"Exactly this was published unsigned before, and nobody signed it in time: "
            f"{candidate.document}.",
            "Have it signed now; it does not get a second deadline.",
        )
    ]
