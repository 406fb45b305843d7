"""Trying a rule out: what the draft on the screen would answer, why, and what would change it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.models import Document
from tests.triage.admin.protocol_desk import ProtocolDesk, sit_down

pytestmark = pytest.mark.django_db


def ask(desk: ProtocolDesk, **body: Any) -> Any:
    response = desk.post("try", {"draft": desk.read(), "rule": "", "findings": {}, **body})
    assert response.status_code == 200, response.content
    return response.json()


def add_rule(desk: ProtocolDesk, when: str, urgency: str = "urgent") -> dict[str, Any]:
    draft = desk.read()
    draft["rules"].append(draft["rules"][0] | {"id": "new", "when": when, "urgency": urgency})
    return draft


def test_it_answers_by_the_draft_on_the_screen(desk: ProtocolDesk) -> None:
    draft = add_rule(desk, "sore_jaw and age_years >= 60")

    answer = ask(desk, draft=draft, rule="new", findings={"sore_jaw": "present"}, age_years=61)

    assert answer["urgency"] == "urgent"
    assert answer["rule"]["truth"] == "true"
    assert "new" in [rule["id"] for rule in answer["matched"]]
    assert "new" not in [rule["id"] for rule in desk.read()["rules"]]


def test_the_trace_has_each_part_with_its_truth_and_interval(desk: ProtocolDesk) -> None:
    draft = add_rule(desk, "not hum and hum_score >= 2")

    trace = ask(desk, draft=draft, rule="new", findings={"fever": "present"})["rule"]["trace"]

    negation, comparison = trace["steps"]
    assert (trace["text"], trace["truth"]) == ("not hum and hum_score >= 2", "unknown")
    assert (negation["words"], negation["truth"]) == ("not: humming tooth", "unknown")
    assert (comparison["truth"], comparison["interval"]) == ("true", [2, 4])
    assert [(item["words"], item["points"], item["truth"]) for item in comparison["steps"]] == [
        ("Sore jaw", 1, "unknown"),
        ("Fever", 2, "true"),
        ("60 or older", 1, "unknown"),
        ("Rings on a tuning fork (cannot be asked here)", -1, "unknown"),
    ]


def test_the_nearest_flip_is_the_fewest_answers_that_switch_the_rule(desk: ProtocolDesk) -> None:
    draft = add_rule(desk, "sore_jaw and sweets or hum and sore_jaw and one_tooth")

    nothing = ask(desk, draft=draft, rule="new")["rule"]
    one_known = ask(desk, draft=draft, rule="new", findings={"sore_jaw": "present"})["rule"]

    assert nothing["flips"] == [
        {"answers": {"sore_jaw": "present", "sweets": "present"}, "urgency": "urgent"}
    ]
    assert one_known["flips"] == [{"answers": {"sweets": "present"}, "urgency": "urgent"}]


def test_a_true_rule_is_switched_off_by_one_answer(desk: ProtocolDesk) -> None:
    answer = ask(desk, rule="smoke_seen", findings={"smoke": "present"})

    assert answer["urgency"] == "emergency"
    assert [flip["answers"] for flip in answer["rule"]["flips"]] == [{"smoke": "absent"}]


def test_single_answers_that_move_the_urgency_are_listed_the_most_urgent_first(
    desk: ProtocolDesk,
) -> None:
    flips = ask(desk)["urgency_flips"]

    assert flips[0] == {"answers": {"smoke": "present"}, "urgency": "emergency"}


def test_answers_about_findings_that_are_gone_are_left_out(desk: ProtocolDesk) -> None:
    assert ask(desk, findings={"gone": "present"})["matched"] == []


def test_a_broken_rule_says_where_it_is_broken(desk: ProtocolDesk) -> None:
    response = desk.post("try", {"draft": add_rule(desk, "humm"), "findings": {}})

    [error] = response.json()["errors"]
    assert response.status_code == 200
    assert error["pointer"].endswith("/when")
    assert "humm" in error["message"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"findings": []}, "/findings"),
        ({"findings": {"hum": "perhaps"}}, "/findings or sex"),
        ({"findings": {}, "age_years": 900}, "/age_years"),
        ({"findings": {}, "age_years": "60"}, "/age_years"),
        ({"findings": {}, "sex": ["female"]}, "/findings"),
    ],
)
def test_impossible_facts_are_refused(
    desk: ProtocolDesk, body: dict[str, Any], pointer: str
) -> None:
    response = desk.post("try", {"draft": desk.read(), **body})

    assert response.status_code == 200
    assert response.json()["errors"][0]["pointer"] == pointer


def test_a_draft_with_a_fault_of_form_is_refused_at_its_place(desk: ProtocolDesk) -> None:
    draft = desk.read() | {"title": ""}

    response = desk.post("try", {"draft": draft, "findings": {}})

    assert response.status_code == 200
    assert response.json()["errors"] == [{"pointer": "/title", "message": "Write something here."}]


def test_what_is_no_draft_is_refused(desk: ProtocolDesk) -> None:
    assert desk.post("try", {"draft": []}).status_code == 400


def test_only_editors_may_ask(reviewer: User, document: Document) -> None:
    assert sit_down(reviewer, document).post("try", {}).status_code == 403
