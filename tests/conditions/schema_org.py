"""The part of schema.org (version 30.0) that pages use: types, and the properties each has here.

Properties that a type inherits are listed with the type. https://schema.org/docs/full.html
"""

from typing import Any, Final

THING: Final = {
    "name",
    "alternateName",
    "description",
    "disambiguatingDescription",
    "identifier",
} | {
    "url",
    "sameAs",
    "image",
}
WORK: Final = THING | {
    *("about", "abstract", "audience", "author", "citation", "contributor", "creditText"),
    *("dateModified", "editor", "encodingFormat", "hasPart", "headline", "inLanguage", "isPartOf"),
    *("keywords", "license", "mainEntity", "position", "publisher", "text", "version"),
    "translationOfWork",
}
PAGE: Final = WORK | {"breadcrumb", "lastReviewed", "reviewedBy", "specialty", "relatedLink"}
PROPERTIES: Final[dict[str, set[str]]] = {
    "MedicalWebPage": PAGE,
    "FAQPage": PAGE,
    "WebPage": PAGE,
    "HealthTopicContent": WORK | {"hasHealthAspect"},
    "MedicalCondition": THING | {"code"},
    "MedicalCode": THING | {"codeValue", "codingSystem"},
    "MedicalAudience": THING | {"audienceType"},
    "Question": WORK | {"acceptedAnswer"},
    "Answer": WORK,
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
    "Organization": THING,
    "Person": THING | {"hasCredential"},
    "EducationalOccupationalCredential": WORK,
    "ImageObject": WORK | {"caption", "contentUrl"},
    **dict.fromkeys(
        ["Article", "Book", "Chapter", "CreativeWork", "Dataset", "NewsArticle", "Report"], WORK
    ),
    **dict.fromkeys(["ScholarlyArticle", "Thesis", "BlogPosting", "SocialMediaPosting"], WORK),
}
HEALTH_ASPECTS: Final = {
    f"https://schema.org/{name}HealthAspect"
    for name in [
        *("Overview", "Symptoms", "Causes", "Treatments", "Prevention", "Prognosis"),
        *("RisksOrComplications", "SeeDoctor", "SelfCare", "LivingWith", "Screening", "Stages"),
        *("Types", "Pregnancy", "Misconceptions", "HowItWorks", "GettingAccess"),
    ]
}
CONTEXT: Final = {
    "@context": {
        "@vocab": "https://schema.org/",
        **{
            name: {"@type": "@id"}
            for name in ("contentUrl", "image", "isPartOf", "license", "sameAs", "url")
        },
    }
}


def load_context(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """The document loader for pyld: schema.org's context without asking for it."""
    assert url.rstrip("/") == "https://schema.org"
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": CONTEXT,
    }


def list_unknown_terms(value: Any) -> list[str]:
    """Every type or property under a JSON-LD value that schema.org does not have there."""
    if isinstance(value, list):
        return [term for item in value for term in list_unknown_terms(item)]
    if not isinstance(value, dict):
        return []
    own = {name for name in value if not name.startswith("@")}
    allowed = PROPERTIES.get(value["@type"], set()) if "@type" in value else set()
    unknown = [f"{value.get('@type')}.{name}" for name in sorted(own - allowed)]
    return unknown + [term for inner in value.values() for term in list_unknown_terms(inner)]
