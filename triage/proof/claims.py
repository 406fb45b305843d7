"""What is proved of a protocol before it is published.

Each claim looks for somebody who refutes it. Whoever is found is answered by the evaluator too,
before anything is said about them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from triage.core.facts import Facts, Presence
from triage.core.parts import Rule
from triage.core.protocol import Protocol
from triage.proof import words
from triage.proof.encoding import Encoding
from triage.proof.formulas import both, either, negate, settle
from triage.proof.later import Later
from triage.proof.people import list_answered
from triage.proof.replay import confirm, replay, replay_rule
from triage.proof.search import Search

RedFlags = Mapping[str, Urgency]
"""The red flags of the pages that a protocol answers for: `asthma/blue-lips`, and how urgent."""

ABOVE_ROUTINE = (Urgency.EMERGENCY, Urgency.URGENT)


@dataclass(frozen=True)
class Witness:
    """The least that must be known for a red flag of a page to be answered as the page says."""

    red_flag: str
    urgency: Urgency
    facts: Facts


def refute_silence(encoding: Encoding, search: Search) -> Iterator[Problem]:
    """While nothing is known, no rule is true."""
    nothing = both(negate(told) for told in list_answered(encoding.person))
    if not search.exists(either(encoding.rules.values()), nothing):
        return
    for rule in encoding.protocol.rules:
        if search.exists(encoding.rules[rule.id], nothing):
            replay_rule(encoding.protocol, Facts(), rule)
            yield words.say_concludes_from_nothing(encoding.protocol, rule)


def refute_monotony(encoding: Encoding, search: Search) -> Iterator[Problem]:
    """Whatever else is answered, a red flag that turns present never lowers the urgency.

    One at a time is enough: of many, each is turned after the other.
    """
    for finding in encoding.protocol.findings:
        if finding.red_flag and (before := _find_lowered(encoding, search, finding.id)):
            answered = {**before.findings, finding.id: Presence.PRESENT}
            after = replay(encoding.protocol, replace(before, findings=answered))
            given = replay(encoding.protocol, before)
            confirm(after.rank < given.rank, f"that {finding.id} lowers the urgency")
            yield words.say_not_monotone(encoding.protocol, finding, before, given, after)


def _find_lowered(encoding: Encoding, search: Search, name: str) -> Facts | None:
    answer = encoding.person.findings[name]
    settled = ((answer.present, True), (answer.absent, False))
    return search.find(
        either(
            both([level, negate(settle(level, settled))]) for level in encoding.at_least.values()
        )
    )


def refute_gates(encoding: Encoding, search: Search, gates: Iterable[str]) -> Iterator[Problem]:
    """Self-care is impossible while a gate is unknown or present."""
    for name in gates:
        is_open = negate(encoding.person.findings[name].absent)
        if facts := search.find(encoding.is_self_care, is_open):
            given = replay(encoding.protocol, facts)
            confirm(given is Urgency.SELF_CARE, f"that the gate {name} lets self-care through")
            yield words.say_past_gate(encoding.protocol, name, facts)


def require_steadiness(encoding: Encoding, search: Search) -> None:
    """No answers to what was unknown take back an urgency above routine.

    That is how the evaluator reads unknown, whatever the protocol; so it raises `Disagreement`.
    """
    later = Later(encoding.person)
    is_taken_back = either(
        both([encoding.at_least[urgency], negate(later.read(encoding.at_least[urgency]))])
        for urgency in ABOVE_ROUTINE
    )
    is_found = search.exists(is_taken_back, *later.laws)
    confirm(not is_found, "that more answers never take an urgency back")


def require_every_rule_to_count(encoding: Encoding, search: Search) -> None:
    """While a rule is true the urgency is at least its own, whatever else is answered.

    That is how the evaluator decides, whatever the protocol; so it raises `Disagreement`.
    """
    is_overruled = either(
        both([encoding.rules[rule.id], negate(encoding.at_least[rule.urgency])])
        for rule in encoding.protocol.raising_rules
    )
    confirm(not search.exists(is_overruled), "that no rule cancels another")


def weigh_red_flags(
    encoding: Encoding, search: Search, red_flags: RedFlags
) -> Iterator[Witness | Problem]:
    """Every red flag of the pages reaches at least its urgency alone.

    Alone means by what is present: nothing need be absent, and the answers do not contradict each
    other. Age and sex may have to be known, as for a red flag of children. A red flag that has no
    rule is left to `triage.checks`.
    """
    reached = {}
    answers = encoding.person.findings.values()
    with search.assuming(*(negate(entry.absent) for entry in answers)):
        for red_flag, urgency in red_flags.items():
            reached[red_flag] = _find_case(encoding, search, red_flag, urgency)
    for red_flag, urgency in red_flags.items():
        if facts := reached[red_flag]:
            given = replay(encoding.protocol, facts)
            confirm(given.rank >= urgency.rank, f"about the red flag {red_flag}")
            yield Witness(red_flag, urgency, facts)
        elif list_rules_for(encoding.protocol, red_flag, urgency):
            yield _weigh_with_absent(encoding, search, red_flag, urgency)


def _weigh_with_absent(
    encoding: Encoding, search: Search, red_flag: str, urgency: Urgency
) -> Witness | Problem:
    """Its rules need something to be absent. That is no harm where what is present is answered so
    anyway, by the rule of something else or because routine is the answer until more is known.
    """
    protocol, rules = encoding.protocol, list_rules_for(encoding.protocol, red_flag, urgency)
    least = _find_case(encoding, search, red_flag, urgency)
    if least is not None:
        present = {n: value for n, value in least.findings.items() if value is Presence.PRESENT}
        alone = replace(least, findings=present)
        if replay(protocol, alone).rank >= urgency.rank:
            return Witness(red_flag, urgency, alone)
    return words.say_not_reached(protocol, red_flag, urgency, rules[0], least)


def _find_case(encoding: Encoding, search: Search, red_flag: str, urgency: Urgency) -> Facts | None:
    """The smallest case that makes a rule for the red flag true and does not contradict itself."""
    rules = list_rules_for(encoding.protocol, red_flag, urgency)
    applies = either(encoding.rules[rule.id] for rule in rules)
    return search.find(applies, negate(encoding.contradicts))


def list_rules_for(protocol: Protocol, red_flag: str, urgency: Urgency) -> list[Rule]:
    """The rules that answer for the red flag, at its urgency or above."""
    return [
        rule
        for rule in protocol.rules
        if rule.urgency.rank >= urgency.rank and red_flag in map(str, rule.red_flags)
    ]
