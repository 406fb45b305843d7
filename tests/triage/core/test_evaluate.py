"""The whole answer, on a protocol small enough to follow by hand."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_facts,
    make_findings,
    make_protocol,
    make_rule,
    make_score,
)
from triage.core.applicability import Applicability
from triage.core.evaluate import UnknownRegion, evaluate
from triage.core.evaluation import Evaluation, Match, NearMiss, Status
from triage.core.facts import Facts, Presence
from triage.core.literals import UnknownFinding
from triage.core.protocol import Protocol, Region, Score, ScoreItem

FINDINGS = make_findings(
    ["swelling", "breathless", "cold_foot", "cramp", "both_legs", "one_leg", "walking_pain"],
    red_flags=["swelling", "breathless", "cold_foot"],
)
PROTOCOL = make_protocol(
    [
        make_rule("chest", EMERGENCY, "swelling and breathless"),
        make_rule("cold", EMERGENCY, "cold_foot"),
        make_rule("clot", URGENT, "swelling and not both_legs"),
        make_rule("claudication", ROUTINE, "walking_pain and age_years >= 50"),
        make_rule("home", SELF_CARE, "cramp and not swelling"),
    ],
    FINDINGS,
    gates=("cold_foot", "breathless"),
    conflicts=(make_conflict("one_leg both_legs"),),
)
SAFE = "swelling breathless cold_foot both_legs one_leg walking_pain"


def urgency_of(present: str = "", absent: str = "", protocol: Protocol = PROTOCOL) -> Urgency:
    return evaluate(protocol, make_facts(present, absent)).disposition.urgency


def bounds(evaluation: Evaluation) -> tuple[Urgency, Urgency]:
    return evaluation.range.best_case, evaluation.range.worst_case


def rules(entries: Iterable[Match | NearMiss]) -> list[str]:
    return [entry.rule.id for entry in entries]


def test_nothing_known_concludes_nothing() -> None:
    answer = evaluate(PROTOCOL, Facts())

    assert answer.disposition.urgency is ROUTINE
    assert bounds(answer) == (SELF_CARE, EMERGENCY)
    assert answer.status is Status.MORE_INFORMATION_NEEDED
    assert not (*answer.matched, *answer.near_misses, *answer.possible_causes)


@pytest.mark.parametrize(
    ("present", "absent", "expected"),
    [
        ("swelling", "both_legs", URGENT),
        ("swelling breathless", "both_legs", EMERGENCY),
        ("cold_foot", "", EMERGENCY),
        ("swelling", "", ROUTINE),
        ("cramp", SAFE, SELF_CARE),
        ("cramp", "swelling breathless", ROUTINE),
        ("", SAFE, ROUTINE),
    ],
)
def test_the_highest_true_rule_decides(present: str, absent: str, expected: Urgency) -> None:
    assert urgency_of(present, absent) is expected


def test_an_emergency_is_complete_whatever_is_unknown() -> None:
    answer = evaluate(PROTOCOL, make_facts("cold_foot"))

    assert answer.status is Status.COMPLETE
    assert bounds(answer) == (EMERGENCY, EMERGENCY)
    assert not (*answer.next_questions, *answer.safety_net, *answer.not_excluded)


def test_it_is_complete_when_nothing_unknown_can_change_the_disposition() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling", "both_legs breathless cold_foot"))

    assert answer.status is Status.COMPLETE
    assert bounds(answer) == (URGENT, URGENT)


def test_headline_and_number_come_from_the_protocol_and_the_region() -> None:
    facts = make_facts("cold_foot")

    assert evaluate(PROTOCOL, facts).call == "your emergency number"
    assert evaluate(PROTOCOL, facts, region="GB").call == "999"
    assert evaluate(PROTOCOL, facts).disposition.headline == "emergency headline"
    assert evaluate(PROTOCOL, make_facts("", SAFE), region="GB").call is None


def test_a_region_it_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="use one of GB, generic"):
        evaluate(PROTOCOL, Facts(), region="XX")


def test_without_a_generic_region_it_has_no_number_to_give() -> None:
    protocol = replace(PROTOCOL, regions=(Region("GB", "United Kingdom"),))

    assert evaluate(protocol, Facts()).call is None


def test_findings_it_does_not_know_are_refused_by_name() -> None:
    with pytest.raises(UnknownFinding, match="no finding feever, kramp"):
        evaluate(PROTOCOL, make_facts("cramp kramp", "", "feever"))


def test_a_match_shows_the_answers_that_make_it_true() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling breathless cramp", "both_legs cold_foot"))

    assert rules(answer.matched) == ["chest", "clot"]
    assert answer.matched[1].findings == (
        ("both_legs", Presence.ABSENT),
        ("swelling", Presence.PRESENT),
    )


def test_a_match_through_a_group_or_a_score_shows_only_what_counts() -> None:
    points = make_score("points", {"d": 2, "e": -1})
    rule = make_rule("r", URGENT, "at_least(1, a, b and c) and points >= 2")
    protocol = make_protocol([rule], scores=(points,))

    answer = evaluate(protocol, make_facts("a b d", "c e"))

    assert answer.matched[0].findings == (
        ("a", Presence.PRESENT),
        ("d", Presence.PRESENT),
        ("e", Presence.ABSENT),
    )


def test_open_rules_above_the_disposition_are_not_excluded() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling", "both_legs"))

    missing = {entry.rule.id: entry.missing for entry in answer.not_excluded}
    assert missing == {"chest": ("breathless",), "cold": ("cold_foot",)}


def test_what_is_missing_leaves_out_what_no_longer_matters() -> None:
    protocol = make_protocol([make_rule("r", URGENT, "(a and b) or (c and d)")])

    answer = evaluate(protocol, make_facts("c", "a"))

    assert answer.not_excluded[0].missing == ("d",)


def test_a_settled_group_asks_for_nothing_more() -> None:
    protocol = make_protocol([make_rule("r", URGENT, "at_least(2, a, b, c) and d")])

    answer = evaluate(protocol, make_facts("a b"))

    assert answer.not_excluded[0].missing == ("d",)


def test_age_and_sex_can_be_missing_too() -> None:
    protocol = make_protocol([make_rule("r", URGENT, "a and age_years >= 50 and sex == male")])

    answer = evaluate(protocol, make_facts("a"))

    assert answer.not_excluded[0].missing == ("age_years", "sex")
    assert answer.next_questions == ()


def test_a_near_miss_names_the_one_answer_in_the_way() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling both_legs", "breathless one_leg"))

    misses = [(miss.rule.id, miss.finding, miss.value) for miss in answer.near_misses]
    assert misses == [
        ("chest", "breathless", Presence.ABSENT),
        ("clot", "both_legs", Presence.PRESENT),
        ("clot", "one_leg", Presence.ABSENT),
    ]


def test_a_rule_two_answers_away_is_no_near_miss() -> None:
    answer = evaluate(PROTOCOL, make_facts("", "swelling breathless"))

    assert "chest" not in rules(answer.near_misses)


def test_self_care_waits_for_every_gate() -> None:
    answer = evaluate(PROTOCOL, make_facts("cramp", "swelling breathless"))

    assert answer.disposition.urgency is ROUTINE
    assert rules(answer.matched) == ["home"]
    assert answer.range.best_case is SELF_CARE
    assert [(entry.urgency, entry.because) for entry in answer.withheld] == [
        (SELF_CARE, ("cold_foot",))
    ]


def test_self_care_is_out_of_reach_with_a_gate_present() -> None:
    protocol = replace(PROTOCOL, gates=("one_leg",))

    answer = evaluate(protocol, make_facts("cramp one_leg", "swelling breathless cold_foot"))

    assert answer.range.best_case is ROUTINE
    assert answer.withheld[0].because == ("one_leg",)


def test_self_care_gives_way_to_any_other_rule() -> None:
    facts = make_facts("cramp walking_pain", "swelling breathless cold_foot", age_years=60)

    answer = evaluate(PROTOCOL, facts)

    assert answer.disposition.urgency is ROUTINE
    assert answer.withheld == ()
    assert answer.range.best_case is ROUTINE


def test_an_answer_that_age_or_sex_rules_out_is_believed_and_said() -> None:
    pregnant = replace(FINDINGS[0], id="pregnant", applies=Applicability(sex="female"))
    protocol = make_protocol([make_rule("r", URGENT, "pregnant")], (*FINDINGS, pregnant))

    evaluation = evaluate(protocol, make_facts("pregnant", sex="male"))

    assert [(one.findings, one.read_as) for one in evaluation.conflicts] == [
        (("pregnant", "sex"), "pregnant")
    ]
    assert evaluation.disposition.urgency is URGENT
    assert evaluate(protocol, make_facts("pregnant", sex="female")).conflicts == ()
    assert evaluate(protocol, make_facts(absent="pregnant", sex="male")).conflicts == ()


def test_a_score_is_shown_as_far_as_it_is_known() -> None:
    points = make_score("points", {"a": 1, "b": 1, "c and d": -2})
    protocol = make_protocol([], scores=(points,))

    score = evaluate(protocol, make_facts("a", "d")).scores[0]

    assert (score.known, score.of, score.low, score.high) == (2, 3, 1, 2)


def test_a_score_of_which_nothing_is_known_may_be_anything() -> None:
    points = make_score("points", {"a": 1, "b": 3, "c": -2})

    score = evaluate(make_protocol([], scores=(points,)), make_facts("d")).scores[0]

    assert (score.known, score.of, score.low, score.high) == (0, 3, -2, 4)


def test_an_open_item_counts_to_the_side_of_its_points_only() -> None:
    points = make_score("points", {"a": 1, "b": 3, "c": -2, "d": -4})

    score = evaluate(make_protocol([], scores=(points,)), make_facts("a d")).scores[0]

    assert (score.known, score.of, score.low, score.high) == (2, 4, -5, 0)


def test_an_item_nobody_can_be_asked_for_keeps_the_score_open_and_no_rule_waits_for_it() -> None:
    items = (*make_score("points", {"a": 1, "b": 1}).items, ScoreItem("exam", "Exam", None, -2))
    protocol = make_protocol(
        [make_rule("r", URGENT, "points >= 2")], scores=(Score("points", "Points", items),)
    )

    evaluation = evaluate(protocol, make_facts("a b"))

    score = evaluation.scores[0]
    assert (score.known, score.of, score.low, score.high) == (2, 3, 0, 2)
    assert evaluate(protocol, Facts()).scores[0].low == -2
    assert evaluation.disposition.urgency is URGENT


def test_a_rule_on_a_score_fires_once_every_completion_agrees() -> None:
    points = make_score("points", {"a": 1, "b": 1, "c": -2})
    protocol = make_protocol([make_rule("r", URGENT, "points >= 2")], scores=(points,))

    assert urgency_of("a b", "c", protocol) is URGENT
    assert urgency_of("a b", "", protocol) is ROUTINE


def test_the_safety_net_names_first_what_one_sign_alone_sets_off() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling", "both_legs breathless"))

    assert answer.safety_net == (
        "cold title: emergency headline",
        "chest title: emergency headline",
    )


def test_among_equal_signs_the_safety_net_names_the_nearest_first() -> None:
    rules = [make_rule("far", URGENT, "c and d"), make_rule("near", URGENT, "a and b")]

    answer = evaluate(make_protocol(rules), make_facts("b"))

    assert answer.safety_net == ("near title: urgent headline", "far title: urgent headline")


def test_the_safety_net_has_at_most_six_different_signs() -> None:
    rules = [make_rule(f"r{n}", URGENT, f"{'abcde'[n % 5]} and not e") for n in range(9)]
    twin = make_rule("twin", URGENT, "a", title="r0 title")

    signs = evaluate(make_protocol([*rules, twin]), Facts()).safety_net

    assert len(signs) == len(set(signs)) == 6


def test_contradictory_answers_are_reported_and_read_in_the_safer_way() -> None:
    answer = evaluate(PROTOCOL, make_facts("swelling one_leg both_legs", "breathless"))

    assert answer.conflicts == PROTOCOL.conflicts
    assert answer.disposition.urgency is URGENT


def test_a_denial_stays_open_until_the_answer_that_could_contradict_it_is_known() -> None:
    absent = "breathless cold_foot walking_pain"

    answer = evaluate(PROTOCOL, make_facts("swelling both_legs", absent))

    missing = [(entry.rule.id, entry.missing) for entry in answer.not_excluded]
    assert missing == [("clot", ("one_leg",))]
    assert bounds(answer) == (ROUTINE, URGENT)
    assert urgency_of("swelling both_legs one_leg", absent) is URGENT
    assert urgency_of("swelling both_legs", f"{absent} one_leg") is ROUTINE


def test_a_contradicted_finding_still_counts_where_it_raises() -> None:
    protocol = make_protocol(
        [make_rule("r", EMERGENCY, "a and b")], conflicts=(make_conflict("c b"),)
    )

    assert urgency_of("a b c", "", protocol) is EMERGENCY


def test_self_care_is_withheld_while_answers_contradict_each_other() -> None:
    absent = "swelling breathless cold_foot walking_pain"

    answer = evaluate(PROTOCOL, make_facts("cramp one_leg both_legs", absent))

    assert answer.disposition.urgency is ROUTINE
    assert answer.range.best_case is ROUTINE
    assert answer.withheld[0].because == ("both_legs", "one_leg")


def test_self_care_is_not_final_while_an_answer_could_contradict() -> None:
    absent = "swelling breathless cold_foot walking_pain"

    answer = evaluate(PROTOCOL, make_facts("cramp both_legs", absent))

    assert bounds(answer) == (SELF_CARE, ROUTINE)
    assert [question.finding.id for question in answer.next_questions] == ["one_leg"]
