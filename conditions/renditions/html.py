"""An edition as one complete, accessible `<article>`, to be put into any page as it is.

Red flags come first. Every part keeps its id as an anchor; the anchors of the page's own blocks
hold two hyphens, which no part id can. Headings start at `h1` and skip no level.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from conditions.citations import list_identifiers
from conditions.html_style import write_link
from conditions.links import LinkOf, link_from
from conditions.renditions.html_about import (
    write_about,
    write_last_review,
    write_time,
    write_translation,
    write_warning,
)
from conditions.renditions.html_parts import (
    write_block,
    write_cause,
    write_condition_link,
    write_faq,
    write_figure,
    write_red_flags,
    write_section,
)
from conditions.renditions.labels import Labels, get_labels

Edition = dict[str, Any]

_LANGUAGES: Final = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_SCRIPTS: Final = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"}
"""What is written from right to left, by language where no script is named."""


def render_html(edition: Edition) -> bytes:
    """The article as UTF-8."""
    labels = get_labels(edition["locale"])
    blocks = "\n".join(block for block in _write_blocks(edition, labels) if block)
    direction = ' dir="rtl"' if _is_right_to_left(edition["locale"]) else ""
    opening = (
        f'<article class="condition" lang="{escape(edition["locale"])}"{direction}'
        f' data-slug="{escape(edition["slug"])}" data-edition="{int(edition["edition"])}">'
    )
    return f"{opening}\n{blocks}\n</article>\n".encode()


def _is_right_to_left(locale: str) -> bool:
    language, *rest = locale.split("-")
    scripts = [tag for tag in rest if len(tag) == len("Arab")]
    return scripts[0] in _SCRIPTS if scripts else language in _LANGUAGES


def _write_blocks(edition: Edition, labels: Labels) -> Iterator[str]:
    yield _write_header(edition, labels)
    yield write_red_flags(edition["red_flags"], labels)
    yield write_block("summary", labels.summary, [edition["summary"]["html"]])
    yield _write_contents(edition, labels)
    yield from (write_section(section, level=2) for section in edition["sections"])
    link_of = link_from(edition["locale"], is_translation=bool(edition.get("translation")))
    causes = [write_cause(cause, labels, link_of) for cause in edition["causes"]]
    yield write_block("causes", labels.causes, causes)
    yield write_block(
        "figures", labels.figures, [write_figure(f, labels) for f in edition["figures"]]
    )
    yield write_block("faqs", labels.faqs, [write_faq(faq) for faq in edition["faqs"]])
    yield _write_related(edition["related"], labels, link_of)
    yield _write_references(edition["references"], labels)
    yield write_about(edition, labels)
    yield write_block("disclaimer", labels.disclaimer, _write_paragraphs(edition["disclaimer"]))


def _write_header(edition: Edition, labels: Labels) -> str:
    lines = [f"<h1>{escape(edition['title'])}</h1>"]
    if edition["alternate_names"]:
        names = escape(", ".join(edition["alternate_names"]))
        lines.append(f'<p class="alternate-names">{labels.also_called}: {names}</p>')
    if unsigned := edition["review"].get("unsigned"):
        lines.append(write_warning("unsigned", labels.say_unsigned(unsigned)))
    if edition["publisher"]["is_demonstration"]:
        lines.append(f'<p class="demonstration"><strong>{labels.demonstration}</strong></p>')
    if translation := edition.get("translation"):
        lines.append(write_translation(translation, labels))
    lines.append(f'<p class="reviewed">{write_last_review(edition["review"], labels)}</p>')
    return "<header>\n" + "\n".join(lines) + "\n</header>"


def _write_contents(edition: Edition, labels: Labels) -> str:
    blocks = [name for name in ("causes", "figures", "faqs", "references") if edition[name]]
    entries = [(section["id"], section["headline"]) for section in edition["sections"]]
    entries += [(f"page--{name}", getattr(labels, name)) for name in blocks]
    items = "\n".join(f'<li><a href="#{to}">{escape(text)}</a></li>' for to, text in entries)
    heading = f'<h2 id="page--contents">{labels.on_this_page}</h2>'
    opening = '<nav class="contents" aria-labelledby="page--contents">'
    return f"{opening}\n{heading}\n<ul>\n{items}\n</ul>\n</nav>" if entries else ""


def _write_related(related: list[dict[str, str]], labels: Labels, link_of: LinkOf) -> str:
    links = [write_condition_link(page["slug"], page["title"], link_of) for page in related]
    items = [f"<li>{link}</li>" for link in links]
    return write_block("related", labels.related, ["<ul>", *items, "</ul>"] if items else [])


def _write_references(references: list[dict[str, Any]], labels: Labels) -> str:
    items = [_write_reference(reference, labels) for reference in references]
    return write_block("references", labels.references, ["<ol>", *items, "</ol>"] if items else [])


def _write_reference(reference: dict[str, Any], labels: Labels) -> str:
    links = [
        write_link(address, escape(text)) for address, text in list_identifiers(reference["csl"])
    ]
    if reference["checked_on"]:
        links.append(f"({labels.checked_on} {write_time(reference['checked_on'], labels)})")
    line = " ".join([escape(reference["citation"]), *links])
    return f'<li id="ref-{reference["number"]}">{line}</li>'


def _write_paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n") if paragraph.strip()]
