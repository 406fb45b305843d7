"""The Markdown that bodies are written in: CommonMark without HTML, code and images, with tables
and `[@key]` citations. Parsed texts are kept, because a page is described and rendered in turn.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

BLOCK_RULES: Final = ["list", "heading", "lheading", "table", "blockquote", "hr"]
MAX_NESTING: Final = 200
"""Levels that are parsed; what lies deeper is dropped, so it must be deeper than anybody writes."""
INLINE_RULES: Final = ["escape", "newline", "emphasis", "link", "autolink", "entity"]

_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITATION = re.compile(rf"\[@{_KEY}(?:; ?@{_KEY})*\]")


@lru_cache(maxsize=1_024)
def parse(markdown: str) -> tuple[Token, ...]:
    """The tokens of a text. They are shared: nobody may change them."""
    return tuple(_PARSER.parse(markdown))


@lru_cache(maxsize=1_024)
def parse_tree(markdown: str) -> SyntaxTreeNode:
    """The same tokens as a tree. It is shared too."""
    return SyntaxTreeNode(parse(markdown))


def walk_tokens(markdown: str) -> Iterator[Token]:
    """Every token with the inline ones in their place, in reading order."""
    for token in parse(markdown):
        yield token
        yield from token.children or ()


def _parse_citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"keys": re.findall(_KEY, match[0])}
    state.pos = match.end()
    return True


def _drop_empty_parts(state: StateCore) -> None:
    # Headings and links without text are nothing to see and a trap for screen readers.
    for token in state.tokens:
        if token.children:
            token.children = _without_empty_links(token.children)
    dropped = {
        position + offset
        for position, token in enumerate(state.tokens)
        if token.type == "heading_open" and not _has_text(state.tokens[position + 1].children)
        for offset in range(3)
    }
    state.tokens = [token for n, token in enumerate(state.tokens) if n not in dropped]


def _without_empty_links(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    opened = 0
    for token in tokens:
        if token.type == "link_open":
            opened = len(kept)
        if token.type == "link_close" and not _has_text(kept[opened:]):
            del kept[opened]
            continue
        kept.append(token)
    return kept


def _has_text(tokens: Sequence[Token] | None) -> bool:
    return any(token.type == "citation" or token.content.strip() for token in tokens or ())


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable([*BLOCK_RULES, *INLINE_RULES])
    parser.options["maxNesting"] = MAX_NESTING
    parser.inline.ruler.before("link", "citation", _parse_citation)
    parser.core.ruler.push("drop_empty_parts", _drop_empty_parts)
    # Every link is parsed, so that its text stays when its address is not allowed.
    parser.validateLink = bool  # type: ignore[assignment,method-assign]
    return parser


_PARSER: Final = _make_parser()
