"""Bodies in Markdown, made into clean HTML or plain text, and what they cite and link to.

The HTML holds no ids, styles or scripts, whatever was written: anchors belong to parts alone.
"""

from collections.abc import Mapping

from conditions.blocks import write_blocks
from conditions.html_style import REFERENCE, HtmlStyle, sanitise
from conditions.links import ConditionLink, LinkOf, is_external_link, read_condition_link
from conditions.plain_style import PlainStyle
from conditions.syntax import parse_tree, walk_tokens


def to_html(
    markdown: str,
    *,
    number_of: Mapping[str, int],
    link_of: LinkOf,
    heading_level: int = 2,
    reference_word: str = REFERENCE,
) -> str:
    """Sanitised HTML. Headings start at `heading_level` and never skip a level.

    A citation without a number stays as it was written, so that a preview shows what is missing.
    """
    style = HtmlStyle(
        number_of=number_of,
        link_of=link_of,
        heading_level=heading_level,
        reference_word=reference_word,
    )
    return sanitise(write_blocks(parse_tree(markdown), style))


def to_text(markdown: str) -> str:
    """Plain text: no marks, no citations, links by their text only."""
    return write_blocks(parse_tree(markdown), PlainStyle())


def list_citations(markdown: str) -> list[str]:
    """The keys that the text cites, each once, in reading order."""
    tokens = walk_tokens(markdown)
    return list(dict.fromkeys(key for token in tokens for key in token.meta.get("keys", ())))


def list_condition_links(markdown: str) -> list[ConditionLink]:
    """The links to other conditions, in reading order."""
    return [link for href in _list_addresses(markdown) if (link := read_condition_link(href))]


def list_dropped_links(markdown: str) -> list[str]:
    """The addresses that readers will not get: neither a condition nor on the web."""
    return [
        href
        for href in _list_addresses(markdown)
        if not is_external_link(href) and not read_condition_link(href)
    ]


def list_unread_marks(markdown: str) -> list[str]:
    """Pieces that were meant as a citation or a link but are not written like one."""
    texts = [token.content for token in walk_tokens(markdown) if token.type == "text"]
    return [text.strip() for text in texts if "[@" in text or "](" in text]


def _list_addresses(markdown: str) -> list[str]:
    tokens = walk_tokens(markdown)
    return [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
