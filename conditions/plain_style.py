"""Bodies as plain text: no marks, no citations, links by their text only."""

import re
from collections.abc import Sequence
from typing import Final

from typing_extensions import override

from conditions.blocks import Style

WHITE_SPACE: Final = re.compile(r"[\t\n\f\r]+")

_LEFT_OUT: Final = "\0"
"""Stands for a citation until the space before it is gone too. No draft holds this character."""


class PlainStyle(Style):
    """What a reader hears when the text is read out."""

    @override
    def text(self, content: str, *, after_citation: bool) -> str:
        return WHITE_SPACE.sub(" ", content)

    @override
    def citation(self, keys: Sequence[str]) -> str:
        return _LEFT_OUT

    @override
    def link(self, text: str, href: str) -> str:
        return text

    @override
    def emphasis(self, text: str, *, strong: bool) -> str:
        return text

    @override
    def line_break(self) -> str:
        return "\n"

    @override
    def line(self, text: str) -> str:
        return re.sub(f"[ \n]*{_LEFT_OUT}", "", text).strip()

    @override
    def paragraph(self, text: str, *, tight: bool) -> str:
        return text

    @override
    def heading(self, text: str, level: int) -> str:
        return text

    @override
    def list(self, items: Sequence[str], *, start: int | None) -> str:
        return write_items(items, start=start)

    @override
    def quotation(self, blocks: str) -> str:
        return blocks

    @override
    def rule(self) -> str:
        return ""

    @override
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return "\n".join(" | ".join(cells).strip() for cells in (header, *rows))


def write_items(items: Sequence[str], *, start: int | None) -> str:
    """List items under `-` or their numbers, with what belongs to an item indented."""
    lines = []
    for position, item in enumerate(items):
        mark = "- " if start is None else f"{start + position}. "
        lines.append((mark + indent(item, " " * len(mark))).rstrip())
    return "\n".join(lines)


def indent(block: str, margin: str) -> str:
    """The lines of a block but the first after a margin; empty lines stay empty."""
    return re.sub(r"\n(?=[^\n])", "\n" + margin, block)
