"""A draft on its way to publication: what it says, who signed it, and what stands against it."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from calfcms.publishing.acceptances import (
    digest_list,
    is_carried,
    list_acceptable,
    list_acceptances,
)
from calfcms.publishing.digest import digest_of
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Content, Kind, Library, get_kind, list_content_problems
from calfcms.publishing.models import Document, Edition, SignOff, Submission
from calfcms.publishing.policy import (
    ChangeClass,
    Decision,
    Role,
    add_months,
    get_required_role,
    get_review_interval,
    is_class_too_low,
)
from calfcms.publishing.problem import Problem
from calfcms.publishing.recalls import list_recalled_words_problems
from calfcms.publishing.safety import is_safety_change
from calfcms.publishing.selectors import (
    get_break_glass,
    get_decision,
    get_last_edition,
    get_last_signed_edition,
    get_last_submission,
    get_live_edition,
    list_editors_of_unsigned,
    list_editors_since_live,
    list_sign_offs,
)
from calfcms.publishing.workflow import list_reviewer_problems


@dataclass(frozen=True)
class Candidate:
    """Everything that decides whether a draft may be published now."""

    document: Document
    kind: Kind
    content: Content
    content_digest: str
    at: datetime
    live: Edition | None
    last: Edition | None
    """The newest edition, signed or not: the next one's number follows from it."""
    signed: Edition | None
    """The newest signed edition: what the change is measured against."""
    is_live_unsigned: bool
    submission: Submission | None
    change_class: ChangeClass
    """The class that the submission states; clinical while there is none."""
    required_role: Role
    """Who must have signed."""
    sign_offs: tuple[SignOff, ...]
    """The last word of each reviewer in the role that the change needs."""
    editors: frozenset[str]
    is_safety_change: bool


def read_candidate(document: Document, *, at: datetime) -> Candidate:
    """Read a locked document's draft and all that bears on publishing it."""
    content = get_kind(document.kind).read_content(document)
    return _build_candidate(document, content, list_editors_since_live(document), at)


def read_unsigned_candidate(edition: Edition, *, at: datetime) -> Candidate:
    """Read what bears on signing an edition that went out unsigned, whatever the draft says now."""
    editors = list_editors_of_unsigned(edition)
    return _build_candidate(edition.document, edition.read_content(), editors, at)


def _build_candidate(
    document: Document, content: Content, editors: set[str], at: datetime
) -> Candidate:
    kind, digest = get_kind(document.kind), digest_of(content)
    live, signed = get_live_edition(document), get_last_signed_edition(document)
    submission = get_last_submission(document, digest)
    touches_safety = is_safety_change(kind, content, signed)
    change_class = ChangeClass(submission.change_class) if submission else ChangeClass.CLINICAL
    role = get_required_role(change_class, is_safety_change=touches_safety)
    return Candidate(
        document=document,
        kind=kind,
        content=content,
        content_digest=digest,
        at=at,
        live=live,
        last=get_last_edition(document),
        signed=signed,
        is_live_unsigned=get_break_glass(live) is not None if live else False,
        submission=submission,
        change_class=change_class,
        required_role=role,
        sign_offs=tuple(list_sign_offs(document, digest, role)),
        editors=frozenset(editors),
        is_safety_change=touches_safety,
    )


def list_candidate_problems(candidate: Candidate, library: Library) -> list[Problem]:
    """Every reason against publishing: the workflow's, the reviewers', the content's."""
    if unchanged := _list_unchanged_problems(candidate):
        return unchanged
    return [
        *_list_submission_problems(candidate),
        *list_signature_problems(candidate),
        *list_recalled_words_problems(
            candidate.document, candidate.content_digest, candidate.sign_offs
        ),
        *_leave_out_accepted(
            candidate, list_content_problems(candidate.kind, candidate.content, library)
        ),
    ]


def _leave_out_accepted(candidate: Candidate, problems: list[Problem]) -> list[Problem]:
    """The problems, but for those that a second clinician answers for, all of them in one list."""
    acceptable = list_acceptable(problems)
    if not acceptable:
        return problems
    digest = digest_list(candidate.content_digest, candidate.live, acceptable)
    is_accepted = any(
        is_carried(
            acceptance,
            editors=candidate.editors,
            sign_offs=candidate.sign_offs,
            specialties=candidate.content.get("specialties", []),
            at=candidate.at,
        )
        for acceptance in list_acceptances(candidate.document, digest)
    )
    return [one for one in problems if not one.is_acceptable] if is_accepted else problems


def _list_unchanged_problems(candidate: Candidate) -> list[Problem]:
    """One reason where the live edition says this already, unless it went out unsigned."""
    live = candidate.live
    if live is None or candidate.is_live_unsigned:
        return []
    if live.content_digest != candidate.content_digest:
        return []
    return [
        Problem(
            "nothing_changed",
            f"Edition {live.number} of {live.document} says exactly this and is live.",
            "There is nothing to publish. If somebody else published it just now, all is well.",
        )
    ]


def _list_submission_problems(candidate: Candidate) -> list[Problem]:
    if candidate.submission is None:
        return [
            Problem(
                "not_submitted",
                f"What the draft of {candidate.document} says now was never submitted.",
                "Submit it, and have exactly this signed.",
            )
        ]
    if candidate.signed is None and candidate.change_class != ChangeClass.CLINICAL:
        return [
            Problem(
                "first_edition_is_clinical",
                f"The first edition of {candidate.document} is submitted as "
                f"{candidate.change_class}."
                if candidate.last is None
                else f"No signed edition of {candidate.document} stands, and this is submitted as "
                f"{candidate.change_class}.",
                "Submit it as a clinical change: it has no reviewed content to build on.",
            )
        ]
    if is_class_too_low(candidate.change_class, is_safety_change=candidate.is_safety_change):
        return [
            Problem(
                "change_class_too_low",
                f"The change is submitted as {candidate.change_class} but touches "
                f"{' or '.join(candidate.kind.safety_members)}.",
                "Submit it as a clinical change or a correction, and have a clinician sign it.",
            )
        ]
    return []


def list_signature_problems(candidate: Candidate) -> list[Problem]:
    """Why the sign-offs of exactly this content do not carry its publication."""
    decision = get_decision(candidate.sign_offs)
    if decision is None:
        return [
            Problem(
                "sign_off_missing",
                f"Nobody has signed exactly what the draft of {candidate.document} says "
                f"({candidate.required_role} sign-off).",
                "Have it signed. A signature for an earlier wording does not count.",
            )
        ]
    if decision == Decision.CHANGES_REQUESTED:
        return [
            Problem(
                "changes_requested",
                f"A reviewer asked for changes to the draft of {candidate.document}.",
                "Make them and submit again, or ask that reviewer to approve it.",
            )
        ]
    return [
        problem
        for sign_off in candidate.sign_offs
        for problem in _list_signer_problems(candidate, sign_off)
    ]


def _list_signer_problems(candidate: Candidate, sign_off: SignOff) -> list[Problem]:
    problems = []
    if str(sign_off.signed_by_id) in candidate.editors:
        problems.append(
            Problem(
                "own_work",
                f"{sign_off.reviewer_name} signed it but also edited it since the last edition.",
                "Somebody who did not edit it must sign: four eyes, whoever they are.",
            )
        )
    if sign_off.role == Role.CLINICAL:
        problems += list_reviewer_problems(
            valid_until=sign_off.reviewer_valid_until,
            specialties=sign_off.reviewer_specialties,
            needed=candidate.content.get("specialties", []),
            on=candidate.at.astimezone(UTC).date(),
        )
    return problems


def get_review_dates(candidate: Candidate) -> tuple[date, date]:
    """The day of the last clinical review, and the day when the next one is due.

    Only a clinical change, reviewed and signed as such, moves the first.
    """
    content = candidate.content
    months = get_review_interval(content.get("risk_class"), content.get("review_interval_months"))
    if months is None:
        raise LookupError("Neither a risk class nor a review interval is set.")
    reviewed_on = _get_last_reviewed(candidate)
    return reviewed_on, add_months(reviewed_on, months)


def _get_last_reviewed(candidate: Candidate) -> date:
    if candidate.signed and candidate.change_class != ChangeClass.CLINICAL:
        return candidate.signed.last_reviewed_on
    return max(sign_off.signed_at for sign_off in candidate.sign_offs).astimezone(UTC).date()


def list_sign_off_members(candidate: Candidate) -> list[dict[str, Any]]:
    """The sign-offs as the edition shows them: those of this change, then the clinical ones that
    still stand behind an edition whose last change was no clinical one."""
    members = [_show_sign_off(sign_off) for sign_off in candidate.sign_offs]
    if candidate.signed is None or candidate.change_class == ChangeClass.CLINICAL:
        return members
    return members + _list_standing_clinical_sign_offs(candidate.signed)


def _list_standing_clinical_sign_offs(last: Edition) -> list[dict[str, Any]]:
    body = last.renditions.values_list("body", flat=True).get(format="json")
    sign_offs = json.loads(bytes(body))["review"]["sign_offs"]
    return [sign_off for sign_off in sign_offs if sign_off["role"] == Role.CLINICAL]


def _show_sign_off(sign_off: SignOff) -> dict[str, Any]:
    return {
        "role": sign_off.role,
        "reviewer": {
            "name": sign_off.reviewer_name,
            "credentials": sign_off.reviewer_credentials,
            "registration": sign_off.reviewer_registration,
        },
        "conflicts_of_interest": sign_off.conflicts_of_interest,
        "signed_at": format_instant(sign_off.signed_at),
        "content_digest": sign_off.content_digest,
    }
