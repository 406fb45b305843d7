"""HTML in texts, as a tree of the few elements that mean something to a body. Pure.

nh3 parses as browsers do and leaves out scripts, styles and all that is not text; what it writes
is well formed, so that a plain reader makes the tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

import nh3

from conditions.importing.faults import ImportFault

MAX_DEPTH: Final = 60
BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "caption", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
INLINE: Final = frozenset(
    (
        *("a", "b", "br", "code", "del", "em", "i", "img", "kbd", "q", "s", "samp"),
        *("strike", "strong", "sub", "sup"),
    )
)
_SILENT: Final = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "object"),
        *("embed", "video", "audio", "canvas", "svg", "math", "button", "select", "textarea"),
        "title",
    )
)
_REPORTED = re.compile(
    r"<(script|style|iframe|object|embed|video|audio|canvas|svg|math|form|input|button|select)\b",
    re.IGNORECASE,
)
_CLEANER = nh3.Cleaner(
    tags=set(BLOCKS | INLINE),
    clean_content_tags=set(_SILENT),
    attributes={
        "a": {"href"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel", "javascript", "data", "condition", "file"},
    link_rel=None,
)


@dataclass
class Element:
    """An element with its attributes, and what is in it: elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and all within it."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


def parse_html(html: str) -> Element:
    """The tree under a root without a name. Raises `ImportFault` where it is nested too deeply."""
    reader = _Reader()
    reader.feed(_CLEANER.clean(html))
    reader.close()
    return reader.root


def list_left_out(html: str) -> list[str]:
    """The elements that a body cannot hold and that were there, each once."""
    return sorted({name.lower() for name in _REPORTED.findall(html)})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in ("br", "hr", "img"):
            self._open.append(element)
        if len(self._open) > MAX_DEPTH:
            raise ImportFault(
                f"HTML in its text is nested more than {MAX_DEPTH} deep.", "Simplify that text."
            )

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
