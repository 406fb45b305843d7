"""What is wrong with a draft that somebody is typing, in words that stand beside the field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calfcms.json_pointer import pointer_to
from conditions.text import SLUG_PATTERN

IdGroups = Sequence[Sequence[str]]
"""Lists of parts, as `sets.cases` where they lie in parts; those of one group share their ids."""

_PATTERNS: Final = {
    SLUG_PATTERN: "Use lower-case letters, digits and single hyphens, such as chest-symptoms.",
    r"^[a-z][a-z0-9_]*$": "Use lower-case letters, digits and underscores, such as chest_pain.",
}
_PHRASES: Final = {
    "missing": "This is missing.",
    "enum": "Choose one of {expected}.",
    "literal_error": "Choose one of {expected}.",
    "int_type": "Write a whole number.",
    "greater_than_equal": "Write {ge} or more.",
    "less_than_equal": "Write {le} or less.",
    "bool_type": "Choose yes or no.",
    "too_short": "Add at least {min_length}.",
    "extra_forbidden": "The server does not know this; reload the page.",
}


@dataclass(frozen=True)
class Fault:
    """Why a draft cannot be saved: what is wrong at the JSON pointer."""

    pointer: str
    message: str


def list_faults(
    error: ValidationError, data: dict[str, Any], *, id_groups: IdGroups = ()
) -> list[Fault]:
    """Every fault, once for each place."""
    repeated = list(_list_repeated_ids(data, id_groups))
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
    if kind in ("enum", "literal_error") and not details["input"]:
        return "Choose one."
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
    return _PATTERNS.get(pattern, f"{typed} does not have the form that it must have here.")


def _list_repeated_ids(data: dict[str, Any], id_groups: IdGroups) -> Iterator[Fault]:
    for group in id_groups:
        seen: set[str] = set()
        for path in group:
            for part_id, pointer in _walk_ids(data, path.split("."), ""):
                if part_id in seen:
                    yield Fault(
                        pointer,
                        f"Another part of the page has the anchor {part_id} too: choose another.",
                    )
                seen.add(part_id)


def _walk_ids(
    holder: Mapping[str, Any], steps: Sequence[str], pointer: str
) -> Iterator[tuple[str, str]]:
    name, *rest = steps
    parts = holder.get(name)
    for position, part in enumerate(parts if isinstance(parts, list) else []):
        if isinstance(part, dict):
            here = f"{pointer}/{name}/{position}"
            if not rest and isinstance(part.get("id"), str):
                yield part["id"], f"{here}/id"
            yield from _walk_ids(part, rest or ["sections"], here)
