"""Weighs the possible causes. They inform; nothing here is read by anything that decides the
urgency.
"""

from triage.core.compiled import CompiledCause, CompiledProtocol, CompiledRule
from triage.core.evaluation import Likelihood, PossibleCause
from triage.core.lanes import HERE
from triage.core.matches import list_names
from triage.core.reading import Reading
from triage.core.truth import Truth

LIKELY_FROM = 2
"""Supporting findings more than opposing ones. Two, because most single findings fit many causes.
"""

ORDER = {likelihood: position for position, likelihood in enumerate(Likelihood)}
TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def list_possible_causes(
    compiled: CompiledProtocol, reading: Reading, true_rules: list[CompiledRule]
) -> tuple[PossibleCause, ...]:
    """Causes that something points to, the likeliest first, then by the weight of the findings and
    by id.
    """
    suspects = {name.lower() for rule in true_rules for name in rule.rule.suspects}
    present, known = reading.answers.present, reading.answers.known
    weighed = [
        _weigh(cause, reading, cause.suspected_as in suspects)
        for cause in compiled.causes
        if cause.supporting_bits & present
        or cause.required_facts & known
        or cause.suspected_as in suspects
    ]
    return tuple(sorted((cause for cause in weighed if cause), key=_order))


def _weigh(compiled: CompiledCause, reading: Reading, is_suspected: bool) -> PossibleCause | None:
    """None where nothing points to the cause."""
    supporting = compiled.supporting_bits & reading.answers.present
    required = _tell_required(compiled, reading)
    is_pointed_at = required is TRUE or (supporting and required is not FALSE)
    if not is_pointed_at and not is_suspected:
        return None
    opposing = compiled.opposing_bits & reading.answers.present
    likelihood = _rate(supporting.bit_count() - opposing.bit_count(), required, is_suspected)
    unanswered = ~(reading.answers.present | reading.answers.absent)
    return PossibleCause(
        compiled.cause,
        likelihood,
        list_names(compiled.supporting, supporting),
        list_names(compiled.opposing, opposing),
        list_names(compiled.names, unanswered),
    )


def _tell_required(compiled: CompiledCause, reading: Reading) -> Truth | None:
    """None where nothing is required."""
    if compiled.required is None:
        return None
    must, could, _ = compiled.required(reading.answers.literals)
    if must & HERE:
        return TRUE
    return UNKNOWN if could & HERE else FALSE


def _rate(weight: int, required: Truth | None, is_suspected: bool) -> Likelihood:
    """A cause that a true rule suspects is at least possible, so that the answer never contradicts
    itself.
    """
    is_settled = required is None or required is TRUE
    if is_settled and weight >= LIKELY_FROM:
        return Likelihood.LIKELY
    if is_suspected or weight >= (0 if is_settled else 1):
        return Likelihood.POSSIBLE
    return Likelihood.LESS_LIKELY


def _order(cause: PossibleCause) -> tuple[int, int, str]:
    return (
        ORDER[cause.likelihood],
        len(cause.opposing) - len(cause.supporting),
        cause.cause.id,
    )
