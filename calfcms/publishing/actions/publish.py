"""Publishing: freezing what was signed into an edition that readers get from then on."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.freeze import Terms, freeze
from calfcms.publishing.actions.locks import lock_documents
from calfcms.publishing.candidate import (
    Candidate,
    get_review_dates,
    list_candidate_problems,
    list_sign_off_members,
    read_candidate,
)
from calfcms.publishing.edition_json import build_review
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.models import Document, Edition
from calfcms.publishing.problem import Refused
from calfcms.publishing.rights import require_right


def publish(*, document: Document, by: User, at: datetime) -> Edition:
    """Publish what the draft says now, as its submission describes the change.

    Raises `Refused` with every reason why not; then nothing was written.
    """
    return publish_together(documents=[document], by=by, at=at)[0]


@transaction.atomic
def publish_together(*, documents: Sequence[Document], by: User, at: datetime) -> list[Edition]:
    """Publish several drafts in one step: all of them, or none.

    That is how pages that link to each other go live, or a red flag together with its rule.
    """
    require_right(by, "publish")
    candidates = [read_candidate(document, at=at) for document in lock_documents(documents)]
    library = LibraryOfEditions(pending=[candidate.content for candidate in candidates])
    problems = [
        problem
        for candidate in candidates
        for problem in list_candidate_problems(candidate, library)
    ]
    if problems:
        raise Refused(problems)
    return [freeze(candidate, library, _get_terms(candidate), by=by) for candidate in candidates]


def _get_terms(candidate: Candidate) -> Terms:
    last_reviewed_on, next_review_due_on = get_review_dates(candidate)
    return Terms(
        change_class=candidate.change_class,
        change_note=candidate.submission.note if candidate.submission else "",
        last_reviewed_on=last_reviewed_on,
        next_review_due_on=next_review_due_on,
        review=build_review(
            last_reviewed_on=last_reviewed_on,
            next_review_due_on=next_review_due_on,
            sign_offs=list_sign_off_members(candidate),
        ),
    )
