"""Writes a parsed body out again, piece by piece, in whatever style it is asked for."""

import abc
import itertools
from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode


class Style(abc.ABC):
    """How each piece of a body is written. Pieces within a piece come already written."""

    @abc.abstractmethod
    def text(self, content: str, *, after_citation: bool) -> str:
        """A run of characters, as the reader is to see them."""

    @abc.abstractmethod
    def citation(self, keys: Sequence[str]) -> str:
        """A citation of one or more references."""

    @abc.abstractmethod
    def link(self, text: str, href: str) -> str:
        """A link, with the address as it was written."""

    @abc.abstractmethod
    def emphasis(self, text: str, *, strong: bool) -> str:
        """Text in italics, or in bold."""

    @abc.abstractmethod
    def line_break(self) -> str:
        """A line break that the author asked for."""

    @abc.abstractmethod
    def line(self, text: str) -> str:
        """The inline text of a paragraph, heading or cell, put together."""

    @abc.abstractmethod
    def paragraph(self, text: str, *, tight: bool) -> str:
        """A paragraph; in a tight list it is no block of its own."""

    @abc.abstractmethod
    def heading(self, text: str, level: int) -> str:
        """A heading, with the level as it was written."""

    @abc.abstractmethod
    def list(self, items: Sequence[str], *, start: int | None) -> str:
        """A list, numbered from `start` or with bullets."""

    @abc.abstractmethod
    def quotation(self, blocks: str) -> str:
        """A quotation."""

    @abc.abstractmethod
    def rule(self) -> str:
        """A break between subjects."""

    @abc.abstractmethod
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """A table of cells."""

    def join(self, blocks: Sequence[str], *, tight: bool) -> str:
        """Blocks one after the other."""
        return ("\n" if tight else "\n\n").join(block for block in blocks if block)


def write_blocks(node: SyntaxTreeNode, style: Style) -> str:
    """The blocks under a node."""
    blocks = [write_block(child, style) for child in node.children]
    tight = any(child.type == "paragraph" and child.hidden for child in node.children)
    return style.join(blocks, tight=tight)


def write_block(node: SyntaxTreeNode, style: Style) -> str:
    """One block, with what lies in it."""
    match node.type:
        case "paragraph":
            return style.paragraph(write_line(node, style), tight=node.hidden)
        case "heading":
            return style.heading(write_line(node, style), int(node.tag[1]))
        case "bullet_list":
            return style.list(_write_items(node, style), start=None)
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            return style.list(_write_items(node, style), start=start)
        case "blockquote":
            return style.quotation(write_blocks(node, style))
        case "table":
            return _write_table(node, style)
        case "hr":
            return style.rule()
    raise ValueError(f"a body cannot hold a block of type {node.type!r}")


def _write_items(node: SyntaxTreeNode, style: Style) -> list[str]:
    return [write_blocks(item, style) for item in node.children]


def _write_table(node: SyntaxTreeNode, style: Style) -> str:
    rows = itertools.chain.from_iterable(group.children for group in node.children)
    header, *body = [[write_line(cell, style) for cell in row.children] for row in rows]
    return style.table(header, body)


def write_line(node: SyntaxTreeNode, style: Style) -> str:
    """The text of a paragraph, a heading or a cell."""
    return style.line(_write_pieces(node.children[0], style))


def _write_pieces(node: SyntaxTreeNode, style: Style) -> str:
    written = ""
    before = ""
    for child in node.children:
        written += _write_piece(child, style, after_citation=before == "citation")
        before = child.type
    return written


def _write_piece(node: SyntaxTreeNode, style: Style, *, after_citation: bool) -> str:
    match node.type:
        case "text":
            return style.text(node.content, after_citation=after_citation)
        case "softbreak":
            return "\n"
        case "hardbreak":
            return style.line_break()
        case "em" | "strong":
            return style.emphasis(_write_pieces(node, style), strong=node.type == "strong")
        case "link":
            return style.link(_write_pieces(node, style), str(node.attrs["href"]))
        case "citation":
            return style.citation(node.meta["keys"])
    raise ValueError(f"a body cannot hold a piece of type {node.type!r}")
