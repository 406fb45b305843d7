"""Weighs the possible causes. They inform; nothing here is read by anything that decides the
urgency.
"""

from triage.core.circuits import BOTH, FALSE, OPEN, TRUE, Values
from triage.core.compiled import CompiledCause, CompiledProtocol, CompiledRule, NamedPlaces
from triage.core.evaluation import Likelihood, PossibleCause
from triage.core.reading import Reading

LIKELY_FROM = 2
"""Supporting findings more than opposing ones. Two, because most single findings fit many causes.
"""

LIKELIHOODS = tuple(Likelihood)
LIKELY, POSSIBLE, LESS_LIKELY = range(len(LIKELIHOODS))


def list_possible_causes(
    compiled: CompiledProtocol, reading: Reading, true_rules: list[CompiledRule]
) -> tuple[PossibleCause, ...]:
    """Causes that something points to, the likeliest first, then by the weight of the findings and
    by id.
    """
    suspects = {name.lower() for rule in true_rules for name in rule.rule.suspects}
    present, known, values = reading.answers.present, reading.answers.known, reading.answers.values
    weighed = []
    for cause in compiled.causes:
        supporting = cause.supporting_bits & present
        is_suspected = cause.suspected_as in suspects
        if not (supporting or is_suspected or cause.required_facts & known):
            continue
        required = cause.required(values, BOTH) if cause.required else None
        is_pointed_at = required == TRUE or (supporting and required != FALSE)
        if is_pointed_at or is_suspected:
            weight = supporting.bit_count() - (cause.opposing_bits & present).bit_count()
            rating = _rate(weight, required, is_suspected)
            weighed.append((rating, -weight, cause.cause.id, cause))
    weighed.sort()
    return tuple([_show(cause, rating, reading) for rating, _, _, cause in weighed])


def _show(cause: CompiledCause, rating: int, reading: Reading) -> PossibleCause:
    values, present = reading.answers.values, reading.answers.present
    supporting, opposing = cause.supporting_bits & present, cause.opposing_bits & present
    return PossibleCause(
        cause.cause,
        LIKELIHOODS[rating],
        _list_present(cause.supporting, values) if supporting else (),
        _list_present(cause.opposing, values) if opposing else (),
        tuple([name for name, place in cause.names if values[place] == OPEN]),
    )


def _list_present(names: NamedPlaces, values: Values) -> tuple[str, ...]:
    return tuple([name for name, place in names if values[place] == TRUE])


def _rate(weight: int, required: int | None, is_suspected: bool) -> int:
    """A cause that a true rule suspects is at least possible, so that the answer never contradicts
    itself.
    """
    is_settled = required is None or required == TRUE
    if is_settled and weight >= LIKELY_FROM:
        return LIKELY
    if is_suspected or weight >= (0 if is_settled else 1):
        return POSSIBLE
    return LESS_LIKELY
