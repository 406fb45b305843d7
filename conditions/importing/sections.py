"""Sections of a page: schema.org's `hasPart`, also as the NHS writes it. Pure.

https://schema.org/hasPart, https://schema.org/HealthTopicContent. Elements without a headline
belong to what stands before them. A node is read once, so that no cycle goes on.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from conditions.draft import MAX_SECTION_DEPTH, Aspect
from conditions.importing.faults import ImportFault
from conditions.importing.nodes import MAX_DEPTH, Node
from conditions.importing.notes import About
from conditions.importing.questions import QUESTION_TYPES
from conditions.importing.reading import Reading
from conditions.importing.terms import guess_aspect, read_aspect, write_headline

Section = dict[str, Any]

CONTENTS: Final = ("hasPart", "mainEntityOfPage")
TEXTS: Final = ("text", "articleBody")
_MEDIA: Final = frozenset({"ImageObject", "VideoObject", "AudioObject", "MediaObject"})
_URGENT = re.compile(r"class=[\"'][^\"']*(?:emergency|immediate|urgent|warning)", re.IGNORECASE)


class SectionReader:
    """Reads the sections under a page."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._texts: set[str] = set()
        self._told: frozenset[str] = frozenset()
        """Texts of the list before: some pages say all of it twice, under both names."""
        self._level = 0

    def read_page(self, page: Node) -> list[Section]:
        """The page's sections, in its order."""
        inner: list[Section] = []
        own = self._read_text(page)
        if own:
            inner.append(self._make(None, Aspect.OVERVIEW, "", own, page.pointer))
        self._read_contents(page, inner, None, depth=1)
        return inner

    def _read_contents(
        self, node: Node, sections: list[Section], aspect: Aspect | None, *, depth: int
    ) -> str:
        """Add the sections in a node. Text that comes before any of them is returned."""
        before = []
        for name in CONTENTS:
            self._told = frozenset(self._texts) if depth == 1 else self._told
            before.append(self._read_list(node, name, sections, aspect, depth=depth))
        return _join(*before)

    def _read_list(
        self, node: Node, name: str, sections: list[Section], aspect: Aspect | None, *, depth: int
    ) -> str:
        """The same for one member. Text without a headline belongs to the section before it."""
        first, before = len(sections), ""
        for child in self._list_children(node, name):
            with self._one_deeper(child):
                section, text = self._read_element(child, aspect, depth=depth)
            if section:
                sections.append(section)
            if text and len(sections) > first:
                sections[-1]["body"] = _join(sections[-1]["body"], text)
            else:
                before = _join(before, text)
        if before and depth == 1:
            sections.insert(first, self._make(None, aspect, "", before, node.pointer))
            return ""
        return before

    @contextmanager
    def _one_deeper(self, node: Node) -> Iterator[None]:
        """References may lead deeper than anything is written."""
        self._level += 1
        if self._level > MAX_DEPTH:
            reason = f"Its parts refer to one another more than {MAX_DEPTH} deep."
            raise ImportFault(reason, "No page is like that: check it.", node.pointer)
        yield
        self._level -= 1

    def _list_children(self, node: Node, name: str) -> list[Node]:
        reading = self._reading
        found = [reading.graph.find(value) for _, value in node.get(name)]
        children = [child for child in found if child]
        for child in children:
            if child.types & _MEDIA:
                reason = "Pictures and films are not taken over: upload what you may use."
                place = reading.line(child, "contentUrl", "url", "name")
                reading.notes.add(About.IMAGE, child.pointer, reason, place)
                reading.seen.add(child.pointer)
        return [
            child
            for child in children
            if not child.types & (_MEDIA | QUESTION_TYPES) and reading.enter(child)
        ]

    def _read_element(
        self, node: Node, inherited: Aspect | None, *, depth: int
    ) -> tuple[Section | None, str]:
        """The section that it is, or where it has no headline and no aspect the text that it is."""
        headline, aspect = self._read_headline(node), self._read_aspect(node)
        is_section = bool(headline or aspect)
        inner: list[Section] = []
        own = self._read_text(node)
        aspect = aspect or inherited
        deeper = depth + 1 if is_section else depth
        text = _join(own, self._read_contents(node, inner, aspect, depth=max(deeper, 2)))
        if not text and not inner:
            text = self._read_description(node)
        if not text and not inner:
            reason = "An entry without any text of its own."
            self._reading.notes.add(About.NOT_MAPPED, node.pointer, reason, headline)
            return None, ""
        if not is_section:
            return None, _join(text, *map(_flatten, inner))
        section = self._make(node, aspect, headline, text, node.pointer)
        if depth < MAX_SECTION_DEPTH:
            return {**section, "sections": inner}, ""
        return {**section, "body": _join(text, *map(_flatten, inner))}, ""

    def _read_text(self, node: Node) -> str:
        for name in TEXTS:
            for pointer, value in node.get(name):
                if isinstance(value, str) and (key := " ".join(value.split())):
                    return self._take(key, value, pointer)
        return ""

    def _take(self, key: str, value: str, pointer: str) -> str:
        if key in self._told:
            self._reading.notes.add(About.NOT_MAPPED, pointer, "It is on the page twice.", value)
            return ""
        self._texts.add(key)
        if _URGENT.search(value):
            reason = "It is set apart as a warning. Write a red flag, with its urgency, for each."
            self._reading.notes.add(About.RED_FLAG, pointer, reason, value)
        return self._reading.write(value, pointer)

    def _read_description(self, node: Node) -> str:
        for pointer, value in node.get("description"):
            if isinstance(value, str) and (key := " ".join(value.split())):
                return self._take(key, value, pointer)
        return ""

    def _read_headline(self, node: Node) -> str:
        headline = self._reading.line(node, "headline")
        name = self._reading.line(node, "name")
        # The NHS names the kind of an element here: "markdown", "section heading".
        is_title = bool(name) and not (node.types & {"WebPageElement"} and name.islower())
        return headline or (name if is_title else "")

    def _read_aspect(self, node: Node) -> Aspect | None:
        for pointer, value in node.get("hasHealthAspect"):
            found = self._reading.graph.find(value)
            term = (found.id or self._reading.name_value(value)) if found else str(value)
            if aspect := read_aspect(term):
                return aspect
            reason = "This is no health aspect of schema.org."
            self._reading.notes.add(About.GUESS, pointer, reason, term)
        return None

    def _make(
        self, node: Node | None, aspect: Aspect | None, headline: str, body: str, pointer: str
    ) -> Section:
        reading = self._reading
        if aspect is None:
            aspect = guess_aspect(headline) or Aspect.OVERVIEW
            reason = f"It does not say what this section is about: taken for '{aspect.value}'."
            reading.notes.add(About.GUESS, pointer, reason, headline)
        if not headline:
            headline = write_headline(aspect)
            reason = "It has no headline: this is ours."
            reading.notes.add(About.GUESS, pointer, reason, headline)
        if aspect == Aspect.SEE_DOCTOR:
            reason = "It says when to get help. Write a red flag, with its urgency, for each sign."
            reading.notes.add(About.RED_FLAG, pointer, reason, headline)
        part_id = reading.make_id(node, headline, stem="section")
        section = {"id": part_id, "aspect": aspect.value, "headline": headline, "body": body}
        return {**section, "sections": []}


def _flatten(section: Section) -> str:
    """A section as part of a body: sections can be nested so deep and no deeper."""
    inner = [_flatten(one) for one in section["sections"]]
    return _join(f"## {section['headline']}", section["body"], *inner)


def _join(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
