"""One text of a draft as readers will see it: the real renderer, with the page's own numbers."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from pydantic import ValidationError

from calfcms.publishing.selectors import list_live_editions
from conditions.citations import number_citations
from conditions.content import walk_citations
from conditions.document import KIND, SECTION_HEADING
from conditions.draft import ConditionDraft
from conditions.links import LinkOf, link_to_condition
from conditions.markdown import list_citations, to_html, to_text
from conditions.models import Reference


def preview_texts(draft: dict[str, Any], pointers: Sequence[str]) -> dict[str, str]:
    """The HTML of the texts at these places, by JSON pointer; places without text are left out.

    A draft with faults is shown too, numbered by the text alone.
    """
    texts = {
        pointer: text for pointer in pointers if isinstance(text := _find(draft, pointer), str)
    }
    cited = list(_list_cited(draft)) or [key for t in texts.values() for key in list_citations(t)]
    known = Reference.objects.filter(key__in=cited).values_list("key", flat=True)
    numbers = number_citations(cited, known)
    link_of = _link_like_readers(draft)
    return {
        pointer: _write(pointer, text, numbers=numbers, link_of=link_of)
        for pointer, text in texts.items()
    }


def _write(pointer: str, text: str, *, numbers: dict[str, int], link_of: LinkOf) -> str:
    if pointer == "/disclaimer":
        paragraphs = to_text(text).split("\n\n")
        return "\n".join(f"<p>{escape(line)}</p>" for line in paragraphs if line.strip())
    depth = pointer.split("/").count("sections")
    within = depth or (1 if pointer == "/summary" else 2)
    return to_html(text, number_of=numbers, link_of=link_of, heading_level=SECTION_HEADING + within)


def _list_cited(draft: dict[str, Any]) -> Iterator[str]:
    try:
        content = ConditionDraft.model_validate(draft).model_dump(mode="json")
    except ValidationError:
        return
    for _, keys in walk_citations(content):
        yield from keys


def _link_like_readers(draft: dict[str, Any]) -> LinkOf:
    locale = str(draft.get("locale", ""))
    live = list_live_editions(kind=KIND).filter(document__locale=locale)
    slugs = set(live.values_list("document__slug", flat=True))

    def link_of(slug: str, part_id: str | None) -> str | None:
        if slug == draft.get("slug") and part_id:
            return f"#{part_id}"
        return link_to_condition(slug, part_id) if slug in slugs else None

    return link_of


def _find(value: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
