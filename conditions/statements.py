"""What a page says on the authority of its references: each statement that cites one, in place.

Pure. A statement is the smallest block that holds the citation: a paragraph (with the list that it
leads to), a heading, a row of a table; or a whole red flag.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from markdown_it.tree import SyntaxTreeNode

from conditions.blocks import write_block, write_line
from conditions.content import Content, walk_sections
from conditions.plain_style import PlainStyle
from conditions.syntax import parse_tree

_PLAIN: Final = PlainStyle()
_LISTS: Final = ("bullet_list", "ordered_list")


@dataclass(frozen=True)
class Statement:
    """A text that rests on references, and the part of the page that it is in."""

    kind: str
    """`summary`, `section`, `cause`, `red_flag` or `faq`."""
    part: str | None
    """The id of the part; the summary has none."""
    title: str | None
    text: str
    keys: tuple[str, ...]


def list_statements(content: Content) -> list[Statement]:
    """Every statement that cites, in reading order; the red flags before the questions."""
    return [
        *_read_body("summary", None, None, content["summary"]),
        *_read_sections(content),
        *_read_parts(content["causes"], "cause", title="name", body="body"),
        *_read_red_flags(content),
        *_read_parts(content["faqs"], "faq", title="question", body="answer"),
    ]


def _read_sections(content: Content) -> Iterator[Statement]:
    for _, section in walk_sections(content["sections"]):
        yield from _read_body("section", section["id"], section["headline"], section["body"])


def _read_parts(
    parts: list[dict[str, Any]], kind: str, *, title: str, body: str
) -> Iterator[Statement]:
    for part in parts:
        yield from _read_body(kind, part["id"], part[title], part[body])


def _read_red_flags(content: Content) -> Iterator[Statement]:
    for flag in content["red_flags"]:
        if flag["references"]:
            text = " ".join(_end(text) for text in (flag["sign"], flag["action"]) if text)
            keys = tuple(flag["references"])
            yield Statement("red_flag", flag["id"], flag["sign"], text, keys)


def _read_body(kind: str, part: str | None, title: str | None, body: str) -> Iterator[Statement]:
    for block in _walk_blocks(parse_tree(body)):
        if keys := _list_keys(block):
            yield Statement(kind, part, title, _write(block), keys)


def _walk_blocks(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """The blocks that hold a line of text, or a row of them."""
    for child in node.children:
        if child.type in ("paragraph", "heading", "tr"):
            yield child
        else:
            yield from _walk_blocks(child)


def _list_keys(block: SyntaxTreeNode) -> tuple[str, ...]:
    found = (key for node in block.walk() if node.type == "citation" for key in node.meta["keys"])
    return tuple(dict.fromkeys(found))


def _write(block: SyntaxTreeNode) -> str:
    if block.type == "tr":
        return " | ".join(_write_line(cell) for cell in block.children).strip()
    text, following = _write_line(block), block.next_sibling
    if text.endswith(":") and following is not None and following.type in _LISTS:
        return f"{text}\n{write_block(following, _PLAIN)}"
    return text


def _write_line(node: SyntaxTreeNode) -> str:
    return write_line(node, _PLAIN).replace("\n", " ")


def _end(text: str) -> str:
    return text if text.endswith((".", "!", "?", "।")) else f"{text}."
