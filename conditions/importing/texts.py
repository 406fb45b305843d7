"""Texts of a page as the draft holds them: lines without marks, and bodies in Markdown. Pure."""

import re
from collections.abc import Sequence
from typing import Any

from conditions.importing.html_lines import STYLE
from conditions.importing.html_markdown import Converted, convert_html
from conditions.markdown import to_text
from conditions.renditions.markdown_style import escape_line

_HTML = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_ITEM = re.compile(r"(\s*)(?:([-*•–])|(\d{1,9})[.)])\s+(\S.*)")
_BLOCK_END = re.compile(r"\n[ \t]*\n")


def read_text(value: Any) -> str | None:
    """The value as text; None where it is a node or says nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip() or None


def write_line(text: str) -> str:
    """The text on one line, without marks."""
    plain = to_text(convert_html(text).markdown) if _HTML.search(text) else text
    return " ".join(plain.split())


def write_body(text: str, *, base: str) -> Converted:
    """The text as Markdown, whether it is HTML or plain."""
    if _HTML.search(text):
        return convert_html(text, base=base)
    blocks = [_write_block(block.split("\n")) for block in _BLOCK_END.split(text)]
    return Converted("\n\n".join(filter(None, blocks)))


def _write_block(lines: Sequence[str]) -> str:
    lines = [line.rstrip() for line in lines if line.strip()]
    if lines and all(_ITEM.match(line) or line[0] == " " for line in lines) and lines[0][0] != " ":
        return "\n".join(_write_item(line) for line in lines)
    return STYLE.line("\n".join(STYLE.text(line, after_citation=False) for line in lines))


def _write_item(line: str) -> str:
    found = _ITEM.match(line)
    if found is None:
        return f"{line[: len(line) - len(line.lstrip())]}{escape_line(line)}"
    margin, _, number, text = found.groups()
    return f"{margin}{f'{number}.' if number else '-'} {escape_line(text)}"
