"""Shows scores as far as they are known. A partial score may raise the urgency through a rule; it
rules nothing out.
"""

from triage.core.compiled import CompiledProtocol, CompiledScore
from triage.core.evaluation import PartialScore
from triage.core.lanes import HERE, Literals
from triage.core.literals import Answers


def list_scores(compiled: CompiledProtocol, answers: Answers) -> tuple[PartialScore, ...]:
    """Every score of the protocol, by id."""
    return tuple(
        _add_up(score, answers.literals)
        if score.facts & answers.known
        else PartialScore(score.score, 0, len(score.items), score.low, score.high)
        for score in compiled.scores
    )


def _add_up(compiled: CompiledScore, literals: Literals) -> PartialScore:
    low, high, known = compiled.hidden_low, compiled.hidden_high, 0
    for circuit, points in compiled.items:
        must, could, _ = circuit(literals)
        if must & HERE:
            low, high, known = low + points, high + points, known + 1
        elif could & HERE:
            low, high = low + min(0, points), high + max(0, points)
        else:
            known += 1
    return PartialScore(compiled.score, known, len(compiled.score.items), low, high)
