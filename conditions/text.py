"""The kinds of text that a draft is made of: checked and brought to one form when a draft is built.

Drafts that say the same must have the same digest, so line ends and stray spaces are settled here
and nowhere else. Characters are kept as the author wrote them (no Unicode normalisation).
"""

import re
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import AfterValidator, StrictStr, StringConstraints

SLUG_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH: Final = 80
LINE_LENGTH: Final = 1_000
MARKDOWN_LENGTH: Final = 100_000
URL_LENGTH: Final = 2_000

# C0 without tab and line feed, DEL, C1, lone surrogates and noncharacters: HTML, YAML or JSON
# cannot carry them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_TRAILING_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)
_HTTP_URL = re.compile(r"https?://[^\s/?#\"<>\\^`{|}]+[^\s\"<>\\^`{|}]*\Z")


def find_forbidden(text: str) -> re.Match[str] | None:
    """The first character in it that nothing published may hold."""
    return _FORBIDDEN.search(text)


def _refuse_forbidden(text: str) -> str:
    found = find_forbidden(text)
    if found:
        raise ValueError(
            f"character U+{ord(found[0]):04X} at position {found.start() + 1} cannot be published: "
            "delete it (it often comes along when text is pasted)"
        )
    return text


def _normalise_line(text: str) -> str:
    text = _refuse_forbidden(text).strip()
    if re.search("[\n\t\u2028\u2029]", text):
        raise ValueError("must be a single line without tabs: put longer text into a body")
    return text


def _normalise_markdown(text: str) -> str:
    text = _refuse_forbidden(_LINE_END.sub("\n", text))
    return _TRAILING_SPACE.sub("", text).strip("\n")


def _check_url(text: str) -> str:
    if not _HTTP_URL.match(text):
        raise ValueError("must be a complete web address that starts with https:// or http://")
    return text


def _refuse_empty(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _limit(length: int) -> Callable[[str], str]:
    def refuse_longer(text: str) -> str:
        if len(text) > length:
            raise ValueError(f"is {len(text)} characters long; {length} are allowed")
        return text

    return refuse_longer


Slug = Annotated[
    StrictStr, StringConstraints(pattern=SLUG_PATTERN), AfterValidator(_limit(SLUG_LENGTH))
]
"""Lower-case letters and digits in groups joined by hyphens, such as `chest-symptoms`."""

Line = Annotated[StrictStr, AfterValidator(_normalise_line), AfterValidator(_limit(LINE_LENGTH))]
"""Plain text on one line. May be empty."""

FilledLine = Annotated[Line, AfterValidator(_refuse_empty)]
"""Plain text on one line that cannot be empty."""

Markdown = Annotated[
    StrictStr, AfterValidator(_normalise_markdown), AfterValidator(_limit(MARKDOWN_LENGTH))
]
"""Markdown with line feeds only, no trailing spaces, and no line feed at its ends."""

Url = Annotated[StrictStr, AfterValidator(_check_url), AfterValidator(_limit(URL_LENGTH))]
"""A complete http or https address."""
