"""An edition as Markdown: the same words in the same order as the HTML, for people and programs
that read plain files.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from conditions.blocks import write_blocks
from conditions.content import Content, walk_sections
from conditions.links import link_from
from conditions.renditions.labels import get_labels, group_by_urgency
from conditions.renditions.markdown_about import (
    write_about,
    write_last_review,
    write_paragraphs,
    write_references,
    write_related,
    write_translation,
)
from conditions.renditions.markdown_style import MarkdownStyle, escape_line, escape_text, write_link
from conditions.syntax import parse_tree

Edition = dict[str, Any]


def render_markdown(edition: Edition, content: Content) -> bytes:
    """The page as UTF-8. The bodies come from the content: the edition has them as HTML only."""
    page = _Page(edition, content)
    return ("\n\n".join(block for block in page.write_blocks() if block) + "\n").encode()


class _Page:
    """One edition on its way to Markdown, with the bodies of its parts by id."""

    def __init__(self, edition: Edition, content: Content) -> None:
        self.edition = edition
        self.content = content
        self.labels = get_labels(edition["locale"])
        is_translation = bool(edition.get("translation"))
        self.link_of = link_from(edition["locale"], is_translation=is_translation)
        self.number_of = {ref["id"]: ref["number"] for ref in edition["references"]}
        sections = [section for _, section in walk_sections(content["sections"])]
        self.bodies = {part["id"]: part["body"] for part in (*sections, *content["causes"])}
        self.bodies |= {faq["id"]: faq["answer"] for faq in content["faqs"]}

    def write_blocks(self) -> Iterator[str]:
        edition, labels = self.edition, self.labels
        yield from self._write_header()
        yield from self._write_red_flags()
        summary = self._body(self.content["summary"], heading_level=3)
        yield from self._under(labels.summary, [summary])
        for section in edition["sections"]:
            yield from self._write_section(section, level=2)
        yield from self._under(labels.causes, self._write_causes())
        yield from self._under(labels.figures, self._write_figures())
        yield from self._under(labels.faqs, self._write_faqs())
        yield from self._under(labels.related, write_related(edition["related"], self.link_of))
        yield from self._under(labels.references, write_references(edition["references"]))
        yield from self._under(labels.about, write_about(edition, labels))
        yield from self._under(labels.disclaimer, write_paragraphs(edition["disclaimer"]))

    def _body(self, markdown: str, *, heading_level: int) -> str:
        style = MarkdownStyle(
            number_of=self.number_of, link_of=self.link_of, heading_level=heading_level
        )
        return write_blocks(parse_tree(markdown), style)

    def _under(self, heading: str, blocks: Iterable[str]) -> Iterator[str]:
        filled = [block for block in blocks if block]
        if filled:
            yield f"## {heading}"
            yield from filled

    def _write_header(self) -> Iterator[str]:
        edition, labels = self.edition, self.labels
        yield f"# {escape_line(edition['title'])}"
        if edition["alternate_names"]:
            yield f"{labels.also_called}: {escape_text(', '.join(edition['alternate_names']))}"
        if unsigned := edition["review"].get("unsigned"):
            yield f"**{escape_line(labels.say_unsigned(unsigned))}**"
        if edition["publisher"]["is_demonstration"]:
            yield f"**{labels.demonstration}**"
        if translation := edition.get("translation"):
            yield write_translation(translation, labels)
        yield write_last_review(edition, labels)

    def _write_red_flags(self) -> Iterator[str]:
        by_level = group_by_urgency(self.edition["red_flags"])
        if by_level:
            yield f"## {self.labels.red_flags}"
        for urgency, flags in by_level:
            yield f"### {self.labels.say_urgency(urgency)}"
            yield "\n".join(self._write_red_flag(flag) for flag in flags)

    def _write_red_flag(self, flag: dict[str, Any]) -> str:
        numbers = ", ".join(f"[{number}]" for number in flag["references"])
        sign = f"**{escape_text(flag['sign'])}** {numbers}".strip()
        lines = [sign, escape_line(flag["action"])]
        if flag["suspects"]:
            lines.append(f"{self.labels.suspects}: {escape_text(', '.join(flag['suspects']))}")
        return "- " + "\\\n  ".join(line for line in lines if line)

    def _write_section(self, section: dict[str, Any], *, level: int) -> Iterator[str]:
        yield f"{'#' * level} {escape_line(section['headline'])}"
        yield self._body(self.bodies[section["id"]], heading_level=level + 1)
        for inner in section["sections"]:
            yield from self._write_section(inner, level=level + 1)

    def _write_causes(self) -> Iterator[str]:
        labels = self.labels
        for cause in self.edition["causes"]:
            yield f"### {escape_line(cause['name'])}"
            yield f"{labels.urgency_of_cause}: {labels.say_urgency(cause['urgency'])}"
            yield self._body(self.bodies[cause["id"]], heading_level=4)
            if slug := cause["condition"]:
                text = f"{labels.read_more} {escape_text(cause['name'])}"
                yield write_link(self.link_of(slug, None) or "", text)

    def _write_figures(self) -> Iterator[str]:
        for figure in self.edition["figures"]:
            alt = escape_text(figure["alt"])
            yield from (f"!{write_link(source['url'], alt)}" for source in figure["sources"][:1])
            yield escape_line(figure["caption"])
            if figure["credit"]:
                yield f"{self.labels.credit}: {escape_text(figure['credit'])}"

    def _write_faqs(self) -> Iterator[str]:
        for faq in self.edition["faqs"]:
            yield f"### {escape_line(faq['question'])}"
            yield self._body(self.bodies[faq["id"]], heading_level=4)
