"""What is wrong with the input, place by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from rest_framework.exceptions import ErrorDetail

from calfcms.json_pointer import pointer_to


@dataclass(frozen=True)
class InputError:
    """One thing wrong with the input: where (`/a/0/b` in the body, `?name` in the query), what."""

    pointer: str
    code: str
    detail: str


def guess_name(given: str, known: Iterable[str]) -> str:
    """` Did you mean 'x'?` where one of the known names is close, else nothing."""
    close = get_close_matches(given, known, n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


def list_validation_errors(detail: Any, pointer: str = "") -> list[InputError]:
    """The leaves of REST framework's nested error detail, each with its JSON pointer."""
    if isinstance(detail, dict):
        pairs = [(_extend_pointer(pointer, key), value) for key, value in detail.items()]
    elif isinstance(detail, list):
        is_flat = all(isinstance(item, ErrorDetail) for item in detail)
        pairs = [
            (pointer if is_flat else f"{pointer}/{index}", item)
            for index, item in enumerate(detail)
        ]
    else:
        return [InputError(pointer, getattr(detail, "code", "invalid"), str(detail))]
    return [error for where, item in pairs for error in list_validation_errors(item, where)]


def _extend_pointer(pointer: str, key: str) -> str:
    if key == "non_field_errors":
        return pointer
    return pointer_to(pointer, key)
