"""From a draft to the content that reviewers sign, and from that content to the edition's JSON.

Everything is decided by the arguments: same content and titles, same JSON.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from conditions.citations import format_citation, number_citations
from conditions.content import Content, walk_citations, walk_sections
from conditions.draft import (
    ConditionDraft,
    PublisherDraft,
    ReferenceDraft,
    TopicDraft,
    TranslationOf,
)
from conditions.links import LinkOf, link_from
from conditions.markdown import to_html, to_text
from conditions.renditions.labels import get_labels
from conditions.translation import describe_translation

TitleOf = Callable[[str], str | None]
"""The title of a published condition by slug; None where it is not published."""

KIND: Final = "condition"

MEMBERS: Final = (
    *("title", "name", "alternate_names", "codes", "summary", "audience", "topics", "sections"),
    *("causes", "red_flags", "faqs", "figures", "references", "related", "contributors"),
    *("publisher", "disclaimer", "license", "attribution", "translation"),
)
"""The condition's own members of the edition's JSON."""

SECTION_HEADING: Final = 2
"""The level of the outermost sections, below the title of the page."""


def to_content(
    draft: ConditionDraft,
    *,
    references: Mapping[str, ReferenceDraft],
    publisher: PublisherDraft,
    topics: Mapping[str, TopicDraft],
    source_digest: str | None = None,
) -> Content:
    """What the draft says, with the shared rows that it names written out, and the digest of the
    edition that it translates: whoever signs it, signs it as a translation of just that one.

    A key that is cited but has no reference is left to `checks`.
    """
    content: Content = {"kind": KIND, **draft.model_dump(mode="json")}
    if draft.translation_of is None:
        # Left out, not null: what pages said before there were translations keeps its digest.
        del content["translation_of"]
    else:
        content["translation_of"]["digest"] = source_digest
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
    if source := content.get("translation_of"):
        own["translation_of"] = {name: source[name] for name in TranslationOf.model_fields}
    return ConditionDraft.model_validate(own)


def describe(
    content: Content,
    *,
    title_of: TitleOf,
    link_of: LinkOf | None = None,
    partner: str | None = None,
    source: Content | None = None,
) -> dict[str, Any]:
    """The condition's own members of the edition's JSON, but for the review.

    `source` is what the edition says that this page translates.

    Sections for one partner only are left out, since an edition is what everybody may read;
    with `partner` its own are there, and say so.
    """
    shown = {**content, "sections": _without_partners(content["sections"], but=partner)}
    is_translation = "translation_of" in content
    links = link_of or link_from(content["locale"], is_translation=is_translation)
    described = _Description(shown, title_of=title_of, link_of=links).build()
    return described | {"translation": describe_translation(content, source)}


def list_partners(content: Content) -> list[str]:
    """The partners that sections are for alone, sorted."""
    sections = (section for _, section in walk_sections(content["sections"]))
    return sorted({section["partner"] for section in sections if section["partner"] is not None})


def public_content(content: Content) -> Content:
    """What everybody may read of a signed content: nothing for one partner only, no source that
    only such a text cites, and not who of us looked a source up."""
    public = {**content, "sections": _without_partners(content["sections"])}
    cited = {key for _, keys in walk_citations(public) for key in keys}
    return public | {
        "references": without_checkers(r for r in content["references"] if r["key"] in cited)
    }


def without_checkers(references: Iterable[Content]) -> list[Content]:
    """References without the name of the person who checked each."""
    return [{k: v for k, v in one.items() if k != "checked_by"} for one in references]


def _without_partners(sections: Sequence[Content], *, but: str | None = None) -> list[Content]:
    return [
        {**section, "sections": _without_partners(section["sections"], but=but)}
        for section in sections
        if section["partner"] in (None, but)
    ]


class _Description:
    """Content for somebody on its way to JSON, with the numbers of its references."""

    def __init__(self, content: Content, *, title_of: TitleOf, link_of: LinkOf) -> None:
        self.content = content
        self.title_of = title_of
        self.link_of = link_of
        self.references = {reference["key"]: reference for reference in content["references"]}
        cited = [key for _, keys in walk_citations(content) for key in keys]
        self.number_of = number_citations(cited, self.references)
        self.reference_word = get_labels(content["locale"]).reference

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
            reference_word=self.reference_word,
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
                **({"partner": section["partner"]} if section["partner"] else {}),
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
