"""Possible causes: what points to them, what speaks against them, and that they decide nothing."""

from tests.triage.core.builders import URGENT, make_facts, make_protocol, make_rule
from triage.core.evaluate import evaluate
from triage.core.evaluation import PossibleCause
from triage.core.expressions import parse
from triage.core.facts import Facts
from triage.core.protocol import Cause, Protocol

CLOT = Cause("clot", "Clot", "clot-page", parse("a"), ("b", "c"), ("d",))
CRAMP = Cause("cramp", "Cramp", None, None, ("d",), ("b", "c"))


def make(*causes: Cause, suspects: tuple[str, ...] = ()) -> Protocol:
    return make_protocol([make_rule("r", URGENT, "e", suspects=suspects)], causes=causes)


def weigh(facts: Facts, *causes: Cause, suspects: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = evaluate(make(*causes, suspects=suspects), facts).possible_causes
    return [(entry.cause.id, entry.likelihood.value) for entry in found]


def test_two_findings_more_for_it_than_against_it_make_a_cause_likely() -> None:
    assert weigh(make_facts("a b c"), CLOT) == [("clot", "likely")]
    assert weigh(make_facts("a b c d"), CLOT) == [("clot", "possible")]


def test_what_is_required_must_be_known_for_likely() -> None:
    assert weigh(make_facts("b c"), CLOT) == [("clot", "possible")]
    assert weigh(make_facts("b d"), CLOT) == [("clot", "less_likely")]


def test_a_cause_is_left_out_where_nothing_points_to_it() -> None:
    assert weigh(Facts(), CLOT, CRAMP) == []
    assert weigh(make_facts("d"), CLOT) == []


def test_a_cause_is_left_out_where_what_it_requires_is_absent() -> None:
    assert weigh(make_facts("b c", "a"), CLOT) == []


def test_more_against_than_for_makes_a_cause_less_likely() -> None:
    assert weigh(make_facts("d b c"), CRAMP) == [("cramp", "less_likely")]


def test_a_cause_that_a_true_rule_suspects_is_at_least_possible() -> None:
    assert weigh(make_facts("e", "a"), CLOT, suspects=("clot",)) == [("clot", "possible")]


def test_the_likeliest_comes_first() -> None:
    assert weigh(make_facts("a b c d"), CRAMP, CLOT) == [
        ("clot", "possible"),
        ("cramp", "less_likely"),
    ]


def test_each_cause_lists_the_findings_for_against_and_unknown() -> None:
    entry = evaluate(make(CLOT), make_facts("a b d", "", "c")).possible_causes[0]

    assert isinstance(entry, PossibleCause)
    assert (entry.supporting, entry.opposing, entry.unknown) == (("b",), ("d",), ("c",))


def test_what_is_required_points_to_a_cause_by_itself() -> None:
    assert weigh(make_facts("a"), CLOT) == [("clot", "possible")]
