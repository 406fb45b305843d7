"""What to watch for after any answer but an emergency: the more urgent rules that have not fired,
and how soon to act on them.
"""

from calfcms.urgency import Urgency
from triage.core.compiled import CompiledProtocol, CompiledRule
from triage.core.judgement import Judgement
from triage.core.reading import Reading

MAX_SIGNS = 6
"""Longer lists are not remembered."""


def list_safety_net(
    compiled: CompiledProtocol, reading: Reading, urgency: Urgency, raising: Judgement
) -> tuple[str, ...]:
    """The most urgent first; among equals those that one sign alone sets off, which are easiest to
    watch for, then those that share most with what the person has.
    """
    if urgency is Urgency.EMERGENCY:
        return ()
    above = urgency.rank
    unfired = [rule for rule, _ in (*raising.open, *raising.false) if rule.rank > above]
    unfired.sort(
        key=lambda rule: (
            -rule.rank,
            not rule.deciders,
            -(rule.findings & reading.answers.present).bit_count(),
            rule.rule.id,
        )
    )
    headlines = {entry.urgency: entry.headline for entry in compiled.protocol.dispositions}
    signs: dict[str, None] = {}
    for rule in unfired:
        signs[_word(rule, headlines)] = None
        if len(signs) == MAX_SIGNS:
            break
    return tuple(signs)


def _word(rule: CompiledRule, headlines: dict[Urgency, str]) -> str:
    return f"{rule.rule.title or rule.rule.reason or rule.rule.id}: {headlines[rule.rule.urgency]}"
