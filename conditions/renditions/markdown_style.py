"""Bodies written out again as Markdown that is safe in any reader, also one that allows HTML.

Nothing is copied from the source: what an author typed is escaped, and only the marks that were
understood are written. So a reader with more syntax than ours finds none of it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from typing_extensions import override

from conditions.blocks import Style
from conditions.html_style import HeadingLevels
from conditions.links import LinkOf, resolve_link
from conditions.plain_style import WHITE_SPACE, write_items

_MARKS: Final = re.compile(r"[\\`*_\[\]|~]|!\Z")
_ENTITY: Final = re.compile(r"&(?=#?\w)")
_LINE_START: Final = re.compile(r"^(?:()([#+\-=:])|(\d{1,9})([.)])|(\[\d+\])(:))", re.MULTILINE)
_IN_ADDRESS: Final = str.maketrans(
    {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "&": "&amp;"}
)


def escape_text(text: str) -> str:
    """Plain text with everything that Markdown or HTML could read as a mark taken for itself."""
    text = _ENTITY.sub("&amp;", WHITE_SPACE.sub(" ", text))
    text = text.replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\g<0>", text)


def escape_line(text: str) -> str:
    """Plain text on a line of its own."""
    return escape_line_starts(escape_text(text).strip())


def escape_line_starts(text: str) -> str:
    """Lines that would open a heading, a list or a rule, kept from doing so."""
    return _LINE_START.sub(_escape_second, text)


def _escape_second(match: re.Match[str]) -> str:
    before, mark = [group for group in match.groups() if group is not None]
    return f"{before}\\{mark}"


def write_link(address: str, text: str) -> str:
    """An inline link; the text is Markdown already."""
    return f"[{text}]({address.translate(_IN_ADDRESS)})"


class MarkdownStyle(Style):
    """Markdown for one body, with citations as numbers and links with their addresses."""

    def __init__(
        self, *, number_of: Mapping[str, int], link_of: LinkOf, heading_level: int
    ) -> None:
        self._number_of = number_of
        self._link_of = link_of
        self._levels = HeadingLevels(heading_level)

    @override
    def text(self, content: str, *, after_citation: bool) -> str:
        escaped = escape_text(content)
        # "[1](" would be a link.
        return "\\" + escaped if after_citation and escaped.startswith("(") else escaped

    @override
    def citation(self, keys: Sequence[str]) -> str:
        numbers = self._number_of
        return ", ".join(f"[{numbers[key]}]" if key in numbers else rf"\[@{key}\]" for key in keys)

    @override
    def link(self, text: str, href: str) -> str:
        address = resolve_link(href, self._link_of)
        return text if address is None else write_link(address, text)

    @override
    def emphasis(self, text: str, *, strong: bool) -> str:
        mark = "**" if strong else "*"
        return f"{mark}{text}{mark}"

    @override
    def line_break(self) -> str:
        return "\\\n"

    @override
    def line(self, text: str) -> str:
        return "\n".join(escape_line_starts(line.strip()) for line in text.split("\n"))

    @override
    def paragraph(self, text: str, *, tight: bool) -> str:
        return text

    @override
    def heading(self, text: str, level: int) -> str:
        return f"{'#' * self._levels.place(level)} {text.replace(chr(10), ' ')}"

    @override
    def list(self, items: Sequence[str], *, start: int | None) -> str:
        return write_items(items, start=start)

    @override
    def quotation(self, blocks: str) -> str:
        return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))

    @override
    def rule(self) -> str:
        return "* * *"

    @override
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        lines = [header, ["---"] * len(header), *rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
