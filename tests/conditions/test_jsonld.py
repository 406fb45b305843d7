"""A page in schema.org terms, node by node."""

import json
from typing import Any

import pytest
from pyld import jsonld

from conditions.draft import Aspect
from conditions.renditions.jsonld import render_jsonld
from tests.conditions.examples import make_content, make_edition
from tests.conditions.schema_org import HEALTH_ASPECTS, list_unknown_terms, load_context


def make_graph(**changes: Any) -> dict[str, dict[str, Any]]:
    """The nodes of the graph by their first type."""
    document = json.loads(render_jsonld(make_edition(make_content(**changes))))
    return {node["@type"]: node for node in document["@graph"]}


def test_it_is_one_graph_of_five_nodes() -> None:
    assert list(make_graph()) == [
        "MedicalWebPage",
        "MedicalCondition",
        "FAQPage",
        "BreadcrumbList",
        "Organization",
    ]


def test_it_uses_no_term_that_schema_org_does_not_have() -> None:
    assert list_unknown_terms(list(make_graph().values())) == []


def test_the_page_says_what_it_is_about_and_who_reviewed_it_when() -> None:
    page = make_graph()["MedicalWebPage"]

    assert page["about"] == {"@id": "#page--condition"}
    assert page["lastReviewed"] == "2026-11-21"
    assert page["dateModified"] == "2026-11-21T12:00:00Z"
    assert page["inLanguage"] == "en"
    assert page["audience"] == {"@type": "MedicalAudience", "audienceType": "Patient"}
    assert page["reviewedBy"] == [
        {
            "@type": "Person",
            "name": "Rex Reviewer (fictional)",
            "hasCredential": {
                "@type": "EducationalOccupationalCredential",
                "name": "demonstration only",
            },
            "identifier": "Fictional Register 0000",
        }
    ]


def test_an_editors_sign_off_is_no_review() -> None:
    edition = make_edition(make_content())
    edition["review"]["sign_offs"][0]["role"] = "editorial"

    [page, *_] = json.loads(render_jsonld(edition))["@graph"]

    assert "reviewedBy" not in page


def test_people_stand_under_what_they_did() -> None:
    people = [
        {"role": "author", "name": "Ada"},
        {"role": "editor", "name": "Eda"},
        {"role": "patient_adviser", "name": "Pat"},
    ]

    page = make_graph(contributors=people)["MedicalWebPage"]

    assert page["author"] == [{"@type": "Person", "name": "Ada"}]
    assert page["editor"] == [{"@type": "Person", "name": "Eda"}]
    assert page["contributor"] == [{"@type": "Person", "name": "Pat"}]


def test_the_condition_has_its_names_and_codes() -> None:
    assert make_graph()["MedicalCondition"] == {
        "@type": "MedicalCondition",
        "@id": "#page--condition",
        "name": "Ear glow",
        "alternateName": ["luminous ear"],
        "code": [
            {
                "@type": "MedicalCode",
                "codingSystem": "http://codes.example",
                "codeValue": "E1",
                "name": "Ear glow",
            }
        ],
    }


def test_a_source_is_the_work_that_it_is() -> None:
    assert make_graph()["MedicalWebPage"]["citation"][1] == {
        "@type": "ScholarlyArticle",
        "name": "Glow in the ear",
        "creditText": "Ito HM. Glow in the ear. J Imaginary Med. 2019 May;12(3):45-51.",
        "position": 2,
        "sameAs": "https://doi.org/10.1234/jim.2019.45",
    }


@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_section_says_which_health_aspect_it_is_about(aspect: Aspect) -> None:
    section = {"id": "a", "aspect": aspect, "headline": "A", "body": "Text."}

    [part] = make_graph(sections=[section])["MedicalWebPage"]["hasPart"]

    if aspect is Aspect.DIAGNOSIS:  # schema.org has no term for it
        assert "hasHealthAspect" not in part
    else:
        assert part["hasHealthAspect"]["@id"] in HEALTH_ASPECTS


def test_questions_come_with_their_accepted_answers() -> None:
    assert make_graph()["FAQPage"]["mainEntity"] == [
        {
            "@type": "Question",
            "@id": "#catching",
            "name": "Is it catching?",
            "acceptedAnswer": {"@type": "Answer", "text": "No."},
        }
    ]


def test_a_page_without_questions_has_no_faq_page() -> None:
    assert "FAQPage" not in make_graph(faqs=[])


def test_a_demonstration_publisher_says_so() -> None:
    publisher = make_graph()["Organization"]

    assert publisher["disambiguatingDescription"].startswith("A demonstration publisher")


def test_a_licence_is_an_address_or_a_named_work() -> None:
    by_name = make_graph(license="CC BY 4.0")["MedicalWebPage"]
    by_address = make_graph(license="https://license.example")["MedicalWebPage"]

    assert by_name["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}
    assert by_address["license"] == "https://license.example"


def test_it_expands_to_linked_nodes() -> None:
    document = json.loads(render_jsonld(make_edition(make_content())))

    options = {"documentLoader": load_context, "base": "https://page.example/"}
    [page, condition, *_] = jsonld.expand(document, options)
    assert page["https://schema.org/about"] == [{"@id": condition["@id"]}]
    assert condition["@type"] == ["https://schema.org/MedicalCondition"]


def test_it_cannot_end_the_script_element_that_it_stands_in() -> None:
    body = render_jsonld(make_edition(make_content(title="</script><!-- & \u00e9")))

    assert b"</script" not in body
    assert json.loads(body)["@graph"][0]["name"] == "</script><!-- & \u00e9"
