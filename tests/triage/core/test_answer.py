"""The answer as data: members, order and nothing that JSON could not carry."""

import json

from tests.triage.core.builders import (
    EMERGENCY,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_facts,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.answer import to_answer
from triage.core.evaluate import evaluate
from triage.core.expressions import parse
from triage.core.protocol import Cause, PartLink

LINKS = (PartLink("calf-pain", "clot-signs"), PartLink("calf-pain", "other"))
PROTOCOL = make_protocol(
    [
        make_rule("clot", URGENT, "a", suspects=("clot",), red_flags=LINKS),
        make_rule("chest", EMERGENCY, "a and b"),
        make_rule("cold", EMERGENCY, "a and c"),
        make_rule("home", SELF_CARE, "d"),
    ],
    "a b c d e",
    scores=(make_score("points", {"a": 1, "b": 1}),),
    causes=(Cause("clot", "clot", "clot-page", parse("a"), ("b",), ("e",)),),
    conflicts=(make_conflict("a e"),),
    gates=("a",),
)


def test_a_full_answer_has_the_members_of_the_contract_in_their_order() -> None:
    answer = to_answer(evaluate(PROTOCOL, make_facts("a e", "b"), region="GB"))

    assert json.loads(json.dumps(answer)) == answer
    assert list(answer) == [
        "status",
        "disposition",
        "range",
        "withheld",
        "matched",
        "not_excluded",
        "near_misses",
        "possible_causes",
        "scores",
        "next_questions",
        "conflicts",
        "safety_net",
    ]
    assert answer == {
        "status": "more_information_needed",
        "disposition": {
            "urgency": "urgent",
            "headline": "urgent headline",
            "advice": "urgent advice",
            "call": "111",
        },
        "range": {"best_case": "urgent", "worst_case": "emergency"},
        "withheld": [],
        "matched": [
            {
                "rule": "clot",
                "urgency": "urgent",
                "title": "clot title",
                "reason": "clot reason",
                "findings": {"a": "present"},
                "suspects": ["clot"],
                "red_flag": {"condition": "calf-pain", "id": "clot-signs"},
                "references": ["source-2020"],
            }
        ],
        "not_excluded": [
            {"rule": "cold", "urgency": "emergency", "title": "cold title", "missing": ["c"]}
        ],
        "near_misses": [{"rule": "chest", "title": "chest title", "blocked_by": {"b": "absent"}}],
        "possible_causes": [
            {
                "name": "clot",
                "condition": "clot-page",
                "likelihood": "possible",
                "supporting": [],
                "opposing": ["e"],
                "unknown": [],
            }
        ],
        "scores": [
            {
                "id": "points",
                "title": "points title",
                "known": 2,
                "of": 2,
                "min": 1,
                "max": 1,
                "note": "cannot rule out",
                "references": ["s-1"],
            }
        ],
        "next_questions": [
            {
                "finding": "c",
                "question": "c question?",
                "help": "",
                "why": "cold title",
                "could_change_to": "emergency",
            }
        ],
        "conflicts": [{"findings": ["a", "e"], "read_as": "a"}],
        "safety_net": ["chest title: emergency headline", "cold title: emergency headline"],
    }


def test_a_rule_without_a_red_flag_says_so_and_self_care_says_why_it_is_withheld() -> None:
    answer = to_answer(evaluate(PROTOCOL, make_facts("d")))

    assert answer["matched"][0]["red_flag"] is None
    assert answer["withheld"] == [{"urgency": "self_care", "because": ["a"]}]
