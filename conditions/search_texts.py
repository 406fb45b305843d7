"""What a page about a condition can be found by. Pure: from the edition's JSON alone."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import nh3

from calfcms.publishing.search_texts import SearchText, Weight

Json = dict[str, Any]

_CITATION: Final = re.compile(r'\s*<a [^>]*role="doc-biblioref".*?</a>', re.DOTALL)


def list_search_texts(edition: Json) -> list[SearchText]:
    """The texts of an edition. It has nothing that is for one partner only, so neither has this.

    A list of parts that an edition does not have, as an older one may not, is an empty one.
    """
    names = edition["alternate_names"]
    texts = [
        SearchText(Weight.NAME, "name", edition["name"]),
        *(SearchText(Weight.NAME, "alternate_names", name) for name in names),
        SearchText(Weight.TITLE, "title", edition["title"]),
        SearchText(Weight.SUMMARY, "summary", edition["summary"]["text"]),
        *_list_red_flags(edition.get("red_flags", ())),
        *_list_sections(edition.get("sections", ())),
        *_list_causes(edition.get("causes", ())),
        *_list_faqs(edition.get("faqs", ())),
    ]
    return [text for text in texts if text.text.strip()]


def _list_red_flags(flags: Iterable[Json]) -> Iterator[SearchText]:
    for flag in flags:
        part = f"red_flags/{flag['id']}"
        yield SearchText(Weight.HEADING, part, flag["sign"])
        yield SearchText(Weight.TEXT, part, flag["action"])
        yield SearchText(Weight.TEXT, part, ", ".join(flag["suspects"]))


def _list_sections(sections: Iterable[Json]) -> Iterator[SearchText]:
    for section in sections:
        part = f"sections/{section['id']}"
        yield SearchText(Weight.HEADING, part, section["headline"])
        yield SearchText(Weight.TEXT, part, section["text"])
        yield from _list_sections(section["sections"])


def _list_causes(causes: Iterable[Json]) -> Iterator[SearchText]:
    for cause in causes:
        part = f"causes/{cause['id']}"
        yield SearchText(Weight.HEADING, part, cause["name"])
        yield SearchText(Weight.TEXT, part, _take_text(cause["html"]))


def _list_faqs(faqs: Iterable[Json]) -> Iterator[SearchText]:
    for faq in faqs:
        part = f"faqs/{faq['id']}"
        yield SearchText(Weight.HEADING, part, faq["question"])
        yield SearchText(Weight.TEXT, part, faq["answer"]["text"])


def _take_text(markup: str) -> str:
    """The text of sanitised HTML without citations; an edition has the causes in no other form."""
    markup = _CITATION.sub("", markup)
    spaced = markup.replace("</p>", "</p> ").replace("</li>", "</li> ").replace("<br", " <br")
    return html.unescape(nh3.clean(spaced, tags=set()))
