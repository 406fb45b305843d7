"""From a protocol's draft to the content that reviewers sign, and to the edition's JSON. Pure.

The members that an answer depends on stand in the edition exactly as in the draft, so that the
evaluator can be compiled from the very JSON that was published.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from conditions.citations import format_citation, link_doi
from conditions.document import without_checkers
from conditions.draft import PublisherDraft, ReferenceDraft, TranslationOf
from conditions.links import link_to_condition
from conditions.markdown import to_html, to_text
from conditions.translation import describe_pin
from triage.definition import ProtocolDraft, list_reference_keys

Content = dict[str, Any]

KIND: Final = "protocol"
PATH: Final = "triage/protocols"
"""Where the API serves them."""
ANSWERING: Final = (
    *("conditions", "dispositions", "regions", "findings", "conflicts", "gates"),
    *("repeat_contact", "scores", "rules", "causes"),
)
"""The members that an answer depends on."""
MEMBERS: Final = (
    *("title", "summary", "specialties", *ANSWERING),
    *("references", "publisher", "disclaimer", "translation"),
)
"""The protocol's own members of the edition's JSON."""


def to_content(
    draft: ProtocolDraft,
    *,
    references: Mapping[str, ReferenceDraft],
    publisher: PublisherDraft,
    source_digest: str | None = None,
) -> Content:
    """What the draft says, with the publisher and the references that it names written out, and the
    digest of the edition that it translates.

    A key without a reference is left to `checks`.
    """
    content: Content = {"kind": KIND, **draft.model_dump(mode="json")}
    if draft.translation_of is None:
        del content["translation_of"]
    else:
        content["translation_of"]["digest"] = source_digest
    content["publisher"] = publisher.model_dump(mode="json")
    content["references"] = [
        references[key].model_dump(mode="json")
        for key in list_reference_keys(draft)
        if key in references
    ]
    return content


def draft_of_content(content: Content) -> ProtocolDraft:
    """The draft that says this content."""
    own = {name: content[name] for name in ProtocolDraft.model_fields if name in content}
    own["publisher"] = content["publisher"]["slug"]
    if source := content.get("translation_of"):
        own["translation_of"] = {name: source[name] for name in TranslationOf.model_fields}
    return ProtocolDraft.model_validate(own)


def public_content(content: Content) -> Content:
    """What everybody may read of a signed content: no cases, and not who looked a source up."""
    public = {name: value for name, value in content.items() if name != "case_sets"}
    return public | {"references": without_checkers(content["references"])}


def describe(content: Content) -> dict[str, Any]:
    """The protocol's own members of the edition's JSON, but for the review."""
    html = to_html(content["summary"], number_of={}, link_of=link_to_condition, heading_level=2)
    return {
        "title": content["title"],
        "summary": {"html": html, "text": to_text(content["summary"])},
        "specialties": content["specialties"],
        **{name: content[name] for name in ANSWERING},
        "references": list_references(content["references"]),
        "publisher": content["publisher"],
        "disclaimer": to_text(content["disclaimer"]),
        "translation": describe_pin(content, path=PATH, is_complete=True),
    }


def list_references(references: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The references as an answer and the edition show them."""
    return [_show_reference(reference) for reference in references]


def _show_reference(reference: Mapping[str, Any]) -> dict[str, Any]:
    csl = reference["csl"]
    doi = csl.get("DOI")
    return {
        "id": reference["key"],
        "citation": format_citation(csl),
        "doi": doi,
        "url": csl.get("URL") or (link_doi(doi) if doi else None),
        "checked_on": reference["checked_on"],
    }
