"""Each claim catches a protocol that breaks it, and shows a case that a clinician can read."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfcms.urgency import Urgency
from tests.triage.core.builders import (
    EMERGENCY,
    ROUTINE,
    SELF_CARE,
    URGENT,
    make_conflict,
    make_findings,
    make_protocol,
    make_rule,
    make_score,
)
from tests.triage.core.strategies import NAMES, facts, protocols
from triage.core.facts import Facts, Presence
from triage.core.protocol import PartLink, Protocol
from triage.core.shortcut import decide_urgency
from triage.proof import claims
from triage.proof.encoding import Encoding, encode
from triage.proof.formulas import negate
from triage.proof.proving import Proof, prove
from triage.proof.replay import Disagreement
from triage.proof.search import Search

FLAGS = "a b c d e"
PAGE = "calf-pain/cold"


def build(*rules: tuple[Urgency, str], red_flags: str = "a", **fields: Any) -> Protocol:
    made = [make_rule(f"rule_{place}", *rule) for place, rule in enumerate(rules)]
    return make_protocol(made, make_findings(FLAGS.split(), red_flags.split()), **fields)


def link(protocol: Protocol, *places: int) -> Protocol:
    """The protocol with these rules answering for the red flag of the page."""
    rules = [
        replace(rule, red_flags=(PartLink.parse(PAGE),)) if place in places else rule
        for place, rule in enumerate(protocol.rules)
    ]
    return replace(protocol, rules=tuple(rules))


def list_said(proof: Proof) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.message, problem.pointer) for problem in proof.problems]


def start(encoding: Encoding) -> Search:
    return Search(encoding.person, seconds=20)


def test_it_proves_a_sound_protocol() -> None:
    protocol = build((EMERGENCY, "a"), (SELF_CARE, "b and not a"), gates=("a",))

    assert prove(protocol, {}).problems == ()


def test_a_rule_that_is_true_of_nobody_known_is_refuted() -> None:
    protocol = build(
        (ROUTINE, "b"), (URGENT, "points < 5"), scores=(make_score("points", {"b": 2}),)
    )

    assert list_said(prove(protocol, {})) == [
        (
            "proof_concludes_from_nothing",
            "Somebody of whom nothing is known is answered urgent by the rule `rule_1`.",
            "/rules/1",
        )
    ]


@pytest.mark.parametrize(
    ("rules", "fields", "message"),
    [
        (
            [(EMERGENCY, "b and not a")],
            {},
            "present: b phrase; absent: a phrase is answered emergency; with “a phrase” present "
            "as well it is answered routine.",
        ),
        (
            [(URGENT, "points >= 2")],
            {"scores": (make_score("points", {"b": 2, "a": -1}),)},
            "present: b phrase; absent: a phrase is answered urgent; with “a phrase” present as "
            "well it is answered routine.",
        ),
        (
            [(URGENT, "points == 1")],
            {"scores": (make_score("points", {"a": 1, "b": 1}),)},
            "present: b phrase; absent: a phrase is answered urgent; with “a phrase” present as "
            "well it is answered routine.",
        ),
        (
            [(URGENT, "age_years < 3 and not a")],
            {},
            "0 years; absent: a phrase is answered urgent; with “a phrase” present as well it is "
            "answered routine.",
        ),
        (
            [(SELF_CARE, "a")],
            {},
            "Somebody of whom nothing is known is answered routine; with “a phrase” present as "
            "well it is answered self-care.",
        ),
    ],
)
def test_a_red_flag_that_lowers_the_urgency_is_shown_in_the_smallest_case(
    rules: list[tuple[Urgency, str]], fields: dict[str, Any], message: str
) -> None:
    proof = prove(build(*rules, **fields), {})

    assert list_said(proof) == [("proof_not_monotone", message, "/findings/0")]


def test_a_contradiction_is_read_so_that_a_red_flag_lowers_nothing() -> None:
    rules = [(URGENT, "c and not b"), (EMERGENCY, "a and not b")]

    assert prove(build(*rules, conflicts=(make_conflict("a b"),)), {}).problems == ()


def test_a_gate_that_lets_self_care_through_is_refuted() -> None:
    encoding = encode(build((SELF_CARE, "b"), gates=("c",)))

    said = list(claims.refute_gates(encoding, start(encoding), gates=("a", "c")))

    assert [(problem.code, problem.message) for problem in said] == [
        (
            "proof_self_care_past_gate",
            "present: b phrase; absent: c phrase is answered self-care although “a” is not known "
            "to be absent.",
        )
    ]


def test_a_red_flag_is_witnessed_by_the_least_that_reaches_it() -> None:
    protocol = link(build((URGENT, "b and c"), (EMERGENCY, "a and b and c or d")), 0, 1)

    (witness,) = prove(protocol, {PAGE: URGENT}).witnesses

    assert witness.facts == Facts({"d": Presence.PRESENT})


def test_a_red_flag_that_needs_something_absent_is_not_reached_alone() -> None:
    protocol = link(build((URGENT, "a"), (EMERGENCY, "b and not c")), 0, 1)

    assert list_said(prove(protocol, {PAGE: EMERGENCY})) == [
        (
            "proof_red_flag_not_reached",
            "Nothing that is present makes a rule for the red flag `calf-pain/cold` emergency "
            "while everything else is unknown. The least that does: present: b phrase; absent: "
            "c phrase.",
            "/rules/1",
        )
    ]


def test_nobody_reaches_a_red_flag_only_by_contradicting_themselves() -> None:
    conflicts = (make_conflict("a b"),)
    protocol = link(build((EMERGENCY, "a and b"), (EMERGENCY, "a and not b")), 0, 1)

    (problem,) = prove(replace(protocol, conflicts=conflicts), {PAGE: EMERGENCY}).problems

    assert problem.code == "proof_red_flag_not_reached"
    assert "present: a phrase; absent: b phrase" in problem.message


def test_a_red_flag_that_nobody_can_have_is_not_reached() -> None:
    protocol = link(build((EMERGENCY, "age_years < 3 and age_years > 5 and a")), 0)

    (problem,) = prove(protocol, {PAGE: EMERGENCY}).problems

    assert problem.message.endswith("Nothing does.")


def test_what_is_routine_until_more_is_known_needs_no_rule_that_is_true_by_then() -> None:
    protocol = link(build((EMERGENCY, "a"), (ROUTINE, "b and not c")), 1)

    proof = prove(protocol, {PAGE: ROUTINE})

    assert proof.problems == ()
    assert [witness.facts for witness in proof.witnesses] == [Facts({"b": Presence.PRESENT})]


def test_a_red_flag_of_children_may_need_an_age() -> None:
    protocol = link(build((EMERGENCY, "a and age_years < 3")), 0)

    (witness,) = prove(protocol, {PAGE: EMERGENCY}).witnesses

    assert witness.facts == Facts({"a": Presence.PRESENT}, age_years=0)


def test_a_proof_that_runs_out_of_time_is_no_proof() -> None:
    proof = prove(build((EMERGENCY, "a")), {}, max_seconds=0)

    assert [problem.code for problem in proof.problems] == ["proof_undecided"]
    assert not proof.is_decided


def test_an_encoding_that_differs_from_the_evaluator_proves_nothing() -> None:
    encoding = encode(build((EMERGENCY, "a and b")))
    present = encoding.person.findings["b"].present
    levels = dict(encoding.at_least) | {EMERGENCY: negate(encoding.person.findings["a"].present)}
    wrong = replace(encoding, at_least=levels)
    early = replace(encoding, rules={"rule_0": negate(present)})

    with pytest.raises(Disagreement, match="lowers the urgency"):
        list(claims.refute_monotony(wrong, start(wrong)))
    with pytest.raises(Disagreement, match="more answers never take"):
        claims.require_steadiness(wrong, start(wrong))
    with pytest.raises(Disagreement, match="no rule cancels another"):
        claims.require_every_rule_to_count(wrong, start(wrong))
    with pytest.raises(Disagreement, match="rule_0"):
        list(claims.refute_silence(early, start(early)))


@given(protocols(), st.lists(facts(), min_size=5, max_size=5))
@settings(max_examples=15, deadline=None)
def test_what_is_proved_holds_of_everybody_who_is_tried(
    protocol: Protocol, people: list[Facts]
) -> None:
    flagged = replace(protocol, findings=make_findings(NAMES, NAMES))

    proof = prove(flagged, {})

    assert proof.is_decided
    refuted = {problem.pointer for problem in proof.problems if "monotone" in problem.code}
    for place, name in enumerate(NAMES):
        if f"/findings/{place}" not in refuted:
            for known in people:
                flag = replace(known, findings={**known.findings, name: Presence.PRESENT})
                before, after = decide_urgency(flagged, known), decide_urgency(flagged, flag)
                assert after.rank >= before.rank
