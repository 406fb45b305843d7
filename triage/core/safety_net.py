"""What to watch for after any answer but an emergency: the more urgent rules that have not fired,
and how soon to act on them.
"""

from calfcms.urgency import Urgency
from triage.core.compiled import CompiledProtocol
from triage.core.reading import Reading

MAX_SIGNS = 6
"""Longer lists are not remembered."""


def list_safety_net(
    compiled: CompiledProtocol, reading: Reading, urgency: Urgency
) -> tuple[str, ...]:
    """The most urgent first; among equals those that one sign alone sets off, which are easiest to
    watch for, then those that share most with what the person has. A rule above the urgency has
    not fired, or the urgency were higher.
    """
    if urgency is Urgency.EMERGENCY:
        return ()
    above, present = urgency.rank, reading.answers.present
    signs: dict[str, None] = {}
    for group in compiled.signs:
        if group[0].rank <= above:
            break
        for rule in sorted(group, key=lambda rule: -(rule.findings & present).bit_count()):
            signs[rule.sign] = None
            if len(signs) == MAX_SIGNS:
                return tuple(signs)
    return tuple(signs)
