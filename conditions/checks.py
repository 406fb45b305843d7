"""Every reason why a page about a condition cannot be published yet, found all at once.

Pure: what else is published comes in through `get_condition`.
"""

from collections.abc import Callable, Iterator

from calfcms.publishing.problem import Problem
from conditions.content import (
    Content,
    list_public_parts,
    walk_bodies,
    walk_citations,
    walk_sections,
)
from conditions.markdown import list_condition_links, list_dropped_links, list_unread_marks
from conditions.references import find_doi_fault
from conditions.review_checks import check_review_interval

GetCondition = Callable[[str], Content | None]
"""The content of a published condition by slug, in the page's locale; None where there is none."""


def list_problems(content: Content, *, get_condition: GetCondition) -> list[Problem]:
    """The reasons in reading order of each check. Empty: nothing here stands in the way."""
    own_slug = content["slug"]

    def find_page(slug: str) -> Content | None:
        return content if slug == own_slug else get_condition(slug)

    return [
        *check_review_interval(content),
        *_check_disclaimer(content),
        *_check_bodies(content),
        *_check_red_flags(content),
        *_check_figures(content),
        *check_citations(content),
        *_check_references(content),
        *_check_links_to_conditions(content, find_page),
        *_check_links_in_bodies(content, find_page),
        *_check_marks(content),
    ]


def _check_disclaimer(content: Content) -> Iterator[Problem]:
    if not content["disclaimer"]:
        yield Problem(
            "no_disclaimer",
            "The page has no disclaimer.",
            "Say that it gives information and does not replace seeing a clinician.",
            "/disclaimer",
        )


def _check_bodies(content: Content) -> Iterator[Problem]:
    may_be_empty = set(_list_headings_for_others(content))
    for pointer, body in walk_bodies(content):
        if not body and pointer not in may_be_empty:
            yield Problem(
                "empty_text",
                "There is a heading with no text under it.",
                "Write the text, or remove the part.",
                pointer,
            )


def _list_headings_for_others(content: Content) -> Iterator[str]:
    # A section over other sections, and a cause that has a page of its own.
    for pointer, section in walk_sections(content["sections"]):
        if section["sections"]:
            yield f"{pointer}/body"
    for position, cause in enumerate(content["causes"]):
        if cause["condition"]:
            yield f"/causes/{position}/body"


def _check_red_flags(content: Content) -> Iterator[Problem]:
    for position, flag in enumerate(content["red_flags"]):
        if not flag["action"]:
            yield Problem(
                "red_flag_without_action",
                f"The red flag {flag['id']!r} does not say what to do.",
                "Say in one sentence what a person with this sign should do, and how soon.",
                f"/red_flags/{position}/action",
            )


def _check_figures(content: Content) -> Iterator[Problem]:
    for position, figure in enumerate(content["figures"]):
        if not figure["alt"]:
            yield Problem(
                "figure_without_alt",
                f"The figure {figure['id']!r} has no alt text.",
                "Say in a sentence what the picture shows, for people who cannot see it.",
                f"/figures/{position}/alt",
            )


def check_citations(content: Content) -> Iterator[Problem]:
    known = {reference["key"] for reference in content["references"]}
    for pointer, keys in walk_citations(content):
        for key in keys:
            if key not in known:
                yield Problem(
                    "citation_without_reference",
                    f"The text cites {key!r}, but there is no such reference.",
                    "Add the reference, or correct the key.",
                    pointer,
                )


def _check_references(content: Content) -> Iterator[Problem]:
    for position, reference in enumerate(content["references"]):
        doi = reference["csl"].get("DOI")
        if doi and (fault := find_doi_fault(doi)):
            yield Problem(
                "malformed_doi",
                f"The reference {reference['key']!r} cannot be found by its DOI: {fault}.",
                "Copy the DOI whole from the source, or leave it out.",
                f"/references/{position}/csl/DOI",
            )


def _check_links_to_conditions(content: Content, find_page: GetCondition) -> Iterator[Problem]:
    links = [
        (f"/causes/{position}/condition", cause["condition"])
        for position, cause in enumerate(content["causes"])
        if cause["condition"]
    ]
    links += [(f"/related/{position}", slug) for position, slug in enumerate(content["related"])]
    for pointer, slug in links:
        if find_page(slug) is None:
            yield _unpublished(slug, pointer)


def _check_links_in_bodies(content: Content, find_page: GetCondition) -> Iterator[Problem]:
    for pointer, body in _walk_texts(content):
        for slug, part_id in list_condition_links(body):
            page = find_page(slug)
            if page is None:
                yield _unpublished(slug, pointer)
            elif part_id and part_id not in list_public_parts(page):
                yield Problem(
                    "link_to_unknown_part",
                    f"The text links to {part_id!r} on {slug!r}, where there is no such part.",
                    "Correct the part's id, or link to the page as a whole.",
                    pointer,
                )


def _unpublished(slug: str, pointer: str) -> Problem:
    return Problem(
        "link_to_unpublished_condition",
        f"The page links to {slug!r}, which is not published.",
        "Publish that page first or together with this one, or remove the link.",
        pointer,
    )


def _check_marks(content: Content) -> Iterator[Problem]:
    for pointer, body in _walk_texts(content):
        for address in list_dropped_links(body):
            yield Problem(
                "link_not_allowed",
                f"Readers would not get the link to {address!r}.",
                "Link to https://…, mailto:…, tel:… or condition:slug.",
                pointer,
            )
        for text in list_unread_marks(body):
            yield Problem(
                "unread_mark",
                f"This looks like a citation or a link but is not written like one: {text[:80]!r}.",
                "Write citations as [@key] or [@key; @key], links as [text](https://…).",
                pointer,
            )


def _walk_texts(content: Content) -> Iterator[tuple[str, str]]:
    yield from walk_bodies(content)
    yield "/disclaimer", content["disclaimer"]
