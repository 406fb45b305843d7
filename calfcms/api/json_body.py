"""Reading a JSON body: an object in UTF-8, or a problem that says where it is wrong."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest

from calfcms.api.input_errors import InputError, guess_name
from calfcms.api.problems import ApiProblem
from calfcms.json_pointer import pointer_to

MAX_NAMED: Final = 20
"""Unknown members named in one answer; a body can hold a hundred thousand."""


def read_json_object(request: HttpRequest) -> dict[str, Any]:
    """The object in the body. Raises `ApiProblem`: 415 for other media types, 400 for bad JSON."""
    if request.content_type != "application/json":
        raise ApiProblem(
            415,
            "unsupported_media_type",
            f"The body is {request.content_type or 'of no type'}. Send JSON, with "
            "`Content-Type: application/json`.",
        )
    value = _parse(request.body)
    if not isinstance(value, dict):
        raise _refuse(f"The body is a JSON {_NAMES[type(value)]}. Send an object: {{…}}.")
    return value


def refuse_unknown_members(body: Mapping[str, Any], known: Sequence[str]) -> None:
    """Refuse members that the call does not take, naming each with the closest that it does."""
    errors = [
        InputError(
            pointer_to("", name[:80]),
            "unknown_member",
            f"There is no member '{name[:80]}'.{guess_name(name[:80], known)} "
            f"It takes {', '.join(known)}.",
        )
        for name in list(body)[:MAX_NAMED]
        if name not in known
    ]
    if errors:
        raise ApiProblem(
            400, "unknown_member", " ".join(error.detail for error in errors), errors=errors
        )


_NAMES = {
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def _parse(body: bytes) -> Any:
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_read_members, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise _refuse(f"Byte {error.start + 1} of the body is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise _refuse(
            f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except ValueError as error:  # Python refuses to read integers of thousands of digits
        raise _refuse("A number in the body is too long.") from error
    except RecursionError as error:
        raise _refuse("The body is nested too deeply.") from error
    _refuse_half_characters(body, value)
    return value


def _read_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            shown = name[:80].encode(errors="backslashreplace").decode()
            raise _refuse(f"The member '{shown}' is there more than once. Send it once.")
        members[name] = value
    return members


def _refuse_half_characters(body: bytes, value: Any) -> None:
    """Refuse escapes such as `\\ud800` alone: half a character, which no answer could repeat."""
    if b"\\u" not in body:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise _refuse("The body has an escape that is half a character (a surrogate).") from error


def _refuse_constant(name: str) -> Any:
    raise _refuse(f"{name} is not JSON.")


def _refuse(detail: str) -> ApiProblem:
    return ApiProblem(400, "malformed_json", detail)
