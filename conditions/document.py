"""From a draft to the content that reviewers sign, and from that content to the edition's JSON.

Everything is decided by the arguments: same content and titles, same JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from conditions.citations import format_citation, number_citations
from conditions.content import Content, walk_citations
from conditions.draft import ConditionDraft, PublisherDraft, ReferenceDraft, TopicDraft
from conditions.links import LinkOf, link_to_condition
from conditions.markdown import to_html, to_text

TitleOf = Callable[[str], str | None]
"""The title of a published condition by slug; None where it is not published."""

KIND: Final = "condition"

SECTION_HEADING: Final = 2
"""The level of the outermost sections, below the title of the page."""


def to_content(
    draft: ConditionDraft,
    *,
    references: Mapping[str, ReferenceDraft],
    publisher: PublisherDraft,
    topics: Mapping[str, TopicDraft],
) -> Content:
    """What the draft says, with the shared rows that it names written out.

    A key that is cited but has no reference is left to `checks`.
    """
    content: Content = {"kind": KIND, **draft.model_dump(mode="json")}
    content["publisher"] = publisher.model_dump(mode="json")
    content["topics"] = [topics[slug].model_dump(mode="json") for slug in draft.topics]
    cited = sorted({key for _, keys in walk_citations(content) for key in keys})
    content["references"] = [
        references[key].model_dump(mode="json") for key in cited if key in references
    ]
    return content


def draft_of_content(content: Content) -> ConditionDraft:
    """The draft that says this content."""
    own = {name: content[name] for name in ConditionDraft.model_fields if name in content}
    own["publisher"] = content["publisher"]["slug"]
    own["topics"] = [topic["slug"] for topic in content["topics"]]
    return ConditionDraft.model_validate(own)


def describe(
    content: Content, *, title_of: TitleOf, link_of: LinkOf = link_to_condition
) -> dict[str, Any]:
    """The condition's own members of the edition's JSON, but for the review.

    Sections for one partner only are left out: an edition is what everybody may read.
    """
    public = {**content, "sections": _without_partners(content["sections"])}
    return _Description(public, title_of=title_of, link_of=link_of).build()


def _without_partners(sections: Sequence[Content]) -> list[Content]:
    return [
        {**section, "sections": _without_partners(section["sections"])}
        for section in sections
        if section["partner"] is None
    ]


class _Description:
    """One public content on its way to JSON, with the numbers of its references."""

    def __init__(self, content: Content, *, title_of: TitleOf, link_of: LinkOf) -> None:
        self.content = content
        self.title_of = title_of
        self.link_of = link_of
        self.references = {reference["key"]: reference for reference in content["references"]}
        cited = [key for _, keys in walk_citations(content) for key in keys]
        self.number_of = number_citations(cited, self.references)

    def build(self) -> dict[str, Any]:
        content = self.content
        copied = ("title", "name", "alternate_names", "codes")
        return {
            **{name: content[name] for name in copied},
            "summary": self._texts(content["summary"], SECTION_HEADING + 1),
            "audience": content["audience"],
            "topics": content["topics"],
            "sections": self._sections(content["sections"], SECTION_HEADING),
            "causes": [self._cause(cause) for cause in content["causes"]],
            "red_flags": [self._red_flag(flag) for flag in content["red_flags"]],
            "faqs": [self._faq(faq) for faq in content["faqs"]],
            "figures": content["figures"],
            "references": [self._reference(key) for key in self.number_of],
            "related": self._related(),
            "contributors": content["contributors"],
            "publisher": content["publisher"],
            "disclaimer": to_text(content["disclaimer"]),
            "license": content["license"],
            "attribution": content["attribution"],
        }

    def _html(self, markdown: str, heading_level: int) -> str:
        return to_html(
            markdown,
            number_of=self.number_of,
            link_of=self._link,
            heading_level=heading_level,
        )

    def _texts(self, markdown: str, heading_level: int) -> dict[str, str]:
        return {"html": self._html(markdown, heading_level), "text": to_text(markdown)}

    def _link(self, slug: str, part_id: str | None) -> str | None:
        if slug == self.content["slug"]:
            return f"#{part_id}" if part_id else self.link_of(slug, None)
        return self.link_of(slug, part_id) if self.title_of(slug) else None

    def _sections(self, sections: Sequence[Content], level: int) -> list[dict[str, Any]]:
        return [
            {
                "id": section["id"],
                "aspect": section["aspect"],
                "headline": section["headline"],
                **self._texts(section["body"], level + 1),
                "sections": self._sections(section["sections"], level + 1),
            }
            for section in sections
        ]

    def _cause(self, cause: Content) -> dict[str, Any]:
        slug = cause["condition"]
        return {
            "id": cause["id"],
            "name": cause["name"],
            "condition": slug if slug and self.title_of(slug) else None,
            "html": self._html(cause["body"], SECTION_HEADING + 2),
            "urgency": cause["urgency"],
        }

    def _red_flag(self, flag: Content) -> dict[str, Any]:
        numbers = [self.number_of[key] for key in flag["references"] if key in self.number_of]
        return {**flag, "references": numbers}

    def _faq(self, faq: Content) -> dict[str, Any]:
        answer = self._texts(faq["answer"], SECTION_HEADING + 2)
        return {"id": faq["id"], "question": faq["question"], "answer": answer}

    def _reference(self, key: str) -> dict[str, Any]:
        reference = self.references[key]
        csl = reference["csl"]
        return {
            "number": self.number_of[key],
            "id": key,
            "citation": format_citation(csl),
            "csl": csl,
            "doi": csl.get("DOI"),
            "url": csl.get("URL"),
            "checked_on": reference["checked_on"],
        }

    def _related(self) -> list[dict[str, str]]:
        found = [(slug, self.title_of(slug)) for slug in self.content["related"]]
        return [{"slug": slug, "title": title} for slug, title in found if title]
