"""Why: the answers that make a rule true, the facts an open rule waits for, the one answer that
keeps a rule false.
"""

from collections.abc import Callable
from functools import partial

from triage.core.circuits import Values
from triage.core.compiled import CompiledProtocol, CompiledRule, NamedBits
from triage.core.conflicts import read_flips_cautiously
from triage.core.evaluation import Match, NearMiss, NotExcluded
from triage.core.facts import Presence
from triage.core.judgement import Judgement
from triage.core.parts import Rule
from triage.core.reading import Reading

_make: Callable[[tuple[Rule, tuple[str, ...]]], NotExcluded] = partial(tuple.__new__, NotExcluded)
"""Half the time of the usual constructor, for what there is most of."""


def list_matches(judgement: Judgement, values: Values, reading: Reading) -> list[Match]:
    """True rules. Every true part of a rule counts as a reason, not only as many as would do."""
    present, absent = reading.answers.present, reading.answers.absent
    return [
        Match(rule.rule, _pair(rule.names, rule.support(values, present, absent), reading))
        for rule in judgement.true
    ]


def list_not_excluded(judgement: Judgement, reading: Reading, above: int) -> list[NotExcluded]:
    """Open rules that are more urgent than the disposition, with the facts that could still make
    them true.
    """
    known, unknown = reading.answers.known, reading.answers.unknown
    cautious = reading.cautious
    entries = []
    for rule in judgement.open:
        if rule.rank <= above:
            break  # the rest is less urgent still
        if rule.facts & known:
            waits = rule.open_facts(cautious.values, unknown, cautious.doubts)
            names = tuple([name for name, bit in rule.names if waits & bit])
            entries.append(_make((rule.rule, names)))
        else:
            entries.append(rule.untouched_entry)
    return entries


def list_near_misses(
    compiled: CompiledProtocol, reading: Reading, raising: Judgement, self_care: Judgement
) -> list[NearMiss]:
    """False rules that one answer keeps from being true: each is evaluated once, in all worlds in
    which one answer is the other way round.
    """
    if not (raising.false or self_care.false):
        return []
    flips = compiled.table.flip(reading.answers)
    cautious = read_flips_cautiously(flips, compiled.conflicts)
    return [
        *_list_near_misses(raising.false, cautious, compiled.table.everything, reading),
        *_list_near_misses(self_care.false, flips, compiled.table.everything, reading),
    ]


def _list_near_misses(
    rules: list[CompiledRule], flips: Values, everywhere: int, reading: Reading
) -> list[NearMiss]:
    answered = reading.answers.present | reading.answers.absent
    misses = []
    for rule in rules:
        worlds = rule.circuit(flips, everywhere) & answered
        if worlds:
            pairs = _pair(rule.names, worlds, reading)
            misses += [NearMiss(rule.rule, name, value) for name, value in pairs]
    return misses


def _pair(names: NamedBits, bits: int, reading: Reading) -> tuple[tuple[str, Presence], ...]:
    """The known findings whose bit is set, with their answers."""
    present, absent = bits & reading.answers.present, bits & reading.answers.absent
    pairs = []
    for name, bit in names:
        if bit & present:
            pairs.append((name, Presence.PRESENT))
        elif bit & absent:
            pairs.append((name, Presence.ABSENT))
    return tuple(pairs)
