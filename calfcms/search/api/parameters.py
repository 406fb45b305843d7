"""The query parameters of searching, beside those of the list that is searched."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NoReturn

from calfcms.api.cursors import read_cursor
from calfcms.api.parameters import Parameter, Parameters
from calfcms.publishing.api.list_parameters import describe_card_fields
from calfcms.search.finding import Shown

MAX_LENGTH: Final = 200
"""Characters of a question."""
FOUND_MEMBERS: Final = ("snippet", "matched")
"""The members that an item has because it was found."""


def _parse_question(given: str) -> str:
    question = given.strip()
    if not question:
        raise ValueError("There is nothing to search for. Give some words, or leave 'q' out.")
    if len(question) > MAX_LENGTH:
        raise ValueError(
            f"'q' is {len(question)} characters long; {MAX_LENGTH} are allowed. Give the words "
            "that matter most."
        )
    return question


def _refuse_as_of(_given: str) -> NoReturn:
    raise ValueError(
        "Search finds what is live now, and knows no past. Leave out 'q' to list what was live at "
        "that moment, or 'as_of' to search."
    )


def _parse_shown(given: str) -> Shown:
    return Shown(*read_cursor(given, int, str, str))


Q: Final = Parameter(
    "q",
    _parse_question,
    "Only documents that answer this, best first, each with the words in their place (`snippet`). "
    "Any form of a word, its synonyms and what a misspelt one may have meant are found too. "
    "Without `locale`, all locales are searched, each in its own language.",
    {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH, "examples": ["painful joints"]},
)


def search_parameters(
    parameters: Iterable[Parameter], *, card_members: Sequence[str]
) -> Parameters:
    """Those of a list when it is searched: the same, but for a cursor that goes by rank."""
    differing = {
        "cursor": _parse_shown,
        "as_of": _refuse_as_of,
        "fields": describe_card_fields((*card_members, *FOUND_MEMBERS)).parse,
    }
    same = [
        replace(parameter, parse=differing.get(parameter.name, parameter.parse))
        for parameter in parameters
    ]
    return Parameters(*same, Q)
