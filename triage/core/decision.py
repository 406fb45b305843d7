"""Decides the urgency, the range it could still move in, and whether self-care is withheld."""

from dataclasses import dataclass

from calfcms.urgency import Urgency
from triage.core.compiled import CompiledProtocol
from triage.core.evaluation import UrgencyRange, Withheld
from triage.core.judgement import Judgement
from triage.core.reading import Reading


@dataclass(slots=True)
class Decision:
    urgency: Urgency
    range: UrgencyRange
    withheld: tuple[Withheld, ...]


def decide(
    compiled: CompiledProtocol, reading: Reading, raising: Judgement, self_care: Judgement
) -> Decision:
    """The highest urgency among true rules; else self-care if a rule says so and nothing stands in
    its way; else routine.
    """
    if raising.true:
        urgency = raising.true[0].rule.urgency
        return Decision(urgency, UrgencyRange(urgency, _find_worst(urgency, raising)), ())
    obstacles = list_obstacles(compiled, reading)
    if self_care.true and not obstacles:
        worst = _find_worst(Urgency.SELF_CARE, raising)
        if worst is Urgency.SELF_CARE and reading.possible_contradictions:
            worst = Urgency.ROUTINE
        return Decision(Urgency.SELF_CARE, UrgencyRange(Urgency.SELF_CARE, worst), ())
    return _decide_routine(compiled, reading, raising, self_care, obstacles)


def list_obstacles(compiled: CompiledProtocol, reading: Reading) -> tuple[str, ...]:
    """What stands in the way of self-care: gates not answered absent, and answers that contradict
    each other.
    """
    absent = reading.answers.absent
    gates = [name for name, bit in compiled.gates if not bit & absent]
    contradicted = {name for conflict in reading.contradictions for name in conflict.findings}
    return tuple(sorted(contradicted.union(gates))) if contradicted else tuple(gates)


def _decide_routine(
    compiled: CompiledProtocol,
    reading: Reading,
    raising: Judgement,
    self_care: Judgement,
    obstacles: tuple[str, ...],
) -> Decision:
    """No rule is true, or self-care is withheld: then routine, and said openly."""
    may_apply = bool(self_care.true or self_care.open)
    is_final = any(
        compiled.table.finding_bits[name] & reading.answers.present for name in obstacles
    )
    best = Urgency.SELF_CARE if may_apply and not is_final else Urgency.ROUTINE
    withheld = (Withheld(Urgency.SELF_CARE, obstacles),) if may_apply and obstacles else ()
    return Decision(
        Urgency.ROUTINE, UrgencyRange(best, _find_worst(Urgency.ROUTINE, raising)), withheld
    )


def _find_worst(urgency: Urgency, raising: Judgement) -> Urgency:
    """The most urgent rule that is not false, if above."""
    highest = raising.open[0].rule.urgency if raising.open else urgency
    return max(urgency, highest, key=lambda level: level.rank)
