"""Why: the answers that make a rule true, the facts an open rule waits for, the one answer that
keeps a rule false.
"""

from triage.core.compiled import CompiledRule, NamedBits
from triage.core.evaluation import Match, NearMiss, NotExcluded
from triage.core.facts import Presence
from triage.core.judgement import Judgement
from triage.core.lanes import Literals
from triage.core.reading import Reading


def list_matches(judgement: Judgement, literals: Literals, reading: Reading) -> list[Match]:
    """True rules. Every true part of a rule counts as a reason, not only as many as would do."""
    return [
        Match(rule.rule, _pair(rule.names, rule.support(literals) or 0, reading))
        for rule in judgement.true
    ]


def list_not_excluded(judgement: Judgement, above: int) -> list[NotExcluded]:
    """Open rules that are more urgent than the disposition, with the facts that could still make
    them true.
    """
    return [
        NotExcluded(rule.rule, _list_missing(rule, unsettled))
        for rule, unsettled in judgement.open
        if rule.rank > above
    ]


def list_near_misses(judgement: Judgement, reading: Reading) -> list[NearMiss]:
    """Read off the lanes: nothing is evaluated again."""
    known = reading.answers.present | reading.answers.absent
    return [
        NearMiss(rule.rule, name, value)
        for rule, lanes in judgement.false
        if lanes & known
        for name, value in _pair(rule.names, lanes, reading)
    ]


def _list_missing(rule: CompiledRule, unsettled: int) -> tuple[str, ...]:
    if unsettled == rule.untouched[2]:
        return rule.untouched_names
    return list_names(rule.names, unsettled)


def list_names(names: NamedBits, bits: int) -> tuple[str, ...]:
    """The names whose bit is set."""
    return tuple([name for name, bit in names if bits & bit]) if bits else ()


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
