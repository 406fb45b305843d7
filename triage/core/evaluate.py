"""Findings in, urgency out: a pure function of a protocol and one person's facts."""

from triage.core.causes import list_possible_causes
from triage.core.compiled import compile_protocol
from triage.core.decision import decide
from triage.core.evaluation import Evaluation, Status
from triage.core.facts import Facts
from triage.core.judgement import judge_raising, judge_self_care
from triage.core.matches import list_matches, list_near_misses, list_not_excluded
from triage.core.misfits import list_misfits
from triage.core.partial_scores import list_scores
from triage.core.protocol import Protocol, Region
from triage.core.questions import list_next_questions
from triage.core.reading import read_facts
from triage.core.safety_net import list_safety_net

GENERIC_REGION = "generic"


class UnknownRegion(ValueError):
    """A region that the protocol has no numbers for."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code, self.known = code, known
        super().__init__(f"there is no region {code!r}: use one of {', '.join(known)}")


def evaluate(protocol: Protocol, facts: Facts, *, region: str = GENERIC_REGION) -> Evaluation:
    """Raises `UnknownFinding` or `UnknownRegion` for input that the protocol knows nothing of."""
    compiled = compile_protocol(protocol)
    place = get_region(protocol, region)
    reading = read_facts(compiled, facts)
    raising, self_care = judge_raising(compiled, reading), judge_self_care(compiled, reading)
    decision = decide(compiled, reading, raising, self_care)
    urgency, above = decision.urgency, decision.urgency.rank
    is_complete = decision.range.best_case is decision.range.worst_case
    return Evaluation(
        Status.COMPLETE if is_complete else Status.MORE_INFORMATION_NEEDED,
        next(entry for entry in protocol.dispositions if entry.urgency is urgency),
        place.get_call(urgency) if place else None,
        decision.range,
        decision.withheld,
        (
            *list_matches(raising, reading.cautious.values, reading),
            *list_matches(self_care, reading.answers.values, reading),
        ),
        tuple(list_not_excluded(raising, reading, above)),
        tuple(list_near_misses(compiled, reading, raising, self_care)),
        list_possible_causes(compiled, reading, [*raising.true, *self_care.true]),
        list_scores(compiled, reading.answers),
        list_next_questions(compiled, reading, decision, raising, self_care),
        (*reading.contradictions, *list_misfits(compiled, reading, facts)),
        list_safety_net(compiled, reading, urgency),
    )


def get_region(protocol: Protocol, code: str) -> Region | None:
    """The region. A protocol without a generic one has no number to give where none was asked for
    (`checks` reports it).
    """
    for region in protocol.regions:
        if region.code == code:
            return region
    if code == GENERIC_REGION:
        return None
    raise UnknownRegion(code, tuple(sorted(region.code for region in protocol.regions)))
