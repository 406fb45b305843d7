"""The parts of a page in schema.org terms."""

from typing import Any, Final

from conditions.aspect import Aspect
from conditions.citations import link_doi

Node = dict[str, Any]

_WORK_TYPES: Final = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "paper-conference": "ScholarlyArticle",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_CONTRIBUTOR_PROPERTIES: Final = {"author": "author", "editor": "editor"}
_ASPECTS_WITHOUT_TERM: Final = {Aspect.DIAGNOSIS}


def keep(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def describe_reviewer(sign_off: dict[str, Any]) -> Node:
    """A reviewer by a sign-off, with the registration on that day."""
    reviewer = sign_off["reviewer"]
    return _describe_person(reviewer) | keep({"identifier": reviewer["registration"]})


def _describe_person(person: dict[str, Any]) -> Node:
    credential = {"@type": "EducationalOccupationalCredential", "name": person["credentials"]}
    held = {"hasCredential": credential} if person["credentials"] else {}
    return {"@type": "Person", "name": person["name"], **held}


def describe_contributors(contributors: list[dict[str, Any]]) -> Node:
    """The people who made the text, by the property that names their part in it."""
    described: dict[str, list[Node]] = {}
    for contributor in contributors:
        name = _CONTRIBUTOR_PROPERTIES.get(contributor["role"], "contributor")
        described.setdefault(name, []).append(_describe_person(contributor))
    return dict(described)


def describe_code(code: dict[str, Any]) -> Node:
    """A code of the condition in a terminology."""
    return keep(
        {
            "@type": "MedicalCode",
            "codingSystem": code["system"],
            "codeValue": code["code"],
            "name": code["display"],
        }
    )


def describe_section(section: dict[str, Any]) -> Node:
    """A section as a work of its own, about one health aspect."""
    aspect = section["aspect"]
    term = "".join(word.capitalize() for word in aspect.split("_"))
    known = aspect not in _ASPECTS_WITHOUT_TERM
    return keep(
        {
            "@type": "HealthTopicContent",
            "@id": f"#{section['id']}",
            "headline": section["headline"],
            "hasHealthAspect": {"@id": f"https://schema.org/{term}HealthAspect"} if known else None,
            "text": section["text"],
            "hasPart": [describe_section(inner) for inner in section["sections"]],
        }
    )


def describe_reference(reference: dict[str, Any]) -> Node:
    """A source as the work that it is."""
    csl = reference["csl"]
    return keep(
        {
            "@type": _WORK_TYPES.get(csl["type"], "CreativeWork"),
            "name": csl["title"],
            "creditText": reference["citation"],
            "position": reference["number"],
            "url": reference["url"],
            "sameAs": link_doi(reference["doi"]) if reference["doi"] else None,
        }
    )


def describe_figure(figure: dict[str, Any]) -> Node:
    """A picture by its widest file."""
    widest = max(figure["sources"], key=lambda source: int(source["width"]))
    return keep(
        {
            "@type": "ImageObject",
            "@id": f"#{figure['id']}",
            "contentUrl": widest["url"],
            "encodingFormat": widest["type"],
            "caption": figure["caption"],
            "description": figure["alt"],
            "creditText": figure["credit"],
        }
    )


def describe_source(translation: dict[str, Any] | None) -> Node | None:
    """The page that this one translates, as the edition that it was."""
    if not translation:
        return None
    source = translation["of"]
    return {
        "@type": "MedicalWebPage",
        "url": source["url"],
        "inLanguage": source["locale"],
        "version": source["edition"],
    }


def describe_license(license_name: str) -> Node | str:
    """A licence by its address, or by its name."""
    if license_name.startswith(("https://", "http://")) or not license_name:
        return license_name
    return {"@type": "CreativeWork", "name": license_name}
