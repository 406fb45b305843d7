"""Which of the things that are described is the page. Pure."""

from collections.abc import Sequence
from typing import Final

from conditions.importing.condition import CONDITION_TYPES
from conditions.importing.faults import ImportFault
from conditions.importing.nodes import Graph, Node
from conditions.importing.texts import read_text

RANKS: Final = (
    frozenset({"MedicalWebPage"}),
    frozenset({"Article", "MedicalScholarlyArticle", "NewsArticle", "BlogPosting", "TechArticle"}),
    frozenset({"WebPage", "AboutPage", "ItemPage", "HealthTopicContent"}),
    frozenset({"FAQPage"}),
    CONDITION_TYPES,
)
"""What may be the page, best first."""


def choose_page(graph: Graph, roots: Sequence[Node], wish: str | None) -> Node:
    """The page to import. Raises `ImportFault` where there is none, or more than one."""
    found = _list_pages(roots) or _list_pages(graph.nodes)
    if wish is not None:
        found = [node for node in found if wish in _list_names(node)] or _refuse_wish(wish, found)
    if not found:
        types = sorted({name for node in graph.nodes for name in node.types})
        listed = f"it describes {', '.join(types[:12])}" if types else "it describes nothing"
        raise ImportFault(
            f"No page or condition of schema.org's is in it: {listed}.",
            "There must be a MedicalWebPage, WebPage, Article, FAQPage or MedicalCondition.",
        )
    if len(found) > 1:
        raise ImportFault(
            f"There are {len(found)} pages in it: {_list_all(found)}.",
            "Import them one at a time: name one with --page.",
        )
    return found[0]


def _list_pages(nodes: Sequence[Node]) -> list[Node]:
    """The nodes of the best type that there is; of those with one `@id` the one that says most."""
    for types in RANKS:
        pages: dict[str, Node] = {}
        for node in nodes:
            if not node.types & types or not node.members:
                continue
            key = node.id or node.pointer
            if key not in pages or len(pages[key].members) < len(node.members):
                pages[key] = node
        if pages:
            return list(pages.values())
    return []


def _list_names(node: Node) -> list[str]:
    texts = [
        text
        for name in ("url", "headline", "name")
        for _, value in node.members_of(name)
        if (text := read_text(value))
    ]
    return [text for text in (node.id, *texts) if text]


def _list_all(nodes: Sequence[Node]) -> str:
    shown = [f"'{next(iter(_list_names(node)), node.pointer)[:80]}'" for node in nodes[:8]]
    return ", ".join([*shown, "…"] if len(nodes) > 8 else shown)


def _refuse_wish(wish: str, found: Sequence[Node]) -> list[Node]:
    raise ImportFault(f"There is no page '{wish[:80]}' in it.", f"There is: {_list_all(found)}.")
