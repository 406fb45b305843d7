"""Reasons in words."""

from tests.triage.core.builders import (
    EMERGENCY,
    URGENT,
    make_facts,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.evaluate import evaluate
from triage.core.explain import (
    explain_match,
    explain_near_miss,
    explain_not_excluded,
    explain_rule,
    list_phrases,
)

PROTOCOL = make_protocol(
    [
        make_rule("clot", URGENT, "a and not b"),
        make_rule("chest", EMERGENCY, "a and c and age_years >= 16"),
        make_rule("child", URGENT, "age_years < 16"),
    ],
    scores=(make_score("wells", {"a": 1}),),
)
PHRASES = list_phrases(PROTOCOL)


def test_a_match_says_what_is_there_and_what_is_not() -> None:
    match = evaluate(PROTOCOL, make_facts("a", "b")).matched[0]

    assert explain_match(match, PHRASES) == "because: a phrase; not: b phrase"


def test_a_match_without_findings_rests_on_the_person() -> None:
    match = evaluate(PROTOCOL, make_facts(age_years=3)).matched[0]

    assert explain_match(match, PHRASES) == "because of age or sex"


def test_an_open_rule_says_what_would_have_to_be_known() -> None:
    entry = evaluate(PROTOCOL, make_facts("a")).not_excluded[0]

    assert explain_not_excluded(entry, PHRASES) == "not yet known: the age in years, c phrase"


def test_a_near_miss_says_which_answer_is_in_the_way() -> None:
    misses = evaluate(PROTOCOL, make_facts("a b", "c", age_years=20)).near_misses

    assert [explain_near_miss(miss, PHRASES) for miss in misses] == [
        "would apply if the answer were not no: c phrase",
        "would apply if the answer were not yes: b phrase",
    ]


def test_a_rule_reads_as_words() -> None:
    words = "a phrase and c phrase and age in years is at least 16"

    assert explain_rule(PROTOCOL.rules[1], PHRASES) == words
