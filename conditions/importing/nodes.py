"""What JSON-LD describes: nodes with types, found by their `@id`, each with its place. Pure.

Contexts are not fetched: names are schema.org's, with or without its address or a prefix before
them. https://www.w3.org/TR/json-ld11/
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from calfcms.json_pointer import pointer_to
from conditions.importing.faults import ImportFault
from conditions.importing.terms import shorten_term
from conditions.text import find_forbidden

MAX_NODES: Final = 20_000
MAX_VALUES: Final = 200_000
MAX_DEPTH: Final = 60
MAX_TAGS: Final = 10_000
"""HTML tags in all texts together: long pages have some two thousand."""


@dataclass
class Node:
    """One thing that is described, where it is written. `used` are the members that were read."""

    pointer: str
    types: frozenset[str]
    members: dict[str, Any]
    id: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """What each member is called where it is written."""
    used: set[str] = field(default_factory=set)

    def get(self, name: str) -> list[tuple[str, Any]]:
        """The values of a member, each with its pointer. A single value is a list of one."""
        self.used.add(name)
        return self.members_of(name)

    def members_of(self, name: str) -> list[tuple[str, Any]]:
        """The same, without counting as read."""
        if name not in self.members:
            return []
        return list(_spread(self.members[name], pointer_to(self.pointer, self.names[name])))


class Graph:
    """All nodes of a page. Raises `ImportFault` for one that is too much to be a page."""

    def __init__(self, value: Any) -> None:
        self.nodes: list[Node] = []
        self._by_place: dict[int, Node] = {}
        self._by_id: dict[str, Node] = {}
        self._tags = 0
        for count, (pointer, one, depth) in enumerate(_walk(value)):
            if count > MAX_VALUES:
                raise ImportFault(f"It holds more than {MAX_VALUES} values.", "Import one page.")
            if isinstance(one, str):
                self._check_text(one, pointer)
            elif isinstance(one, Mapping):
                self._add(one, pointer)
            if depth > MAX_DEPTH:
                raise ImportFault(
                    f"It is nested more than {MAX_DEPTH} deep.", "No page is: check it.", pointer
                )

    def list_of(self, *types: str) -> list[Node]:
        """The nodes of any of these types, in the order of the page."""
        return [node for node in self.nodes if node.types & {*types}]

    def find(self, value: Any) -> Node | None:
        """The node that a value is, or refers to by its `@id`; None for text and the like."""
        if not isinstance(value, Mapping):
            return None
        node = self._by_place.get(id(value))
        if node and not node.members and node.id:
            return self._by_id.get(node.id, node)
        return node

    def _add(self, value: Mapping[str, Any], pointer: str) -> None:
        if len(self.nodes) == MAX_NODES:
            raise ImportFault(f"It describes more than {MAX_NODES} things.", "Import one page.")
        node = _make_node(value, pointer)
        self.nodes.append(node)
        self._by_place[id(value)] = node
        if node.id and node.members:
            self._by_id.setdefault(node.id, node)

    def _check_text(self, text: str, pointer: str) -> None:
        if found := find_forbidden(text):
            raise ImportFault(
                f"Character U+{ord(found[0]):04X} at position {found.start() + 1} cannot be "
                "published.",
                "Delete it from the file, or ask the page's publisher to.",
                pointer,
            )
        self._tags += text.count("<")
        if self._tags > MAX_TAGS:
            raise ImportFault(
                f"Its texts hold more than {MAX_TAGS} HTML tags.", "Import one page.", pointer
            )


def list_root_nodes(graph: Graph, value: Any) -> list[Node]:
    """The nodes that a page lists side by side, not as a value of another."""
    roots: list[Node] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, Mapping):
            waiting += [one["@graph"]] if "@graph" in one else []
            node = graph.find(one)
            roots += [node] if node and (node.types or node.members) else []
    return roots


def _walk(value: Any) -> Iterator[tuple[str, Any, int]]:
    """Everything in it with its pointer and depth, in the order of the page. No recursion."""
    waiting = [("", value, 0)]
    while waiting:
        pointer, one, depth = waiting.pop()
        yield pointer, one, depth
        if isinstance(one, Mapping):
            items: list[tuple[Any, Any]] = [(k, v) for k, v in one.items() if k != "@context"]
        else:
            items = list(enumerate(one)) if isinstance(one, list) else []
        waiting += [(pointer_to(pointer, key), item, depth + 1) for key, item in reversed(items)]


def _make_node(value: Mapping[str, Any], pointer: str) -> Node:
    types = value.get("@type", [])
    names = {shorten_term(name): name for name in value if not name.startswith("@")}
    return Node(
        pointer=pointer,
        types=frozenset(
            shorten_term(one)
            for one in (types if isinstance(types, list) else [types])
            if isinstance(one, str)
        ),
        members={short: value[name] for short, name in names.items()},
        id=str(value["@id"]) if isinstance(value.get("@id"), str) else "",
        names=names,
    )


def _spread(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """The values in a value: of lists, `@list`, `@set` and `@value`."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _spread(item, pointer_to(pointer, position))
        return
    if isinstance(value, Mapping):
        for wrapper in ("@list", "@set", "@value"):
            if wrapper in value:
                yield from _spread(value[wrapper], pointer_to(pointer, wrapper))
                return
    if value not in (None, "", {}):
        yield pointer, value
