"""A protocol: everything the evaluator knows about one field of complaints, as one frozen value."""

from collections.abc import Iterator
from dataclasses import dataclass

from calfcms.urgency import Urgency
from triage.core.advice import Call, Disposition, Region
from triage.core.expressions import Expression, Vocabulary
from triage.core.parts import Cause, Coding, Conflict, Finding, PartLink, Rule, Score, ScoreItem
from triage.core.problems import ProtocolError, ProtocolProblem
from triage.core.resolve import list_unresolved

__all__ = [
    "Call",
    "Cause",
    "Coding",
    "Conflict",
    "Disposition",
    "Finding",
    "PartLink",
    "Protocol",
    "ProtocolError",
    "ProtocolProblem",
    "Region",
    "Rule",
    "Score",
    "ScoreItem",
]


@dataclass(frozen=True)
class Protocol:
    """Every id in it resolves, no id is used twice, and every urgency has its advice: else it is
    not built.

    Publisher, specialties and review dates belong to publishing and are not repeated here.
    """

    slug: str
    locale: str
    title: str
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    dispositions: tuple[Disposition, ...]
    regions: tuple[Region, ...] = ()
    conditions: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    gates: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    causes: tuple[Cause, ...] = ()
    summary: str = ""
    disclaimer: str = ""
    repeat_contact: str | None = None
    """The finding that an earlier receipt stands for: help was sought before, and it got worse."""

    def __post_init__(self) -> None:
        problems = tuple(list_unresolved(self))
        if problems:
            raise ProtocolError(problems)

    def __hash__(self) -> int:
        """Cheap, because the compiled form is cached by protocol and hashing every part would cost
        more than a lookup saves.
        """
        return hash((self.slug, self.locale, len(self.rules)))

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(
            frozenset(finding.id for finding in self.findings),
            frozenset(score.id for score in self.scores),
        )

    @property
    def self_care_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.urgency is Urgency.SELF_CARE)

    @property
    def raising_rules(self) -> tuple[Rule, ...]:
        """Every rule but those for self-care: the ones that can only raise the urgency."""
        return tuple(rule for rule in self.rules if rule.urgency is not Urgency.SELF_CARE)

    def get_finding(self, name: str) -> Finding:
        return next(finding for finding in self.findings if finding.id == name)

    def list_expressions(self) -> Iterator[tuple[str, Expression]]:
        """Every expression in the protocol, with where it stands."""
        for score in self.scores:
            yield from (
                (f"scores/{score.id}/{item.id}", item.when) for item in score.items if item.when
            )
        yield from ((f"rules/{rule.id}", rule.when) for rule in self.rules)
        yield from (
            (f"causes/{cause.id}", cause.required) for cause in self.causes if cause.required
        )
