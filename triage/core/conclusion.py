"""Whether asking may stop, and why."""

from enum import StrEnum
from typing import NamedTuple

from calfcms.urgency import Urgency
from triage.core.evaluation import Evaluation, Status


class Because(StrEnum):
    EMERGENCY = "emergency"
    """Nothing is more urgent."""

    SETTLED = "settled"
    """No answer can change the disposition, also none to what was answered "don't know"."""

    NOTHING_TO_ASK = "nothing_to_ask"
    """Nothing that was not asked yet can change it; what the person does not know still could."""

    QUESTIONS = "questions"
    """An answer still to come could change it."""


class Conclusion(NamedTuple):
    may_stop: bool
    because: Because


def conclude(evaluation: Evaluation) -> Conclusion:
    """Asking may stop once no finding is left that could change the disposition. Age and sex are
    no findings: where `not_excluded` names them as missing, they are worth asking for.
    """
    if evaluation.disposition.urgency is Urgency.EMERGENCY:
        return Conclusion(True, Because.EMERGENCY)
    if evaluation.status is Status.COMPLETE:
        return Conclusion(True, Because.SETTLED)
    if not evaluation.next_questions:
        return Conclusion(True, Because.NOTHING_TO_ASK)
    return Conclusion(False, Because.QUESTIONS)
