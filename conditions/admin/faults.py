"""What is wrong with a draft that somebody is typing, in words that stand beside the field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calfcms.json_pointer import pointer_to
from conditions.text import SLUG_PATTERN

PART_LISTS: Final = ("sections", "causes", "red_flags", "faqs", "figures")

_PHRASES: Final = {
    "missing": "This is missing.",
    "enum": "Choose one of {expected}.",
    "literal_error": "Choose one of {expected}.",
    "int_type": "Write a whole number.",
    "greater_than_equal": "Write {ge} or more.",
    "less_than_equal": "Write {le} or less.",
    "bool_type": "Choose yes or no.",
    "extra_forbidden": "The server does not know this; reload the page.",
}


@dataclass(frozen=True)
class Fault:
    """Why a draft cannot be saved: what is wrong at the JSON pointer."""

    pointer: str
    message: str


def list_faults(error: ValidationError, data: dict[str, Any]) -> list[Fault]:
    """Every fault, once for each place."""
    repeated = list(_list_repeated_ids(data))
    found = [
        Fault(_point(details["loc"]), _say(details))
        for details in error.errors(include_url=False)
        if details["loc"] or not repeated
    ]
    return list({fault.pointer: fault for fault in [*repeated, *found]}.values())


def _point(loc: tuple[int | str, ...]) -> str:
    pointer = ""
    for step in loc:
        pointer = pointer_to(pointer, step)
    return pointer


def _say(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in ("string_type", "model_type") and details["input"] is None:
        return "Write something here."
    if kind == "string_pattern_mismatch":
        return _say_pattern(str(details["input"]), context["pattern"])
    if kind in _PHRASES:
        return _PHRASES[kind].format(**context)
    if "error" not in context:
        return f"{details['msg']}."
    words = str(context["error"])
    if words == "must not be empty":
        return "Write something here."
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _say_pattern(typed: str, pattern: str) -> str:
    if not typed:
        return "Write something here."
    if pattern == SLUG_PATTERN:
        return "Use lower-case letters, digits and single hyphens, such as chest-symptoms."
    return f"{typed} does not have the form that it must have here."


def _list_repeated_ids(data: dict[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in PART_LISTS:
        for part_id, pointer in _walk_ids(data.get(name), f"/{name}"):
            if part_id in seen:
                yield Fault(
                    pointer,
                    f"Another part of the page has the anchor {part_id} too: choose another.",
                )
            seen.add(part_id)


def _walk_ids(parts: Any, pointer: str) -> Iterator[tuple[str, str]]:
    for position, part in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            here = f"{pointer}/{position}"
            if isinstance(part.get("id"), str):
                yield part["id"], f"{here}/id"
            yield from _walk_ids(part.get("sections"), f"{here}/sections")
