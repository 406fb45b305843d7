"""Pydantic's complaints about a bundle's data, in words that say what to do, with their lines."""

import difflib
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError
from calfcms.json_pointer import pointer_to

# Pydantic's error type → our message and hint. `{name}` is the key, `{got}` the value, and the
# rest comes from Pydantic's own context.
_PHRASES = {
    "missing": ("{name} is missing.", "Add `{key}: …` here."),
    "string_type": ("{name} must be text, not {got}.", "Put it in quotes: '{got}'."),
    "string_too_short": (
        "{name} is empty.",
        "Write something, or leave the whole entry out.",
    ),
    "string_too_long": (
        "{name} has more than {max_length} characters.",
        "Shorten it.",
    ),
    "enum": ("{name} cannot be '{got}'.", "Write one of {expected}.{nearest}"),
    "literal_error": (
        "{name} cannot be '{got}'.",
        "Write one of {expected}.{nearest}",
    ),
    "bool_type": (
        "{name} must be true or false, not '{got}'.",
        "Write true without quotes.",
    ),
    "int_type": (
        "{name} must be a whole number, not '{got}'.",
        "Write digits without quotes.",
    ),
    "greater_than_equal": (
        "{name} must be {ge} or more, not {got}.",
        "Correct the number.",
    ),
    "less_than_equal": (
        "{name} must be {le} or less, not {got}.",
        "Correct the number.",
    ),
    "too_short": (
        "{name} needs {min_length} or more entries.",
        "Add what is missing.",
    ),
    "too_long": ("{name} takes {max_length} entries at most.", "Remove some."),
    "tuple_type": (
        "{name} must be a list.",
        "Begin each entry on a line of its own with `- `.",
    ),
    "list_type": (
        "{name} must be a list.",
        "Begin each entry on a line of its own with `- `.",
    ),
    "model_type": (
        "{name} must be a mapping.",
        "Write its keys below it, one per line.",
    ),
    "dict_type": (
        "{name} must be a mapping.",
        "Write its keys below it, one per line.",
    ),
}
_SLUG_HINT = "Use lower-case letters, digits and single hyphens, such as `chest-symptoms`."


def explain(
    error: ValidationError, bundle: Bundle, model: type[BaseModel], *, whole: bool = True
) -> list[BundleError]:
    """One bundle error for each thing that the model refused, in the order of the lines.

    With `whole` false, errors against the file as a whole are left out: the caller has better ones.
    """
    errors = []
    for details in error.errors(include_url=False):
        if whole or details["loc"]:
            pointer = _pointer_of(details["loc"], bundle)
            errors.append(bundle.error_at(pointer, *_phrase(details, model)))
    return sorted(errors)


def list_repeated(bundle: Bundle, entries: Iterable[tuple[str, str]]) -> list[BundleError]:
    """An error for each value that occurs again; entries are pairs of a value and its pointer."""
    first: dict[str, str] = {}
    errors = []
    for value, pointer in entries:
        if value in first:
            hint = f"Choose another; the first is on line {bundle.line_of(first[value])}."
            errors.append(bundle.error_at(pointer, f"`{value}` is used twice.", hint))
        first.setdefault(value, pointer)
    return errors


def _pointer_of(loc: Iterable[str | int], bundle: Bundle) -> str:
    """The JSON pointer of a location, without the steps that exist in the model only."""
    pointer = ""
    for step in loc:
        further = pointer_to(pointer, step)
        pointer = further if further in bundle.marks else pointer
    return pointer


def _phrase(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, name, got = str(details["type"]), _name_of(details["loc"]), details["input"]
    if kind == "extra_forbidden":
        return _phrase_unknown_key(name, _list_keys(model, details["loc"][:-1]))
    if got is None and kind != "missing":
        return f"{name} has no value.", "Write one, or leave the key out."
    if kind == "string_type" and isinstance(got, list | dict):
        return (
            f"{name} must be text.",
            "Write one line, or a block that begins with `|`.",
        )
    if kind in ("too_short", "too_long") and isinstance(got, str):
        kind = f"string_{kind}"
    if kind == "string_pattern_mismatch":
        return f"{name} cannot be '{got}'.", _hint_for_pattern(details["ctx"]["pattern"])
    if kind not in _PHRASES:
        return f"{name}: {_own_words(details)}", ""
    context = details.get("ctx", {})
    nearest = _suggest(str(got), _list_quoted(context.get("expected", "")))
    words = {
        **context,
        "name": name,
        "key": name.strip("`"),
        "got": _shorten(got),
        "nearest": nearest,
    }
    message, hint = _PHRASES[kind]
    return message.format(**words), hint.format(**words)


def _phrase_unknown_key(name: str, known: list[str]) -> tuple[str, str]:
    suggestion = _suggest(name.strip("`"), known).strip()
    return (
        f"{name} is not a key here.",
        suggestion or f"The keys here are {', '.join(known)}.",
    )


def _own_words(details: ErrorDetails) -> str:
    """What a validator of ours said; it says what to do by itself."""
    words = str(details.get("ctx", {}).get("error") or details["msg"])
    return words if words.endswith(".") else f"{words}."


def _hint_for_pattern(pattern: str) -> str:
    return _SLUG_HINT if pattern.startswith("^[a-z0-9]+(-") else f"It must fit {pattern}."


def _name_of(loc: tuple[str | int, ...]) -> str:
    """The key that the error is about; an entry of a list goes by the list and its place."""
    if not loc:
        return "The file"
    last = loc[-1]
    if isinstance(last, str):
        return f"`{last}`"
    return f"Entry {last + 1} of {_name_of(loc[:-1])}"


def _list_keys(model: type[BaseModel], loc: Iterable[str | int]) -> list[str]:
    """The keys that the model knows at a location, as they are written in bundles."""
    for step in loc:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if step in fields:
            model = _find_model(fields[str(step)].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_find_model(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)


def _list_quoted(expected: str) -> list[str]:
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(",")]


def _suggest(word: str, known: list[str]) -> str:
    by_lower_case = {name.lower(): name for name in known}
    nearest = difflib.get_close_matches(word.lower(), by_lower_case, n=1)
    return f" Did you mean `{by_lower_case[nearest[0]]}`?" if nearest else ""


def _shorten(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
