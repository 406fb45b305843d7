"""What the evaluator answers: frozen values that point at the protocol's own parts and copy
nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from calfcms.urgency import Urgency
from triage.core.advice import Disposition
from triage.core.facts import Presence
from triage.core.parts import Cause, Conflict, Finding, Rule, Score


class Status(StrEnum):
    COMPLETE = "complete"
    """No answer still to come can change the disposition."""

    MORE_INFORMATION_NEEDED = "more_information_needed"


class Likelihood(StrEnum):
    LIKELY = "likely"
    POSSIBLE = "possible"
    LESS_LIKELY = "less_likely"


class UrgencyRange(NamedTuple):
    """Where the urgency would lie if everything unknown were answered; always true, not always
    tight.
    """

    best_case: Urgency
    worst_case: Urgency


class Withheld(NamedTuple):
    """A lower urgency that is not given, and the findings that stand in its way."""

    urgency: Urgency
    because: tuple[str, ...]


class Match(NamedTuple):
    """A rule that is true, and the answers that make it so."""

    rule: Rule
    findings: tuple[tuple[str, Presence], ...]


class NotExcluded(NamedTuple):
    """A rule above the disposition that an answer could still make true. `missing` also names
    age_years, age_months or sex.
    """

    rule: Rule
    missing: tuple[str, ...]


class NearMiss(NamedTuple):
    """A false rule that would be true had this one finding been answered the other way."""

    rule: Rule
    finding: str
    value: Presence


class PossibleCause(NamedTuple):
    cause: Cause
    likelihood: Likelihood
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    unknown: tuple[str, ...]


class PartialScore(NamedTuple):
    """A score as far as it is known: `known` of `of` items, so `low` to `high` points."""

    score: Score
    known: int
    of: int
    low: int
    high: int


class NextQuestion(NamedTuple):
    finding: Finding
    why: str
    could_change_to: Urgency


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole answer. The fields come in the order in which the API gives them."""

    status: Status
    disposition: Disposition
    call: str | None
    range: UrgencyRange
    withheld: tuple[Withheld, ...]
    matched: tuple[Match, ...]
    not_excluded: tuple[NotExcluded, ...]
    near_misses: tuple[NearMiss, ...]
    possible_causes: tuple[PossibleCause, ...]
    scores: tuple[PartialScore, ...]
    next_questions: tuple[NextQuestion, ...]
    conflicts: tuple[Conflict, ...]
    safety_net: tuple[str, ...]
