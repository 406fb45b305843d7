"""The ids that clinicians give to the parts of a protocol."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, StrictStr, StringConstraints

from triage.core.expressions.nodes import RESERVED_WORDS

ID_LENGTH = 80
"""Characters."""

Identifier = Annotated[
    StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", min_length=1, max_length=ID_LENGTH)
]
"""Lower-case letters, digits and underscores, such as `chest_pain`: usable in expressions."""


def _refuse_reserved(identifier: str) -> str:
    if identifier in RESERVED_WORDS:
        raise ValueError(f"{identifier!r} is a word of the expression language: choose another id")
    return identifier


OwnId = Annotated[Identifier, AfterValidator(_refuse_reserved)]


def refuse_repeated(what: str, ids: Iterable[str]) -> None:
    """Raises `ValueError` with every id that is there twice."""
    if twice := sorted(name for name, count in Counter(ids).items() if count > 1):
        raise ValueError(f"the ids of {what} must be unique; used twice: {', '.join(twice)}")
