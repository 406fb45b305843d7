"""The JSON-LD scripts in an HTML page. Pure.

A scanner instead of a tree: it goes over the page once, whatever is in it.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

MEDIA_TYPE: Final = "application/ld+json"

_START = re.compile(r"<!--|<script(?=[\s/>])", re.IGNORECASE)
_END = re.compile(r"</script(?=[\s/>])", re.IGNORECASE)
_TYPE = re.compile(r"""(?<![\w-])type\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_LOOKED_AT: Final = 4096
"""Bytes at the beginning in which a page may say how it is encoded."""


class Script(NamedTuple):
    """The text in a script element, and the line of the page on which it begins."""

    text: str
    line: int


def list_jsonld_scripts(html: str) -> list[Script]:
    """The texts of the JSON-LD scripts, in their order. What is in a comment is not there."""
    return [
        Script(html[begin:end], html.count("\n", 0, begin) + 1)
        for media_type, begin, end in _scan(html)
        if media_type == MEDIA_TYPE
    ]


def find_charset(raw: bytes) -> str | None:
    """The encoding that a page names in a `meta` element."""
    found = _CHARSET.search(raw[:_LOOKED_AT])
    return found[1].decode("ascii") if found else None


def _scan(html: str) -> Iterator[tuple[str, int, int]]:
    """Every script with its media type, and where its text begins and ends."""
    position = 0
    while start := _START.search(html, position):
        if start[0] == "<!--":
            position = html.find("-->", start.end())
        else:
            begin = html.find(">", start.end()) + 1
            end = _END.search(html, begin) if begin else None
            position = end.end() if end else -1
            if end:
                yield _read_type(html[start.end() : begin - 1]), begin, end.start()
        if position < 0:  # what is never closed lasts to the end
            return


def _read_type(attributes: str) -> str:
    found = _TYPE.search(attributes)
    value = next(filter(None, found.groups()), "") if found else ""
    return value.partition(";")[0].strip().lower()
