"""What every mapper works with: the nodes, where texts come from, and where notes go. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from conditions.importing.nodes import Graph, Node
from conditions.importing.notes import About, Notes
from conditions.importing.texts import read_text, write_body, write_line

MAX_ID: Final = 60
_ANCHOR = re.compile(r"ref-[0-9]+")


@dataclass
class Reading:
    """One page on its way to a draft."""

    graph: Graph
    notes: Notes
    base: str = ""
    """The page's address, for its links."""
    seen: set[str] = field(default_factory=set)
    """The pointers of nodes that were read: each is read once, so that no cycle goes on."""
    ids: set[str] = field(default_factory=set)
    """Part ids that are taken."""

    def enter(self, node: Node) -> bool:
        """Whether this node is new here; it is not the next time."""
        is_new = node.pointer not in self.seen
        self.seen.add(node.pointer)
        return is_new

    def line(self, node: Node | None, *names: str) -> str:
        """The first text among these members, on one line; empty where there is none."""
        return next((write_line(text) for _, text in self._texts(node, names)), "")

    def lines(self, node: Node | None, *names: str) -> list[str]:
        """All texts in these members, each once, in their order."""
        written = [write_line(text) for _, text in self._texts(node, names)]
        return [text for text in dict.fromkeys(written) if text]

    def body(self, node: Node | None, *names: str) -> str:
        """The first text among these members, as Markdown."""
        return next((self.write(text, at) for at, text in self._texts(node, names)), "")

    def write(self, text: str, pointer: str) -> str:
        """A text as Markdown; what became of links and pictures is noted at its place."""
        converted = write_body(text, base=self.base)
        self.notes.extend(replace(note, pointer=pointer) for note in converted.notes)
        return converted.markdown

    def name_value(self, value: Any) -> str:
        """A value in a few words: the name of a node, or the text."""
        node = self.graph.find(value)
        if node is None:
            return read_text(value) or ""
        name = self.line(node, "name", "headline", "text", "description", "url")
        return name or node.id or "/".join(sorted(node.types))

    def leave_out(self, node: Node, name: str, reason: str, about: About) -> None:
        """Note down every value of a member."""
        for pointer, value in node.get(name):
            self.notes.add(about, pointer, reason, self.name_value(value))

    def make_id(self, node: Node | None, *texts: str, stem: str) -> str:
        """An id that is free: the node's own anchor, else made of a text."""
        anchor = node.id.partition("#")[2] if node else ""
        wishes = (make_slug(anchor) if make_slug(anchor) == anchor else "", *map(make_slug, texts))
        wish = next((w for w in wishes if w and not _ANCHOR.fullmatch(w)), stem)
        number, found = 1, wish
        while found in self.ids:
            number += 1
            found = f"{wish}-{number}"
        self.ids.add(found)
        return found

    def _texts(self, node: Node | None, names: Iterable[str]) -> list[tuple[str, str]]:
        found = [(at, read_text(value)) for name in names if node for at, value in node.get(name)]
        return [(at, text) for at, text in found if text]


def make_slug(text: str) -> str:
    """Lower-case Latin letters and digits joined by hyphens; empty where there are none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:MAX_ID].strip("-")
