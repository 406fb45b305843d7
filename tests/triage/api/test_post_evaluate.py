"""`POST /api/v1/triage/protocols/{slug}/evaluate`: the answer, member by member."""

import itertools
import json
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Edition
from tests.triage.api.conftest import URL, Ask, Send
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import PAGE, change_part
from triage.api.shapes import EvaluationBody, EvaluationShape
from triage.receipt_keys import list_receipt_keys
from triage.receipts import read_receipt

MEMBERS = [
    *("protocol", "status", "disposition", "range", "withheld", "matched", "not_excluded"),
    *("near_misses", "possible_causes", "scores", "next_questions", "conflicts", "safety_net"),
    *("repeat_contact", "review_overdue", "overdue", "content", "disclaimer", "receipt"),
]
ABSENT_GATES = {"smoke": "absent", "glow": "absent", "fever": "absent"}
ALL_ABSENT = {
    **ABSENT_GATES,
    **dict.fromkeys(["hum", "one_tooth", "all_teeth", "sweets", "sore_jaw"], "absent"),
}
BODIES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "null": dict.fromkeys(["age_years", "age_months", "sex", "region", "locale", "edition"]),
    "smoke": {"findings": {"smoke": "present"}},
    "all absent": {"findings": ALL_ABSENT},
    "all present": {"findings": dict.fromkeys(ALL_ABSENT, "present"), "age_years": 70},
    "sweet": {"findings": {**ABSENT_GATES, "hum": "present", "sweets": "present"}},
    "child": {"findings": {"hum": "present"}, "age_months": 20, "sex": "female"},
}


@pytest.fixture(autouse=True)
def _published(published: Edition) -> None:
    """Everything here is asked of the first edition, unless a test says otherwise."""


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_it_has_every_member_of_the_contract_in_the_documented_shape(
    ask: Ask, body: dict[str, Any]
) -> None:
    answer = ask(body)

    assert list(answer) == MEMBERS
    assert list_faults(EvaluationShape, answer) == []


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_it_takes_is_what_is_documented(ask: Ask, body: dict[str, Any]) -> None:
    ask(body)

    assert EvaluationBody.model_validate_json(json.dumps(body))


def test_it_says_which_edition_answered(ask: Ask, published: Edition) -> None:
    assert ask({})["protocol"] == {"slug": "tooth-hum", "edition": 1, "digest": published.digest}


def test_nothing_known_is_routine_and_open(ask: Ask) -> None:
    answer = ask({})

    assert answer["status"] == "more_information_needed"
    assert answer["disposition"]["urgency"] == "routine"
    assert answer["range"] == {"best_case": "self_care", "worst_case": "emergency"}
    assert answer["withheld"] == [{"urgency": "self_care", "because": ["fever", "glow", "smoke"]}]
    assert answer["matched"] == []


def test_an_emergency_is_told_whom_to_call_where_it_is(ask: Ask) -> None:
    answer = ask({"findings": {"smoke": "present"}, "region": "GB"})

    assert answer["disposition"] == {
        "urgency": "emergency",
        "headline": "Get help now",
        "advice": "Call an ambulance.",
        "call": "999",
    }
    assert answer["status"] == "complete"
    assert answer["next_questions"] == []
    assert answer["safety_net"] == []


@pytest.mark.parametrize("region", [None, "generic"])
def test_without_a_region_there_is_no_number_to_call(ask: Ask, region: str | None) -> None:
    answer = ask({"findings": {"smoke": "present"}, "region": region})

    assert answer["disposition"]["call"] is None


def test_a_match_says_why_and_on_which_evidence(ask: Ask) -> None:
    [match] = ask({"findings": {"smoke": "present"}})["matched"]

    assert match == {
        "rule": "smoke_seen",
        "urgency": "emergency",
        "title": "Title of smoke_seen",
        "reason": "Reason of smoke_seen.",
        "findings": {"smoke": "present"},
        "suspects": ["gum fire"],
        "red_flag": {
            "condition": "tooth-hum",
            "id": "smoke",
            "url": "/api/v1/conditions/tooth-hum?format=html#smoke",
        },
        "references": [
            {
                "id": "ito-2019",
                "citation": "Ito HM. Teeth that hum. J Imaginary Med. 2019 May.",
                "doi": "10.1234/jim.2019.45",
                "url": "https://doi.org/10.1234/jim.2019.45",
                "checked_on": "2026-11-20",
            },
            {
                "id": "tooth-board",
                "citation": "Tooth Board. Humming teeth [Internet].",
                "doi": None,
                "url": "https://teeth.example/hum",
                "checked_on": None,
            },
        ],
        "disagreement": match["disagreement"],
    }


def test_a_match_says_who_disagrees_and_what_was_chosen(ask: Ask) -> None:
    [match] = ask({"findings": {"smoke": "present"}})["matched"]

    disagreement = match["disagreement"]
    assert disagreement["choice"] == "We do not wait: a fire spreads."
    assert [
        (view["says"], view["urgency"], [source["id"] for source in view["references"]])
        for view in disagreement["views"]
    ] == [("Wait an hour.", "urgent", ["tooth-board"]), ("Smoke is fire.", None, ["ito-2019"])]


def test_a_rule_without_red_flag_points_to_none(ask: Ask) -> None:
    [match] = ask({"findings": {"hum": "present"}, "age_years": 4})["matched"]

    assert (match["rule"], match["red_flag"]) == ("small_child", None)


def test_a_whole_number_may_be_written_with_a_point(ask: Ask) -> None:
    written = ask({"age_years": 42.0, "findings": {"smoke": "present"}})

    assert written == ask({"age_years": 42, "findings": {"smoke": "present"}})


def test_a_withdrawn_page_is_no_place_to_send_anybody(ask: Ask, press: Press) -> None:
    press.withdraw("condition")

    answer = ask({"findings": {"smoke": "present"}})

    assert answer["disposition"]["urgency"] == "emergency"
    assert {match["red_flag"] for match in answer["matched"]} == {None}
    assert answer["content"] == []


def test_the_red_flag_leads_to_the_page(ask: Ask, client: Client) -> None:
    [match] = ask({"findings": {"smoke": "present"}})["matched"]

    page = client.get(match["red_flag"]["url"])

    assert page.status_code == 200
    assert b'id="smoke"' in page.content


def test_several_rules_are_all_told_and_the_highest_counts(ask: Ask) -> None:
    answer = ask({"findings": {"glow": "present", "fever": "present", "smoke": "present"}})

    assert [match["rule"] for match in answer["matched"]] == ["smoke_seen", "glow_or_fever"]
    assert answer["disposition"]["urgency"] == "emergency"


def test_self_care_is_given_when_every_gate_is_absent(ask: Ask) -> None:
    answer = ask(BODIES["sweet"] | {"age_years": 30})

    assert answer["disposition"]["urgency"] == "self_care"
    assert answer["withheld"] == []
    assert [match["rule"] for match in answer["matched"]] == ["sweet_hum"]


@pytest.mark.parametrize("value", ["unknown", None])
def test_self_care_is_withheld_while_a_gate_is_open(ask: Ask, value: str | None) -> None:
    findings = {**BODIES["sweet"]["findings"], "fever": value}
    asked = {name: given for name, given in findings.items() if given}

    answer = ask({"findings": asked, "age_years": 30})

    assert answer["disposition"]["urgency"] == "routine"
    assert answer["withheld"] == [{"urgency": "self_care", "because": ["fever"]}]
    assert answer["status"] == "more_information_needed"


def test_what_is_not_excluded_says_what_is_missing(ask: Ask) -> None:
    answer = ask({"findings": {**ALL_ABSENT, "hum": "present", "smoke": "unknown"}})

    assert {entry["rule"]: entry["missing"] for entry in answer["not_excluded"]} == {
        "smoke_seen": ["smoke"],
        "small_child": ["age_years"],
    }


def test_a_near_miss_says_which_answer_blocks_it(ask: Ask) -> None:
    answer = ask({"findings": {**ALL_ABSENT, "hum": "present"}, "age_years": 30})

    assert {
        "rule": "sweet_hum",
        "title": "Title of sweet_hum",
        "blocked_by": {"sweets": "absent"},
    } in answer["near_misses"]


def test_possible_causes_come_with_what_speaks_for_and_against_them(ask: Ask) -> None:
    answer = ask({"findings": {"glow": "present", "fever": "present", "sweets": "present"}})

    assert answer["possible_causes"] == [
        {
            "name": "gum fire",
            "condition": "tooth-hum",
            "likelihood": "possible",
            "supporting": ["fever", "glow"],
            "opposing": ["sweets"],
            "unknown": ["smoke"],
            "url": "/api/v1/conditions/tooth-hum?format=html",
        },
        {
            "name": "sweet hum",
            "condition": None,
            "likelihood": "possible",
            "supporting": ["sweets"],
            "opposing": [],
            "unknown": ["all_teeth"],
            "url": "/api/v1/conditions/tooth-hum?format=html#one-tooth",
        },
    ]


def test_a_score_says_how_much_of_it_is_known(ask: Ask) -> None:
    [score] = ask({"findings": {"fever": "present"}})["scores"]

    references = score.pop("references")
    assert score == {
        "id": "hum_score",
        "title": "Hum score",
        "known": 1,
        "of": 4,
        "min": 1,
        "max": 4,
        "note": "cannot rule out",
        "cut_offs": [{"points": 2, "label": "likely"}],
        "performance": [{"says": "Finds 9 in 10 fires.", "references": references}],
    }
    assert [reference["id"] for reference in references] == ["tooth-board"]


def test_a_score_can_raise_the_urgency(ask: Ask) -> None:
    answer = ask({"findings": {"hum": "present", "fever": "present"}, "age_years": 60})

    assert [match["rule"] for match in answer["matched"]] == ["high_score"]
    assert answer["disposition"]["urgency"] == "urgent"


def test_the_next_questions_say_why_and_what_they_could_change(ask: Ask) -> None:
    first, *others = ask({"findings": {"hum": "present"}})["next_questions"]

    assert first == {
        "finding": "smoke",
        "question": "Does smoke come out?",
        "help": "",
        "why": "Smoke means fire.",
        "could_change_to": "emergency",
    }
    assert "hum" not in {question["finding"] for question in others}


def test_answers_that_contradict_each_other_are_told(ask: Ask) -> None:
    findings = {"hum": "present", "one_tooth": "present", "all_teeth": "present"}

    answer = ask({"findings": findings})

    assert answer["conflicts"] == [{"findings": ["one_tooth", "all_teeth"], "read_as": "one_tooth"}]
    assert [match["rule"] for match in answer["matched"]] == ["one_tooth_hums"]


def test_the_safety_net_names_what_has_not_happened(ask: Ask) -> None:
    answer = ask(BODIES["sweet"] | {"age_years": 30})

    assert answer["safety_net"][0] == "Title of smoke_seen: Get help now"


def test_the_live_pages_are_named(ask: Ask, press: Press) -> None:
    press.publish_page(title="Another title")

    assert ask({})["content"] == [
        {"condition": "tooth-hum", "edition": 2, "url": "/api/v1/conditions/tooth-hum?format=html"}
    ]


def test_the_disclaimer_is_always_there(ask: Ask) -> None:
    assert ask({})["disclaimer"] == "This is information, not a diagnosis."


@pytest.mark.parametrize(
    ("age", "is_small"),
    [({"age_years": 4}, True), ({"age_years": 5}, False), ({"age_months": 23}, True), ({}, False)],
)
def test_age_counts_in_years_or_months(ask: Ask, age: dict[str, int], is_small: bool) -> None:
    answer = ask({"findings": {"hum": "present"}, **age})

    assert ("small_child" in {match["rule"] for match in answer["matched"]}) is is_small


@pytest.mark.parametrize("sex", ["male", "female", "other", "unknown", None])
def test_sex_is_as_fhir_has_it(ask: Ask, sex: str | None) -> None:
    assert ask({"sex": sex})["disposition"]["urgency"] == "routine"


def test_the_order_of_findings_and_members_never_changes_the_bytes(send: Send) -> None:
    findings = [("hum", "present"), ("smoke", "absent"), ("glow", "unknown"), ("fever", "present")]
    orders = list(itertools.permutations(findings))
    bodies = [{"findings": dict(order), "age_years": 63, "region": "GB"} for order in orders]
    bodies += [dict(reversed(body.items())) for body in bodies]

    answers = {send(body).content for body in bodies}

    assert len(answers) == 1


def test_the_same_question_gets_the_same_bytes_later(send: Send, press: Press) -> None:
    before = send({"findings": {"hum": "present"}, "edition": 1}).content

    press.publish_protocol(**change_part("rules", "small_child", when="hum and age_years < 9"))

    assert send({"findings": {"hum": "present"}, "edition": 1}).content == before


def test_an_edition_or_a_moment_asks_the_protocol_of_then(
    ask: Ask, press: Press, published: Edition
) -> None:
    body = {"findings": {"hum": "present"}, "age_years": 7}
    press.publish_protocol(**change_part("rules", "small_child", when="hum and age_years < 9"))

    now = ask(body)
    numbered = ask({**body, "edition": 1})
    then = ask({**body, "as_of": format_instant(published.published_at)})

    assert [answer["protocol"]["edition"] for answer in (now, numbered, then)] == [2, 1, 1]
    assert now["disposition"]["urgency"] == "urgent"
    assert numbered == then
    assert then["disposition"]["urgency"] == "routine"


def test_the_locale_is_named_or_negotiated(ask: Ask, send: Send, press: Press) -> None:
    press.publish_both(locale="hi", disclaimer="यह निदान नहीं है।")

    named = ask({"locale": "hi"})
    negotiated = send({}, Accept_Language="hi-IN")
    default = send({})

    assert named["disclaimer"] == "यह निदान नहीं है।"
    assert json.loads(negotiated.content) == named
    assert (negotiated["Content-Language"], default["Content-Language"]) == ("hi", "en")


def test_the_answer_is_kept_nowhere(send: Send) -> None:
    response = send({"findings": {"smoke": "present"}})

    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_nothing_is_stored(ask: Ask) -> None:
    before = count_rows()

    for body in BODIES.values():
        ask(body)

    assert count_rows() == before


def count_rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_it_takes_two_queries_and_writes_nothing(ask: Ask) -> None:
    with CaptureQueriesContext(connection) as queries:
        ask({"findings": {"smoke": "present"}, "age_years": 63})

    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT"]


def test_other_sites_may_ask_without_credentials(client: Client) -> None:
    preflight = client.options(
        URL,
        headers={
            "Origin": "https://partner.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        URL, "{}", content_type="application/json", headers={"Origin": "https://partner.example"}
    )

    assert "POST" in preflight["Access-Control-Allow-Methods"]
    assert "content-type" in preflight["Access-Control-Allow-Headers"]
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_options_says_what_is_possible(client: Client) -> None:
    response = client.options(URL)

    assert (response.status_code, response["Allow"]) == (204, "POST, OPTIONS")


def test_the_page_may_be_withdrawn_while_the_protocol_still_answers(ask: Ask, press: Press) -> None:
    press.withdraw("condition")

    answer = ask({"findings": {"smoke": "present"}})

    assert answer["content"] == []
    assert answer["disposition"]["urgency"] == "emergency"


def test_page_and_answer_agree_on_every_red_flag(ask: Ask) -> None:
    signs = {
        "smoke": ["smoke"],
        "glowing-gum": ["glow", "fever"],
        "one-tooth": ["hum", "one_tooth"],
    }
    for flag in PAGE["red_flags"]:
        present = dict.fromkeys(signs[flag["id"]], "present")

        answer = ask({"findings": {"all_teeth": "absent", **present}})

        assert answer["disposition"]["urgency"] == flag["urgency"]
        assert flag["id"] in [m["red_flag"]["id"] for m in answer["matched"] if m["red_flag"]]


@pytest.mark.parametrize(
    ("speaker", "question"),
    [
        (None, "Does a tooth hum?"),
        ("self", "Does a tooth hum?"),
        ("carer", "Does a tooth of theirs hum?"),
        ("child", "Does your child's tooth hum?"),
    ],
)
def test_questions_are_put_to_whoever_answers(ask: Ask, speaker: str | None, question: str) -> None:
    answer = ask({"findings": ABSENT_GATES, "speaker": speaker})

    questions = {entry["finding"]: entry["question"] for entry in answer["next_questions"]}
    assert questions["hum"] == question


def test_nothing_is_overdue_before_its_day(ask: Ask) -> None:
    answer = ask({})

    assert (answer["review_overdue"], answer["overdue"]) == (False, [])


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        ("2027-11-22", [(None, "2027-11-21")]),
        ("2028-11-21", [(None, "2027-11-21"), ("smoke_seen", "2028-11-20")]),
    ],
)
def test_a_review_that_is_overdue_is_marked(
    ask: Ask, day: str, overdue: list[tuple[str | None, str]]
) -> None:
    with time_machine.travel(f"{day}T10:00:00Z", tick=False):
        answer = ask({"findings": {"smoke": "present"}})

    assert answer["review_overdue"]
    assert [(entry["rule"], entry["due"]) for entry in answer["overdue"]] == overdue


def test_what_got_worse_since_an_earlier_receipt_counts_as_a_repeated_contact(
    ask: Ask, press: Press
) -> None:
    press.publish_protocol(repeat_contact="sore_jaw")
    earlier = ask({"findings": {"hum": "present", "glow": "absent"}})

    answer = ask({"findings": {"glow": "present"}, "previous": earlier["receipt"]})

    assert earlier["repeat_contact"] is None
    assert answer["repeat_contact"] == {"finding": "sore_jaw", "because": ["glow"]}
    assert (
        answer["scores"][0]["known"]
        == ask({"findings": {"sore_jaw": "present"}})["scores"][0]["known"]
    )


def test_the_same_question_gets_the_same_bytes(send: Send) -> None:
    findings = {"smoke": "absent", "fever": "present", "hum": "unknown"}
    turned = dict(reversed(findings.items()))

    first, second = send({"findings": findings}), send({"findings": turned, "sex": None})

    assert first.content == second.content


def test_a_receipt_holds_nothing_but_what_was_answered_and_from_what(ask: Ask) -> None:
    answer = ask({"findings": {"smoke": "present"}, "age_years": 63, "sex": "female"})

    assert read_receipt(answer["receipt"], list_receipt_keys()).keys() == {
        *("engine", "protocol", "locale", "edition", "digest", "answer", "findings"),
        *("age_years", "sex", "region", "speaker", "pages", "overdue"),
    }
