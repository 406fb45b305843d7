"""A note for everything on a page that no mapper has read. Pure."""

from collections.abc import Sequence
from typing import Any, Final

from conditions.importing.nodes import Node
from conditions.importing.notes import About
from conditions.importing.questions import QUESTION_TYPES
from conditions.importing.reading import Reading

_SILENT: Final = frozenset(
    {"isPartOf", "position", "url", "inLanguage", "mainEntityOfPage", "hasPart"}
)
"""Members that say where a thing stands; what stands there is read, or noted by itself."""
_REASONS: Final = {
    "citation": (
        About.CITATION,
        "It does not say which words rest on this source: add it, and cite it where it belongs.",
    ),
    "image": (About.IMAGE, "Pictures are not taken over: upload what you may use."),
    "primaryImageOfPage": (About.IMAGE, "Pictures are not taken over: upload what you may use."),
    "relatedLink": (About.LINK, "Name related pages of ours by their slugs."),
    "significantLink": (About.LINK, "Name related pages of ours by their slugs."),
    "specialty": (About.CLAIM, "It decides who may sign: choose the specialties yourself."),
    "seriousAdverseOutcome": (About.RED_FLAG, "Write a red flag, with its urgency, for each."),
}
_OTHERWISE: Final = (About.NOT_MAPPED, "A draft has no place for this.")


def note_leftovers(reading: Reading, roots: Sequence[Node]) -> None:
    """Note down every member that was not read, and every node that was not come to."""
    for node in reading.graph.nodes:
        if node.pointer in reading.seen:
            _note_members(reading, node)
    for root in roots:
        if root.pointer not in reading.seen:
            reason = f"This {_name_types(root)} is no part of the page."
            reading.notes.add(About.NOT_MAPPED, root.pointer, reason, reading.line(root, "name"))
    for node in reading.graph.list_of(*QUESTION_TYPES):
        if node.pointer not in reading.seen and node not in roots:
            reason = "A question inside a section: questions stand beside the sections here."
            reading.notes.add(About.NOT_MAPPED, node.pointer, reason, reading.line(node, "name"))


def _note_members(reading: Reading, node: Node) -> None:
    for name in node.members:
        if name in node.used or name in _SILENT:
            continue
        about, reason = _REASONS.get(name, _OTHERWISE)
        for pointer, value in node.get(name):
            reading.notes.add(about, pointer, reason, _describe(reading, value))


def _describe(reading: Reading, value: Any) -> str:
    """A value in a few words, with its address where that is what a person needs."""
    node = reading.graph.find(value)
    told = reading.name_value(value)
    address = reading.line(node, "sameAs", "contentUrl", "url")
    return f"{told} {address}" if address and address != told else told


def _name_types(node: Node) -> str:
    return "/".join(sorted(node.types)) or "node without a type"
