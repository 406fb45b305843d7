"""Walks through content: a draft as JSON, with JSON pointers to its places (RFC 6901)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from conditions.markdown import list_citations

Content = dict[str, Any]
"""What `document.to_content` makes and a reviewer signs."""

PARTS: Final = ("causes", "red_flags", "faqs", "figures")
"""The members that are lists of parts, but for sections, which hold more of their kind."""


def walk_bodies(content: Content) -> Iterator[tuple[str, str]]:
    """Every Markdown text that may cite, with its JSON pointer, in reading order."""
    yield "/summary", content["summary"]
    for pointer, section in walk_sections(content["sections"]):
        yield f"{pointer}/body", section["body"]
    for position, cause in enumerate(content["causes"]):
        yield f"/causes/{position}/body", cause["body"]
    for position, faq in enumerate(content["faqs"]):
        yield f"/faqs/{position}/answer", faq["answer"]


def walk_sections(
    sections: Sequence[Content], pointer: str = "/sections"
) -> Iterator[tuple[str, Content]]:
    """Every section with its JSON pointer, each before the sections within it."""
    for position, section in enumerate(sections):
        here = f"{pointer}/{position}"
        yield here, section
        yield from walk_sections(section["sections"], f"{here}/sections")


def list_public_parts(content: Content) -> set[str]:
    """The ids of the parts that every reader gets."""
    others = (part["id"] for name in PARTS for part in content[name])
    return {*_walk_public_sections(content["sections"]), *others}


def _walk_public_sections(sections: Sequence[Content]) -> Iterator[str]:
    for section in sections:
        if section["partner"] is None:
            yield section["id"]
            yield from _walk_public_sections(section["sections"])


def walk_citations(content: Content) -> Iterator[tuple[str, list[str]]]:
    """The keys cited at each place, by JSON pointer, in reading order.

    Red flags come after the causes and before the questions.
    """
    bodies = [(pointer, list_citations(body)) for pointer, body in walk_bodies(content)]
    before = [place for place in bodies if not place[0].startswith("/faqs/")]
    yield from before
    for position, flag in enumerate(content["red_flags"]):
        yield f"/red_flags/{position}/references", flag["references"]
    yield from bodies[len(before) :]
