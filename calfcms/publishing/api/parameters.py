"""The query parameters that reading published content takes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from calfcms.api.cursors import read_cursor
from calfcms.api.instants import EXAMPLE, parse_instant
from calfcms.api.locales import PATTERN, parse_locale
from calfcms.api.parameters import Parameter, Parameters, parse_choice, parse_whole_number
from calfcms.publishing.cards import Position

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


def live_edition_parameters(formats: Mapping[str, str]) -> Parameters:
    """For the edition that is live, or was."""
    return Parameters(NEGOTIATED_LOCALE, _describe_format(formats), AS_OF)


def numbered_edition_parameters(formats: Mapping[str, str]) -> Parameters:
    """For one edition by its number."""
    return Parameters(FIXED_LOCALE, _describe_format(formats))


CARD_LIST = Parameters(LIMIT, _describe_cursor(_parse_position), LOCALE_FILTER)
HISTORY = Parameters(LIMIT, _describe_cursor(_parse_number_before), NEGOTIATED_LOCALE)
