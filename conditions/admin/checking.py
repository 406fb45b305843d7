"""What stands against a draft while somebody writes it: faults, problems, sources, reading."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from calfcms.publishing.kinds import Content, get_kind, list_content_problems
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.problem import Problem
from conditions.admin.faults import Fault
from conditions.admin.hints import describe_reading
from conditions.citations import format_citation
from conditions.content import walk_citations
from conditions.draft import ConditionDraft
from conditions.kind import resolve
from conditions.selectors import list_missing_shared_rows


def check_draft(draft: ConditionDraft) -> dict[str, Any]:
    """Everything that the page shows beside the fields, for a draft without faults of form."""
    if faults := list_missing(draft):
        return {"errors": [asdict(fault) for fault in faults]}
    content = resolve(draft)
    return {
        "errors": [],
        "problems": [asdict(problem) for problem in list_problems(content)],
        "references": list_sources(content, walk_citations(content)),
        "hints": describe_reading(content),
    }


def list_missing(draft: ConditionDraft) -> list[Fault]:
    """The publisher, topics and references that the draft names but nobody made."""
    return [
        Fault(problem.pointer, f"{problem.message} Choose another, or add it first.")
        for problem in list_missing_shared_rows(draft)
    ]


def list_problems(content: Content) -> list[Problem]:
    """What publishing would say against the content; who signed it is asked elsewhere."""
    kind = get_kind(content["kind"])
    return list_content_problems(kind, content, LibraryOfEditions(pending=[content]))


def list_sources(
    content: Content, citations: Iterable[tuple[str, Sequence[str]]]
) -> list[dict[str, Any]]:
    """Every source that is cited, as first cited: `citations` are places and the keys cited there.

    `pointer` is its place in the content; empty where there is no such reference.
    """
    places: dict[str, list[str]] = {}
    for pointer, keys in citations:
        for key in keys:
            places.setdefault(key, []).append(pointer)
    known = {
        reference["key"]: (f"/references/{position}", reference)
        for position, reference in enumerate(content["references"])
    }
    return [_describe_source(key, at, *known.get(key, ("", None))) for key, at in places.items()]


def _describe_source(
    key: str, places: list[str], pointer: str, reference: Content | None
) -> dict[str, Any]:
    return {
        "key": key,
        "pointer": pointer,
        "citation": format_citation(reference["csl"]) if reference else "",
        "checked_on": reference["checked_on"] if reference else None,
        "places": places,
    }
