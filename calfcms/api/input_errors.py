"""What is wrong with the input, place by place."""

from dataclasses import dataclass
from typing import Any

from rest_framework.exceptions import ErrorDetail


@dataclass(frozen=True)
class InputError:
    """One thing wrong with the input: where (`/a/0/b` in the body, `?name` in the query), what."""

    pointer: str
    code: str
    detail: str


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
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
