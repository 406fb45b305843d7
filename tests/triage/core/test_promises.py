"""What the core promises for every protocol and every person, tried on random ones."""

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calfcms.urgency import Urgency
from tests.triage.core.builders import make_findings
from tests.triage.core.oracle import list_completions, settle_person, tell_rule
from tests.triage.core.strategies import NAMES, checked_protocols, facts, protocols
from triage.core.answer import to_answer
from triage.core.checks import list_problems
from triage.core.evaluate import evaluate
from triage.core.evaluation import Status
from triage.core.expressions import parse
from triage.core.facts import Facts, Presence, Sex
from triage.core.protocol import Cause, Protocol

quick = settings(max_examples=30, deadline=None)


def list_states(protocol: Protocol, known: Facts) -> dict[str, bool | None]:
    """True, false or open for every rule, by the oracle."""
    return {rule.id: tell_rule(rule, protocol, known) for rule in protocol.rules}


def list_shown(protocol: Protocol, known: Facts) -> set[str]:
    """The rules that the evaluator shows as true."""
    return {match.rule.id for match in evaluate(protocol, known).matched}


@given(protocols(), facts())
@quick
def test_the_true_rules_are_those_an_independent_reading_finds(
    protocol: Protocol, known: Facts
) -> None:
    states = list_states(protocol, known)

    assert list_shown(protocol, known) == {name for name, state in states.items() if state}


@given(protocols(), facts())
@quick
def test_the_disposition_is_the_highest_true_rule_else_gated_self_care_else_routine(
    protocol: Protocol, known: Facts
) -> None:
    true = [rule.urgency for rule in protocol.rules if tell_rule(rule, protocol, known)]
    raising = [urgency for urgency in true if urgency is not Urgency.SELF_CARE]
    is_gated = any(known.findings.get(name) != "absent" for name in protocol.gates)
    is_contradicted = bool(evaluate(protocol, known).conflicts)

    expected = max(raising, key=lambda urgency: urgency.rank, default=Urgency.ROUTINE)
    if true and not raising and not is_gated and not is_contradicted:
        expected = Urgency.SELF_CARE
    assert evaluate(protocol, known).disposition.urgency is expected


@given(protocols(), facts(), st.integers(0, 500), st.sampled_from(Sex))
@quick
def test_every_completion_lies_within_the_range(
    protocol: Protocol, known: Facts, months: int, sex: Sex
) -> None:
    answer = evaluate(protocol, known)
    best, worst = answer.range.best_case.rank, answer.range.worst_case.rank

    assert best <= answer.disposition.urgency.rank <= worst
    for complete in list_completions(settle_person(known, months, sex), NAMES):
        assert best <= evaluate(protocol, complete).disposition.urgency.rank <= worst


@given(protocols(), facts(), st.integers(0, 500), st.sampled_from(Sex))
@quick
def test_complete_means_that_no_answer_changes_the_urgency(
    protocol: Protocol, known: Facts, months: int, sex: Sex
) -> None:
    answer = evaluate(protocol, known)
    assume(answer.status is Status.COMPLETE)

    urgencies = {
        evaluate(protocol, complete).disposition.urgency
        for complete in list_completions(settle_person(known, months, sex), NAMES)
    }
    assert urgencies == {answer.disposition.urgency}


@given(protocols(), facts(), st.sampled_from(NAMES), st.booleans())
@quick
def test_answering_an_unknown_never_flips_a_settled_rule(
    protocol: Protocol, known: Facts, name: str, is_present: bool
) -> None:
    assume(known.findings.get(name, "unknown") == "unknown")
    before = list_states(protocol, known)
    true_before = list_shown(protocol, known)

    answered = answer_with(known, name, Presence.PRESENT if is_present else Presence.ABSENT)

    after = list_states(protocol, answered)
    assert all(after[rule] is state for rule, state in before.items() if state is not None)
    assert true_before <= list_shown(protocol, answered)


@given(checked_protocols(), facts())
@settings(max_examples=50, deadline=None)
def test_a_red_flag_turned_present_never_lowers_the_urgency(
    protocol: Protocol, known: Facts
) -> None:
    before = evaluate(protocol, known).disposition.urgency.rank

    for finding in protocol.findings:
        if finding.red_flag:
            flagged = answer_with(known, finding.id, Presence.PRESENT)
            assert evaluate(protocol, flagged).disposition.urgency.rank >= before


@given(protocols())
@quick
def test_nothing_known_concludes_nothing_in_a_protocol_that_passes(protocol: Protocol) -> None:
    premature = [p for p in list_problems(protocol) if p.code == "true_when_nothing_is_known"]

    true = evaluate(protocol, Facts()).matched

    assert {f"rules/{match.rule.id}" for match in true} == {problem.where for problem in premature}


@given(protocols(), facts())
@quick
def test_self_care_is_never_given_with_an_open_gate(protocol: Protocol, known: Facts) -> None:
    if evaluate(protocol, known).disposition.urgency is Urgency.SELF_CARE:
        assert all(known.findings.get(name) == "absent" for name in protocol.gates)


@given(protocols(), facts())
@quick
def test_a_near_miss_is_true_once_that_answer_is_flipped_and_none_is_forgotten(
    protocol: Protocol, known: Facts
) -> None:
    shown = {(miss.rule.id, miss.finding) for miss in evaluate(protocol, known).near_misses}

    states = list_states(protocol, known)
    expected = set()
    for name, value in known.findings.items():
        if value is not Presence.UNKNOWN:
            other = Presence.ABSENT if value is Presence.PRESENT else Presence.PRESENT
            flipped = list_states(protocol, answer_with(known, name, other))
            expected |= {(rule, name) for rule in states if states[rule] is False and flipped[rule]}
    assert shown == expected


@given(protocols(), facts())
@quick
def test_the_answers_shown_with_a_match_are_enough_to_make_it_true(
    protocol: Protocol, known: Facts
) -> None:
    plain = replace(protocol, conflicts=())

    for match in evaluate(plain, known).matched:
        alone = replace(known, findings=dict(match.findings))
        assert match.rule.id in list_shown(plain, alone)


@given(protocols(), facts())
@quick
def test_an_open_rule_is_settled_by_what_it_lists_as_missing(
    protocol: Protocol, known: Facts
) -> None:
    assume(known.months is not None and known.sex in ("male", "female"))

    for entry in evaluate(protocol, known).not_excluded:
        missing = tuple(name for name in entry.missing if name in NAMES)
        assert entry.missing
        for complete in list_completions(known, missing):
            state = tell_rule(entry.rule, protocol, complete)
            assert state is not None or "age_months" in entry.missing


@given(protocols(), facts(), st.randoms(use_true_random=False))
@quick
def test_the_order_of_anything_never_changes_the_answer(
    protocol: Protocol, known: Facts, random: Any
) -> None:
    fields = ("rules", "findings", "gates", "conflicts", "scores", "dispositions", "regions")
    parts: dict[str, Any] = {name: shuffle(getattr(protocol, name), random) for name in fields}
    shuffled = replace(protocol, **parts)
    turned = replace(known, findings=dict(shuffle(tuple(known.findings.items()), random)))

    assert to_answer(evaluate(shuffled, turned)) == to_answer(evaluate(protocol, known))


@given(protocols(), facts())
@quick
def test_causes_never_change_the_urgency(protocol: Protocol, known: Facts) -> None:
    cause = Cause("clot", "clot", None, parse("a or not b"), ("a", "c"), ("d",))
    before = to_answer(evaluate(protocol, known))

    after = to_answer(evaluate(replace(protocol, causes=(cause,)), known))

    assert {**after, "possible_causes": []} == before


@given(protocols(), facts())
@quick
def test_the_same_input_gives_the_same_output(protocol: Protocol, known: Facts) -> None:
    again = replace(protocol, findings=make_findings(NAMES))

    assert evaluate(again, replace(known)) == evaluate(protocol, known)


def answer_with(known: Facts, name: str, value: Presence) -> Facts:
    return replace(known, findings={**known.findings, name: value})


def shuffle(parts: tuple[Any, ...], random: Any) -> tuple[Any, ...]:
    return tuple(random.sample(parts, len(parts)))
