"""Remarks on a draft, on one part of it or on the whole."""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction

from calfcms.publishing.actions.events import record_event
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.kinds import Content, get_kind
from calfcms.publishing.models import Comment, Document, Event
from calfcms.publishing.parts import list_parts
from calfcms.publishing.problem import Problem, Refused
from calfcms.publishing.rights import require_right
from calfcms.publishing.sources import DRAFT, get_signed_base, read_source
from calfcms.publishing.writing import write_title

MAX_LENGTH: Final = 5_000
"""Characters of a comment."""


@transaction.atomic
def comment(
    *, document: Document, part: str, body: str, content_digest: str, by: User, at: datetime
) -> Comment:
    """Remark on a part, by its address (`red_flags/numb-hand`), a member (`summary`), or, with "",
    on the whole.

    `content_digest` is what was read; it may be an earlier wording of this document. Raises
    `Refused` when the right is missing, there is nothing in it, or the part or wording is unknown.
    """
    require_right(by, "comment")
    document = lock_document(document)
    draft = read_source(document, DRAFT)
    title = _find_title(document, draft.content, part) if part else ""
    problems = _list_body_problems(body) + _list_part_problems(part, title)
    if content_digest != draft.content_digest:
        problems += _list_digest_problems(document, content_digest)
    if problems:
        raise Refused(problems)
    written = Comment.objects.create(
        document=document,
        part=part,
        body=body.strip(),
        content_digest=content_digest,
        written_at=at,
        written_by=by,
    )
    record_event(
        action="comment.written",
        by=by,
        at=at,
        document=document,
        content_digest=content_digest,
        details={"comment": written.pk, "part": part, "about": title, "body": written.body},
    )
    return written


def _list_body_problems(body: str) -> list[Problem]:
    if not body.strip():
        return [
            Problem("comment_missing", "The comment is empty.", "Write what you think.", "/body")
        ]
    if len(body) > MAX_LENGTH:
        return [
            Problem(
                "comment_too_long",
                f"The comment has {len(body)} characters; {MAX_LENGTH} is the most.",
                "Say it shorter, or in several comments.",
                "/body",
            )
        ]
    return []


def _find_title(document: Document, draft: Content, part: str) -> str | None:
    """What the part is called in the draft, or in the edition before, if only there: a remark on
    what the draft leaves out. None where it is in neither."""
    base = get_signed_base(document)
    for content in (draft, base.read_content() if base else {}):
        if part in content:
            return write_title(part)
        found = list_parts(content, get_kind(document.kind).part_lists).get(part)
        if found:
            return found.label
    return None


def _list_part_problems(part: str, title: str | None) -> list[Problem]:
    if title is not None:
        return []
    return [
        Problem(
            "part_unknown",
            f"There is no part “{part[:80]}” in this document.",
            "Choose one of its parts, or comment on the whole.",
            "/part",
        )
    ]


def _list_digest_problems(document: Document, digest: str) -> list[Problem]:
    if Event.objects.filter(document_id=document.pk, content_digest=digest).exists():
        return []
    return [
        Problem(
            "wording_unknown",
            "This document never said what the comment is about.",
            "Open the page again, and comment on what it shows.",
        )
    ]
