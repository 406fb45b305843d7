"""A made-up page from a made-up field, whole and small, to be changed in each test."""

from typing import Any

from conditions.content import Content
from conditions.document import describe, to_content
from conditions.draft import ConditionDraft, PublisherDraft, ReferenceDraft, TopicDraft

PUBLISHER = PublisherDraft(
    slug="demo-library", name="Demo Library", url="https://library.example", is_demonstration=True
)
TOPICS = {"ears": TopicDraft(slug="ears", title="Ears")}
REFERENCES = {
    "ito-2019": ReferenceDraft.model_validate(
        {
            "key": "ito-2019",
            "csl": {
                "type": "article-journal",
                "title": "Glow in the ear",
                "author": [{"family": "Ito", "given": "Hana M"}],
                "container-title": "J Imaginary Med",
                "issued": {"date-parts": [[2019, 5]]},
                "volume": "12",
                "issue": "3",
                "page": "45-51",
                "DOI": "10.1234/jim.2019.45",
            },
            "checked_on": "2026-11-20",
            "checked_by": "Eda Editor",
        }
    ),
    "ear-board": ReferenceDraft.model_validate(
        {
            "key": "ear-board",
            "csl": {
                "type": "webpage",
                "title": "Glowing ears",
                "author": [{"literal": "Ear Board"}],
                "URL": "https://ears.example/glow?a=1&b=2",
            },
        }
    ),
}
DRAFT: dict[str, Any] = {
    "slug": "ear-glow",
    "locale": "en",
    "title": "Ear glow: what it is and what to do",
    "name": "Ear glow",
    "alternate_names": ["luminous ear"],
    "codes": [{"system": "http://codes.example", "code": "E1", "display": "Ear glow"}],
    "topics": ["ears"],
    "publisher": "demo-library",
    "license": "CC BY 4.0",
    "attribution": "Demo Library",
    "review_interval_months": 12,
    "summary": "Most ears stop glowing by themselves [@ear-board].",
    "sections": [
        {
            "id": "symptoms",
            "aspect": "symptoms",
            "headline": "Symptoms",
            "body": "A **soft** light [@ito-2019; @ear-board].",
            "sections": [
                {
                    "id": "at-night",
                    "aspect": "symptoms",
                    "headline": "At night",
                    "body": "See [humming](condition:ear-hum#loud).",
                }
            ],
        },
        {
            "id": "our-clinic",
            "aspect": "getting_access",
            "headline": "How our clinic helps",
            "body": "Come and see us.",
            "partner": "glow-clinic",
        },
    ],
    "causes": [
        {
            "id": "hum",
            "name": "ear hum",
            "condition": "ear-hum",
            "urgency": "routine",
            "body": "Humming warms the ear.",
        }
    ],
    "red_flags": [
        {
            "id": "smoke",
            "sign": "Smoke from the ear",
            "urgency": "emergency",
            "action": "Call an ambulance.",
            "suspects": ["ear fire"],
            "references": ["ito-2019"],
        },
        {"id": "flicker", "sign": "The light flickers", "urgency": "urgent", "action": "Go today."},
    ],
    "faqs": [{"id": "catching", "question": "Is it catching?", "answer": "No [@ito-2019]."}],
    "figures": [
        {
            "id": "picture",
            "alt": "An ear that glows",
            "caption": "A glowing ear",
            "credit": "Ann Artist",
            "sources": [
                {"url": "https://img.example/ear.webp", "width": 800, "type": "image/webp"},
                {"url": "https://img.example/ear.jpg", "width": 400, "type": "image/jpeg"},
                {"url": "https://img.example/ear-2.jpg", "width": 800, "type": "image/jpeg"},
            ],
        }
    ],
    "related": ["ear-hum"],
    "contributors": [{"role": "author", "name": "Ada Author", "credentials": "writer"}],
    "disclaimer": "This is information, **not** a diagnosis.",
}
TITLES = {"ear-hum": "Ear hum", "ear-glow": "Ear glow"}


def make_draft(**changes: Any) -> ConditionDraft:
    """The page with some members replaced."""
    return ConditionDraft.model_validate(DRAFT | changes)


def make_content(**changes: Any) -> Content:
    """The content of the page with some members of its draft replaced."""
    return to_content(
        make_draft(**changes), references=REFERENCES, publisher=PUBLISHER, topics=TOPICS
    )


def make_edition(content: Content) -> dict[str, Any]:
    """The content as publishing makes an edition of it, with one clinical sign-off."""
    return {
        "schema_version": 1,
        "kind": "condition",
        "id": "6f1f9d1c-4d53-4c43-9a3e-0d3c1f4f2b11",
        "slug": content["slug"],
        "locale": content["locale"],
        "edition": 3,
        "digest": "sha256:" + "0" * 64,
        "content_digest": "sha256:" + "1" * 64,
        "published_at": "2026-11-21T12:00:00Z",
        "change": {"class": "clinical", "note": "First."},
        **describe(content, title_of=TITLES.get),
        "review": {
            "last_reviewed": "2026-11-21",
            "next_review_due": "2027-11-21",
            "sign_offs": [
                {
                    "role": "clinical",
                    "reviewer": {
                        "name": "Rex Reviewer (fictional)",
                        "credentials": "demonstration only",
                        "registration": "Fictional Register 0000",
                    },
                    "conflicts_of_interest": "none declared",
                    "signed_at": "2026-11-21T11:00:00Z",
                    "content_digest": "sha256:" + "1" * 64,
                }
            ],
        },
    }
