"""HTML into the Markdown that bodies are written in, word for word. Pure.

Nothing is copied: the words are escaped, and only marks that our Markdown knows are written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from conditions.importing.html_lines import STYLE, Lines
from conditions.importing.html_tree import BLOCKS, Element, list_left_out, parse_html
from conditions.importing.notes import About, Note
from conditions.markdown import to_text

MAX_LISTS: Final = 4
"""Lists and quotations within each other; what is deeper is written as paragraphs."""

_ROWS: Final = frozenset({"thead", "tbody", "tfoot"})
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Converted:
    """A body in Markdown, and what a person should know of how it came about."""

    markdown: str
    notes: tuple[Note, ...] = ()


def convert_html(html: str, *, base: str = "") -> Converted:
    """The Markdown that says what the HTML says. `base` is the address of its page.

    Raises `ImportFault` for HTML that is nested beyond reason.
    """
    root = parse_html(html)
    writer = _Writer(base)
    markdown = "\n\n".join(writer.write_blocks(root.children))
    notes = [Note(About.NOT_MAPPED, "", f"<{name}> was left out.") for name in list_left_out(html)]
    if _LETTERS.findall(to_text(markdown)) != _LETTERS.findall(writer.heard):
        reason = "The text may read differently from the page. Compare them."
        notes.append(Note(About.CHANGED, "", reason))
    return Converted(markdown, (*writer.lines.notes, *notes))


class _Writer:
    """Writes blocks, and keeps the words that it wrote to compare with in the end."""

    def __init__(self, base: str) -> None:
        self.lines = Lines(base)
        self.heard = ""
        self._depth = 0

    def write_blocks(self, children: Sequence[Element | str]) -> list[str]:
        """What these say, block by block; text outside of any block is a paragraph."""
        written: list[str] = []
        for is_block, run in groupby(children, key=_is_block):
            if is_block:
                written += [b for e in run if isinstance(e, Element) for b in self._block(e)]
            else:
                written += self._paragraph(list(run))
        return written

    def _block(self, element: Element) -> list[str]:
        tag = element.tag
        if tag == "hr":
            return [STYLE.rule()]
        if re.fullmatch("h[1-6]", tag):
            return [f"{'#' * int(tag[1])} {line}" for line in self._one_line(element)]
        if tag in ("ul", "ol"):
            return self._list(element)
        if tag == "blockquote" and self._depth < MAX_LISTS:
            return self._quotation(element)
        if tag == "table":
            return self._table(element)
        if tag in ("dt", "summary"):
            return [STYLE.emphasis(line, strong=True) for line in self._one_line(element)]
        if tag == "pre":
            return self._paragraph(_break_lines(element))
        return self.write_blocks(element.children)

    def _paragraph(self, children: Sequence[Element | str]) -> list[str]:
        text = self.lines.write(children)
        self.heard += f" {to_text(text)}"
        return [text] if text else []

    def _one_line(self, element: Element) -> list[str]:
        """All that is in it on one line: headings and cells hold no blocks."""
        text = " ".join(self.write_blocks([*_flatten(element)])).replace("\\\n", " ")
        return [text] if text else []

    def _list(self, element: Element) -> list[str]:
        is_deep = self._depth >= MAX_LISTS
        items = [child for child in element.children if not _is_space(child)]
        self._depth += 1
        written = [self.write_blocks(_open_item(item)) for item in items]
        self._depth -= 1
        kept = [blocks for blocks in written if blocks]
        if is_deep:
            return [block for blocks in kept for block in blocks]
        start = element.attributes.get("start", "1")
        first = int(start) if re.fullmatch("[0-9]{1,6}", start) else 1
        text = STYLE.list([_join(b) for b in kept], start=first if element.tag == "ol" else None)
        return [text] if text else []

    def _quotation(self, element: Element) -> list[str]:
        self._depth += 1
        blocks = self.write_blocks(element.children)
        self._depth -= 1
        return [STYLE.quotation("\n\n".join(blocks))] if blocks else []

    def _table(self, element: Element) -> list[str]:
        caption = [c for c in element.children if isinstance(c, Element) and c.tag == "caption"]
        titles = [block for one in caption for block in self.write_blocks(one.children)]
        rows = [[self._cell(cell) for cell in row] for row in _list_rows(element)]
        rows = [row for row in rows if any(row)]
        if not rows:
            return titles
        width = max(len(row) for row in rows)
        header, *body = [row + [""] * (width - len(row)) for row in rows]
        return [*titles, STYLE.table(header, body)]

    def _cell(self, cell: Element) -> str:
        if any(cell.attributes.get(name, "1") != "1" for name in ("colspan", "rowspan")):
            reason = "A table with merged cells was made plain. Check that it still says the same."
            self.lines.notes.append(Note(About.CHANGED, "", reason))
        return " ".join(self._one_line(cell))


def _is_block(child: Element | str) -> bool:
    """Whether it is a block, or an inline element that holds one."""
    if isinstance(child, str):
        return False
    return any(element.tag in BLOCKS for element in child.walk())


def _is_space(child: Element | str) -> bool:
    return isinstance(child, str) and not child.strip()


def _open_item(item: Element | str) -> Sequence[Element | str]:
    return item.children if isinstance(item, Element) and item.tag == "li" else [item]


def _flatten(element: Element) -> Iterator[Element | str]:
    """Its inline content, with a space where a block ended."""
    for child in element.children:
        if isinstance(child, Element) and _is_block(child):
            yield from _flatten(child)
            yield " "
        else:
            yield child


def _break_lines(element: Element) -> list[Element | str]:
    """Preformatted text, its lines kept apart."""
    text = "".join(child for child in _walk_text(element)).strip("\n")
    lines = text.split("\n")
    return [piece for line in lines for piece in (line, Element("br"))]


def _walk_text(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield from ["\n"] if child.tag == "br" else _walk_text(child)
        else:
            yield child


def _list_rows(table: Element) -> Iterator[list[Element]]:
    for child in table.children:
        if isinstance(child, Element) and child.tag in _ROWS:
            yield from _list_rows(child)
        elif isinstance(child, Element) and child.tag == "tr":
            cells = [cell for cell in child.children if isinstance(cell, Element)]
            yield [cell for cell in cells if cell.tag in ("td", "th")]


def _join(blocks: Sequence[str]) -> str:
    """The blocks of a list item: close together unless they would run into one another."""
    joined = "".join(
        f"{one}\n" if other.startswith("- ") and not one.startswith("- ") else f"{one}\n\n"
        for one, other in pairwise(blocks)
    )
    return joined + blocks[-1]
