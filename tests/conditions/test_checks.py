"""Every reason not to publish a page: its code, where it points, and what to do."""

from typing import Any

import pytest

from calfcms.publishing.problem import Problem
from conditions.checks import list_problems
from conditions.content import Content
from tests.conditions.examples import make_content

LOUD = {"id": "loud", "sign": "Loud", "urgency": "urgent", "action": "Go today."}
HUM = make_content(slug="ear-hum", red_flags=[LOUD])


def find_hum(slug: str) -> Content | None:
    return HUM if slug == "ear-hum" else None


def check(**changes: Any) -> list[tuple[str, str]]:
    problems = list_problems(make_content(**changes), get_condition=find_hum)
    return [(problem.code, problem.pointer) for problem in problems]


def test_a_whole_page_has_no_problems() -> None:
    assert check() == []


CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("no_review_interval", "/review_interval_months", {"review_interval_months": None}),
    (
        "review_interval_too_long",
        "/review_interval_months",
        {"risk_class": "raised", "review_interval_months": 25},
    ),
    ("no_disclaimer", "/disclaimer", {"disclaimer": ""}),
    ("empty_text", "/summary", {"summary": ""}),
    (
        "empty_text",
        "/sections/0/body",
        {"sections": [{"id": "a", "aspect": "overview", "headline": "A"}]},
    ),
    ("empty_text", "/causes/0/body", {"causes": [{"id": "a", "name": "A", "urgency": "urgent"}]}),
    ("empty_text", "/faqs/0/answer", {"faqs": [{"id": "a", "question": "A?"}]}),
    (
        "red_flag_without_action",
        "/red_flags/0/action",
        {"red_flags": [{"id": "a", "sign": "A", "urgency": "urgent"}]},
    ),
    ("figure_without_alt", "/figures/0/alt", {"figures": [{"id": "a"}]}),
    ("citation_without_reference", "/summary", {"summary": "A [@ear-board; @lost]."}),
    (
        "citation_without_reference",
        "/red_flags/0/references",
        {"red_flags": [LOUD | {"references": ["lost"]}]},
    ),
    ("link_to_unpublished_condition", "/related/0", {"related": ["lost"]}),
    (
        "link_to_unpublished_condition",
        "/causes/0/condition",
        {"causes": [{"id": "a", "name": "A", "urgency": "urgent", "condition": "lost"}]},
    ),
    ("link_to_unpublished_condition", "/summary", {"summary": "[x](condition:lost)"}),
    ("link_to_unpublished_condition", "/disclaimer", {"disclaimer": "[x](condition:lost)"}),
    ("link_to_unknown_part", "/summary", {"summary": "[x](condition:ear-hum#lost)"}),
    ("link_to_unknown_part", "/summary", {"summary": "[x](condition:ear-glow#lost)"}),
    ("link_to_unknown_part", "/summary", {"summary": "[x](condition:ear-glow#our-clinic)"}),
    ("link_not_allowed", "/summary", {"summary": "[x](javascript:alert)"}),
    ("link_not_allowed", "/summary", {"summary": "[x](#smoke)"}),
    ("unread_mark", "/summary", {"summary": "A [@Ito 2019]."}),
]


@pytest.mark.parametrize(
    ("code", "pointer", "changes"), CASES, ids=[f"{code} {where}" for code, where, _ in CASES]
)
def test_it_is_refused(code: str, pointer: str, changes: dict[str, Any]) -> None:
    assert check(**changes) == [(code, pointer)]


def test_a_malformed_doi_is_refused() -> None:
    content = make_content()
    content["references"][1]["csl"]["DOI"] = "10.1234/cut-"

    [problem] = list_problems(content, get_condition=find_hum)

    assert (problem.code, problem.pointer) == ("malformed_doi", "/references/1/csl/DOI")


def test_a_section_over_other_sections_needs_no_text_of_its_own() -> None:
    inner = {"id": "b", "aspect": "overview", "headline": "B", "body": "Text."}
    outer = {"id": "a", "aspect": "overview", "headline": "A", "sections": [inner]}

    assert check(sections=[outer]) == []


def test_a_cause_with_a_page_of_its_own_needs_no_text() -> None:
    cause = {"id": "a", "name": "A", "urgency": "urgent", "condition": "ear-hum"}

    assert check(causes=[cause]) == []


def test_a_page_may_link_to_itself_before_it_is_published() -> None:
    assert check(summary="[x](condition:ear-glow#smoke)") == []


@pytest.mark.parametrize(
    ("risk_class", "months"),
    [("high", None), ("high", 12), ("high", 1), ("standard", 36), (None, 60)],
)
def test_a_risk_class_or_an_interval_within_it_is_enough(
    risk_class: str | None, months: int | None
) -> None:
    assert check(risk_class=risk_class, review_interval_months=months) == []


def test_content_from_before_there_were_risk_classes_is_checked_too() -> None:
    content = make_content(review_interval_months=None)
    del content["risk_class"]

    codes = [problem.code for problem in list_problems(content, get_condition=find_hum)]

    assert codes == ["no_review_interval"]


def test_an_interval_that_is_too_long_names_the_longest_one() -> None:
    content = make_content(risk_class="high", review_interval_months=18)

    [problem] = list_problems(content, get_condition=find_hum)

    assert problem.message == "18 months is longer than the 12 that the risk class high allows."
    assert problem.hint == "Set it to 12 months or fewer, or leave it out."


def test_every_reason_is_given_at_once() -> None:
    problems = check(summary="", disclaimer="", review_interval_months=None, related=["lost"])

    assert [code for code, _ in problems] == [
        "no_review_interval",
        "no_disclaimer",
        "empty_text",
        "link_to_unpublished_condition",
    ]


def test_a_reason_says_what_is_wrong_and_what_to_do() -> None:
    content = make_content(related=["lost"])

    assert list_problems(content, get_condition=find_hum) == [
        Problem(
            code="link_to_unpublished_condition",
            message="The page links to 'lost', which is not published.",
            hint="Publish that page first or together with this one, or remove the link.",
            pointer="/related/0",
        )
    ]
