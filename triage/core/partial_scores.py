"""Shows scores as far as they are known. A partial score may raise the urgency through a rule; it
rules nothing out.
"""

from triage.core.circuits import BOTH, OPEN, TRUE, Values
from triage.core.compiled import CompiledProtocol, CompiledScore
from triage.core.evaluation import PartialScore
from triage.core.literals import Answers


def list_scores(compiled: CompiledProtocol, answers: Answers) -> tuple[PartialScore, ...]:
    """Every score of the protocol, by id."""
    return tuple(
        [
            _add_up(score, answers.values)
            if score.facts & answers.known
            else PartialScore(score.score, 0, len(score.items), score.low, score.high)
            for score in compiled.scores
        ]
    )


def _add_up(compiled: CompiledScore, values: Values) -> PartialScore:
    low, high, known = compiled.hidden_low, compiled.hidden_high, 0
    for circuit, points in compiled.items:
        value = circuit(values, BOTH)
        if value == OPEN:
            low, high = low + min(0, points), high + max(0, points)
        else:
            known += 1
            if value == TRUE:
                low, high = low + points, high + points
    return PartialScore(compiled.score, known, len(compiled.score.items), low, high)
