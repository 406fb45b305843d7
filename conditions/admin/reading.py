"""Reading what the editor's page sends: an object, a draft, each with words for what is wrong."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.http import HttpRequest
from pydantic import BaseModel, ValidationError

from calfcms.publishing.models import Document
from conditions.admin.edited import EditedKind
from conditions.admin.faults import Fault, list_faults

MAX_BODY: Final = 4 * 1024 * 1024  # bytes; a save sends two drafts
COMMENT_LENGTH: Final = 1_000


@dataclass(frozen=True)
class Unreadable(Exception):
    """What was sent cannot be read at all. Nothing was written."""

    status: int
    message: str
    hint: str


class Faulty(Exception):
    """The draft cannot be saved as it is, for every reason at its place."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.message for fault in faults))

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return {"errors": [asdict(fault) for fault in self.faults]}


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body. Raises `Unreadable`.

    It is read past Django's limit for forms: only people who may write drafts get this far.
    """
    raw = request.read(MAX_BODY + 1)
    if len(raw) > MAX_BODY:
        raise Unreadable(
            413,
            f"The page has become larger than {MAX_BODY // 1024 // 1024} MB and cannot be saved.",
            "Your text is kept in this browser. Move some of it to a page of its own.",
        )
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Unreadable(400, "The browser sent no JSON object.", "Reload the page and try again.")
    return body


def read_draft(value: Any, document: Document, edited: EditedKind) -> BaseModel:
    """The draft of this document that the page holds. Raises `Faulty` with every fault."""
    if not isinstance(value, dict):
        raise Unreadable(400, "The browser sent no draft.", "Reload the page and try again.")
    data = {**value, "slug": document.slug, "locale": document.locale}
    try:
        return edited.draft.model_validate(data)
    except ValidationError as error:
        raise Faulty(list_faults(error, data, id_groups=edited.id_groups)) from error


def read_base(value: Any, document: Document, edited: EditedKind) -> BaseModel:
    """The draft that the author started from: one that this server once gave out."""
    try:
        return read_draft(value, document, edited)
    except Faulty as faulty:
        raise Unreadable(
            400,
            "The browser does not say what you started from.",
            "Your text is kept in this browser. Reload the page; it offers to restore it.",
        ) from faulty


def read_comment(value: Any) -> str:
    """What the author says about the change; may be empty. Raises `Faulty`."""
    comment = value.strip() if isinstance(value, str) else ""
    if len(comment) > COMMENT_LENGTH or "\x00" in comment:
        message = f"Say it in {COMMENT_LENGTH} characters at most."
        raise Faulty([Fault("/comment", message)])
    return comment
