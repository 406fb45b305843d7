"""What the editor learns while somebody types: faults, problems, sources, how it reads."""

from typing import Any

import pytest

from tests.conditions.admin.editor_scene import Desk

pytestmark = pytest.mark.django_db


def check(desk: Desk, **changes: Any) -> Any:
    response = desk.post("check", {"draft": desk.read() | changes})
    assert response.status_code == 200
    return response.json()


def test_it_names_every_problem_that_publishing_would_have_at_its_place(desk: Desk) -> None:
    flags = [{"id": "smoke", "sign": "Smoke", "urgency": "emergency", "action": ""}]

    answer = check(desk, red_flags=flags, disclaimer="", related=[])

    found = {problem["pointer"]: problem["code"] for problem in answer["problems"]}
    assert answer["errors"] == []
    assert found["/red_flags/0/action"] == "red_flag_without_action"
    assert found["/disclaimer"] == "no_disclaimer"
    assert all(problem["message"] and problem["hint"] for problem in answer["problems"])


def test_a_fault_is_an_answer_and_nothing_else_is_told(desk: Desk) -> None:
    answer = check(desk, title="")

    assert answer == {"errors": [{"pointer": "/title", "message": "Write something here."}]}


def test_it_writes_nothing(desk: Desk) -> None:
    before = desk.read()

    check(desk, title="Only a thought")

    assert desk.read() == before


def test_sources_come_in_the_order_of_their_numbers_with_where_they_are_cited(desk: Desk) -> None:
    answer = check(desk, summary="First [@ear-board], then [@nobody].")

    assert [
        (source["key"], source["checked_on"], source["places"]) for source in answer["references"]
    ] == [
        ("ear-board", None, ["/summary", "/sections/0/body"]),
        ("nobody", None, ["/summary"]),
        (
            "ito-2019",
            "2026-11-20",
            ["/sections/0/body", "/red_flags/0/references", "/faqs/0/answer"],
        ),
    ]
    assert answer["references"][1]["citation"] == answer["references"][1]["pointer"] == ""
    assert answer["references"][2]["citation"].startswith("Ito HM. Glow in the ear.")
    assert answer["references"][2]["pointer"] == "/references/1"


def test_it_says_how_each_text_and_the_whole_page_read(desk: Desk) -> None:
    hard = (
        "Otoluminescence constitutes an idiopathic manifestation of photochemical processes "
        "necessitating interdisciplinary consideration, notwithstanding its predominantly "
        "self-limiting character and comparatively inconsequential prognosis in individuals."
    )

    hints = check(desk, summary=hard)["hints"]

    assert hints["texts"]["/summary"]["words"] == 22
    assert hints["texts"]["/summary"]["reading_age"] > 16
    assert "Shorter sentences" in hints["texts"]["/summary"]["advice"]
    assert hints["texts"]["/sections/0/sections/0/body"]["words"] == 2
    assert hints["page"]["words"] > 22
    assert hints["page"]["minutes"] == 1


def test_a_long_summary_is_advised_against(desk: Desk) -> None:
    hints = check(desk, summary="The ear has a light. " * 30)["hints"]

    assert "fewer than 120 words" in hints["texts"]["/summary"]["advice"]


def test_what_is_no_draft_is_refused(desk: Desk) -> None:
    assert desk.post("check", {"draft": []}).status_code == 400
