"""The query parameters that lists of documents take, whatever they show of each."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from calfcms.api.parameters import Parameter
from calfcms.publishing.api.parameters import AS_OF, CARD_CURSOR, LIMIT, LOCALE_FILTER
from calfcms.publishing.edition_json import CARD_HEAD
from calfcms.publishing.kinds import Kind

SLUG_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_EXAMPLE: Final = "icd10cm:I82.40"
_MAX_SLUG: Final = 80
_MAX_CODE: Final = 2_001
_CODE: Final = re.compile(
    r"[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f]"
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _parse_topic(given: str) -> str:
    if len(given) > _MAX_SLUG or not re.fullmatch(SLUG_PATTERN, given, re.ASCII):
        raise ValueError(
            f"'{given[:80]}' is not the slug of a topic: lower-case letters, digits and single "
            "hyphens, such as leg-and-foot."
        )
    return given


def _parse_code(given: str) -> str:
    if len(given) > _MAX_CODE or not _CODE.fullmatch(given):
        raise ValueError(
            f"'{given[:80]}' is not a code with its system before a colon, such as {CODE_EXAMPLE} "
            "or snomed:128053003."
        )
    return given


def _parse_date(given: str) -> date:
    if not _DATE.fullmatch(given):
        raise ValueError(f"'{given[:80]}' is not a date such as 2026-11-21.")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"'{given}' is no date that exists.") from None


TOPIC = Parameter(
    "topic",
    _parse_topic,
    "Only documents under the topic with this slug.",
    {"type": "string", "pattern": SLUG_PATTERN, "maxLength": _MAX_SLUG},
)
CODE = Parameter(
    "code",
    _parse_code,
    "Only documents with this code: its system, a colon, the code, as a card has them.",
    {"type": "string", "maxLength": _MAX_CODE, "examples": [CODE_EXAMPLE, "snomed:128053003"]},
)
REVIEWED_BEFORE = Parameter(
    "reviewed_before",
    _parse_date,
    "Only documents whose last review was before this day.",
    {"type": "string", "format": "date", "examples": ["2026-01-01"]},
)


def list_parameters(kind: type[Kind]) -> tuple[Parameter, ...]:
    """Those of every list of cards."""
    fields = describe_card_fields(list_card_members(kind))
    return LIMIT, CARD_CURSOR, LOCALE_FILTER, AS_OF, fields


def list_card_members(kind: type[Kind]) -> tuple[str, ...]:
    """The members of a card, in their order."""
    return (*CARD_HEAD, *kind.card_members, "review", "url")


def describe_card_fields(members: Sequence[str]) -> Parameter:
    """The parameter `fields` for cards with these members."""
    return Parameter(
        "fields",
        _parse_names(members),
        "Only these members of each item, with commas between them. What can never be left out "
        "comes too: slug, locale, edition, digest, red_flags, review and disclaimer.",
        {"type": "string", "examples": ["title,url"]},
    )


def _parse_names(members: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def parse(given: str) -> tuple[str, ...]:
        names = given.split(",")
        unknown = [name for name in names if name not in members]
        if unknown:
            raise ValueError(
                f"'{unknown[0][:80]}' is no member of an item. There are: {', '.join(members)}."
            )
        return tuple(member for member in members if member in names)

    return parse
