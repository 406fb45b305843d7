"""Bodies as HTML, sanitised: a closed set of tags and attributes, and none of them an anchor.

The sanitiser is the second lock: the parser knows no HTML, and everything written here is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import nh3
from typing_extensions import override

from conditions.blocks import Style
from conditions.links import LinkOf, read_condition_link, resolve_link

LOWEST_HEADING: Final = 6
REFERENCE: Final = "Reference"


class HeadingLevels:
    """Places the headings of one body. Authors skip levels and start anywhere; readers must not
    notice: the first is at `first`, and none is more than one below the heading that it is under.
    """

    def __init__(self, first: int) -> None:
        self._first = first
        self._open: list[int] = []

    def place(self, written: int) -> int:
        """The level of the next heading in reading order."""
        while self._open and self._open[-1] >= written:
            self._open.pop()
        self._open.append(written)
        return min(self._first + len(self._open) - 1, LOWEST_HEADING)


class HtmlStyle(Style):
    """HTML for one body, with the numbers of its references and the addresses of its links."""

    def __init__(
        self,
        *,
        number_of: Mapping[str, int],
        link_of: LinkOf,
        heading_level: int,
        reference_word: str = REFERENCE,
    ) -> None:
        self._number_of = number_of
        self._link_of = link_of
        self._reference_word = reference_word
        self._levels = HeadingLevels(heading_level)

    @override
    def text(self, content: str, *, after_citation: bool) -> str:
        return escape(content)

    @override
    def citation(self, keys: Sequence[str]) -> str:
        return ", ".join(self._cite(key) for key in keys)

    def _cite(self, key: str) -> str:
        if key not in self._number_of:
            return f"[@{escape(key)}]"
        return write_citation(self._number_of[key], self._reference_word)

    @override
    def link(self, text: str, href: str) -> str:
        address = resolve_link(href, self._link_of)
        return text if address is None else write_link(address, text, href)

    @override
    def emphasis(self, text: str, *, strong: bool) -> str:
        return f"<strong>{text}</strong>" if strong else f"<em>{text}</em>"

    @override
    def line_break(self) -> str:
        return "<br>\n"

    @override
    def line(self, text: str) -> str:
        return text.strip()

    @override
    def paragraph(self, text: str, *, tight: bool) -> str:
        return text if tight else f"<p>{text}</p>"

    @override
    def heading(self, text: str, level: int) -> str:
        placed = self._levels.place(level)
        return f"<h{placed}>{text}</h{placed}>"

    @override
    def list(self, items: Sequence[str], *, start: int | None) -> str:
        opening = "<ul>" if start is None else "<ol>" if start == 1 else f'<ol start="{start}">'
        closing = "</ul>" if start is None else "</ol>"
        return "\n".join([opening, *(f"<li>{item}</li>" for item in items), closing])

    @override
    def quotation(self, blocks: str) -> str:
        return f"<blockquote>\n{blocks}\n</blockquote>"

    @override
    def rule(self) -> str:
        return "<hr>"

    @override
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
        body = "\n".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows
        )
        body = f"\n<tbody>\n{body}\n</tbody>" if rows else ""
        return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>{body}\n</table>"

    @override
    def join(self, blocks: Sequence[str], *, tight: bool) -> str:
        return "\n".join(blocks)


def write_citation(number: int, word: str = REFERENCE) -> str:
    """The link from a statement to the reference that it rests on; `word` is read out before it."""
    return (
        f'<a href="#ref-{number}" class="citation" role="doc-biblioref"'
        f' aria-label="{escape(word)} {number}">[{number}]</a>'
    )


def write_link(address: str, text: str, href: str = "") -> str:
    """A link. To a condition it also names the slug, for sites with addresses of their own."""
    link = read_condition_link(href)
    data = f' data-condition="{link.slug}"' if link else ""
    data += f' data-part="{link.part_id}"' if link and link.part_id else ""
    return f'<a href="{escape(address)}"{data}>{text}</a>'


def sanitise(html: str) -> str:
    """The same HTML without anything that a body may not hold."""
    return _CLEANER.clean(html)


def _list_tags() -> Iterator[str]:
    yield from ("p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br")
    yield from ("table", "thead", "tbody", "tr", "th", "td")
    yield from (f"h{level}" for level in range(2, LOWEST_HEADING + 1))


_CLEANER: Final = nh3.Cleaner(
    tags=set(_list_tags()),
    attributes={
        "a": {"href", "class", "role", "aria-label", "data-condition", "data-part"},
        "ol": {"start"},
        "th": {"scope"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
