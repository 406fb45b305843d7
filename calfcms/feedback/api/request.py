"""What a reader sends, read strictly: nothing is dropped in silence."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calfcms.api.json_body import refuse_unknown_members
from calfcms.api.problems import ApiProblem, InputError
from calfcms.feedback.models import MESSAGE_LENGTH, PART_LENGTH, Kind

MEMBERS = ("kind", "message", "part", "edition")
MAX_EDITION = 2**31 - 1


@dataclass(frozen=True)
class FeedbackRequest:
    """The shape of a message, checked; edition and part are not yet held against the page."""

    kind: Kind
    edition: int
    message: str = ""
    part: str = ""


def read_request(body: Mapping[str, Any]) -> FeedbackRequest:
    """The message in a body. Raises `ApiProblem` with everything that is wrong with it."""
    refuse_unknown_members(body, MEMBERS)
    errors = [
        *_check_kind(body.get("kind")),
        *_check_edition(body.get("edition")),
        *_check_text(body.get("message"), "/message", MESSAGE_LENGTH),
        *_check_text(body.get("part"), "/part", PART_LENGTH),
    ]
    if errors:
        raise refuse_values(errors)
    return FeedbackRequest(
        kind=Kind(body["kind"]),
        edition=body["edition"],
        message=(body.get("message") or "").strip(),
        part=body.get("part") or "",
    )


def refuse_values(errors: list[InputError]) -> ApiProblem:
    """422, naming each wrong value."""
    return ApiProblem(
        422, "invalid_values", " ".join(error.detail for error in errors), errors=errors
    )


def _check_kind(value: Any) -> list[InputError]:
    if isinstance(value, str) and value in Kind.values:
        return []
    said = "`kind` is missing" if value is None else "`kind` is none of them"
    return [InputError("/kind", "invalid_kind", f"{said}: say {', '.join(Kind.values)}.")]


def _check_edition(value: Any) -> list[InputError]:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_EDITION:
        return []
    return [
        InputError(
            "/edition",
            "invalid_edition",
            "`edition` must be the number of the edition that was read: its member `edition`.",
        )
    ]


def _check_text(value: Any, pointer: str, length: int) -> list[InputError]:
    name = pointer.removeprefix("/")
    if value is None:
        return []
    if not isinstance(value, str):
        return [InputError(pointer, "not_text", f"`{name}` must be text.")]
    if len(value) > length:
        return [
            InputError(
                pointer,
                "too_long",
                f"`{name}` has {len(value)} characters; at most {length} are taken.",
            )
        ]
    if any(unicodedata.category(c) in ("Cc", "Cn") and c not in "\n\r\t" for c in value):
        return [InputError(pointer, "control_character", f"`{name}` holds a control character.")]
    return []
