"""The query parameters that reading published content takes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from calfcms.api.cursors import read_cursor
from calfcms.api.input_errors import guess_name
from calfcms.api.instants import EXAMPLE, parse_instant
from calfcms.api.locales import PATTERN, parse_locale
from calfcms.api.parameters import Parameter, Parameters, parse_choice, parse_whole_number
from calfcms.publishing.cards import Position
from calfcms.publishing.edition_json import HEAD_MEMBERS
from calfcms.publishing.kinds import Kind

MAX_LIMIT = 100
DEFAULT_LIMIT = 20


def _parse_past_instant(given: str) -> datetime:
    at = parse_instant(given)
    if at > timezone.now():
        raise ValueError(f"'{given}' lies in the future. Leave it out for what is live now.")
    return at


def _parse_position(given: str) -> Position:
    since, period = read_cursor(given, str, int)
    try:
        return Position(parse_instant(since), _check_key(period))
    except ValueError:
        raise ValueError("This cursor is not one of this list. Start again without it.") from None


def _parse_number_before(given: str) -> int:
    return _check_key(read_cursor(given, int)[0])


def _check_key(key: int) -> int:
    if not 0 < key < 2**63:
        raise ValueError("This cursor is not one of this list. Start again without it.")
    return key


def _describe_locale(description: str) -> Parameter:
    schema = {"type": "string", "pattern": f"^{PATTERN}$", "examples": ["en", "en-GB"]}
    return Parameter("locale", parse_locale, description, schema)


NEGOTIATED_LOCALE = _describe_locale(
    "The locale to read. Left out: the best that is published of `Accept-Language`, then the "
    "default locale of this service."
)
FIXED_LOCALE = _describe_locale(
    "The locale to read. Left out: the default locale of this service, whatever "
    "`Accept-Language` says, since this address must give the same bytes for ever."
)
LOCALE_FILTER = _describe_locale("Only documents in this locale.")
AS_OF = Parameter(
    "as_of",
    _parse_past_instant,
    "What was live at this moment (RFC 3339, with time zone), which may not be in the future.",
    {"type": "string", "format": "date-time", "examples": [EXAMPLE]},
)
LIMIT = Parameter(
    "limit",
    parse_whole_number(1, MAX_LIMIT),
    "How many items at most.",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    DEFAULT_LIMIT,
)


def _describe_cursor(parse: Any) -> Parameter:
    return Parameter("cursor", parse, "Where to go on: the cursor inside `next`, as it is.")


def _describe_format(formats: Mapping[str, str]) -> Parameter:
    return Parameter(
        "format",
        parse_choice(*formats),
        "The rendition, whatever `Accept` says. Left out: what `Accept` likes best.",
        {"type": "string", "enum": list(formats)},
    )


def describe_fields(known: Sequence[str]) -> Parameter:
    """`fields`: some of these members. Its value is a sorted tuple without repetitions."""
    names = "|".join(known)
    return Parameter(
        "fields",
        _parse_names(known),
        "Only these members of the JSON, separated by commas. What a reader must be told is always "
        "there: which edition it is, red flags, review, disclaimer.",
        {"type": "string", "pattern": f"^({names})(,({names}))*$", "examples": ["title,faqs"]},
    )


def _parse_names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def parse(given: str) -> tuple[str, ...]:
        names = given.split(",")
        for name in names:
            if name not in known:
                guess = guess_name(name[:80], known)
                raise ValueError(f"There is no member '{name[:80]}'.{guess} {listed}")
        return tuple(sorted(set(names)))

    listed = f"There are {', '.join(known)}."
    return parse


def _describe_members(kind: type[Kind]) -> Parameter:
    return describe_fields((*HEAD_MEMBERS, "partner", *kind.members, "review"))


def live_edition_parameters(kind: type[Kind]) -> Parameters:
    """For the edition that is live, or was."""
    format_ = _describe_format(kind.formats)
    return Parameters(NEGOTIATED_LOCALE, format_, AS_OF, _describe_members(kind))


def numbered_edition_parameters(kind: type[Kind]) -> Parameters:
    """For one edition by its number."""
    return Parameters(FIXED_LOCALE, _describe_format(kind.formats), _describe_members(kind))


PART = Parameters(NEGOTIATED_LOCALE, AS_OF)
TIMEMAP = Parameters(NEGOTIATED_LOCALE)


CARD_CURSOR = _describe_cursor(_parse_position)
HISTORY = Parameters(LIMIT, _describe_cursor(_parse_number_before), NEGOTIATED_LOCALE)
