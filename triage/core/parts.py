"""The parts of a protocol, one frozen class for each kind of row. Each refuses the values it could
never make sense of.

What an editor may still leave empty while writing (a title, a reason, a reference) is allowed here
and reported by `checks`.
"""

from dataclasses import dataclass
from datetime import date

from calfcms.urgency import Urgency
from triage.core.applicability import Applicability
from triage.core.expressions.nodes import Expression, check_id
from triage.core.wording import Speaker, Wording

FINDING_KINDS = ("symptom", "sign", "context", "risk")
MAX_POINTS = 100


class PartError(ValueError):
    """A part that can't exist."""


@dataclass(frozen=True)
class Coding:
    """A code for a finding, and how close it comes to it: exact, close, parent or related."""

    system: str
    code: str
    display: str
    relation: str


@dataclass(frozen=True)
class Finding:
    """Something a person can say yes, no or "don't know" to."""

    id: str
    phrase: str
    question: str
    group: str = ""
    kind: str = "symptom"
    red_flag: bool = False
    help: str = ""
    why: str = ""
    synonyms: tuple[str, ...] = ()
    codes: tuple[Coding, ...] = ()
    wordings: tuple[Wording, ...] = ()
    applies: Applicability | None = None
    """Whom it can be asked; None: everybody."""

    needs_helper: bool = False
    """Whether somebody else must be there to find out."""

    def __post_init__(self) -> None:
        check_id(self.id)
        _require(
            self.kind in FINDING_KINDS,
            f"finding {self.id}: kind must be one of {', '.join(FINDING_KINDS)}",
        )

    def word_for(self, speaker: Speaker) -> Wording:
        """How it is put to them; as to the person, where there are no words for them."""
        for wording in self.wordings:
            if wording.speaker is speaker:
                return wording
        return Wording(Speaker.SELF, self.question, self.help)


@dataclass(frozen=True)
class Conflict:
    """Findings that can't all be present. Where they are, `read_as` is believed and the others only
    where that is the safer reading.
    """

    findings: tuple[str, ...]
    read_as: str

    def __post_init__(self) -> None:
        _require(
            len(set(self.findings)) == len(self.findings) >= 2,
            "a conflict needs two or more different findings",
        )
        _require(
            self.read_as in self.findings,
            f"a conflict is read as one of its findings, not as {self.read_as!r}",
        )

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(name for name in self.findings if name != self.read_as)


@dataclass(frozen=True)
class ScoreItem:
    """One item and what it counts. Without `when` nobody can be asked for it here: it keeps the
    score that is shown open, and takes no part in comparisons, so that it never lowers the urgency.
    """

    id: str
    label: str
    when: Expression | None
    points: int

    def __post_init__(self) -> None:
        check_id(self.id)
        is_sound = type(self.points) is int and 0 < abs(self.points) <= MAX_POINTS
        _require(
            is_sound,
            f"score item {self.id}: points are a whole number up to {MAX_POINTS}, and not 0",
        )


@dataclass(frozen=True)
class CutOff:
    """From how many points a score has which name in its publication."""

    points: int
    label: str


@dataclass(frozen=True)
class Performance:
    """What a publication says of how well a score does."""

    says: str
    reference: str


@dataclass(frozen=True)
class Score:
    """A published clinical score. It may raise the urgency through a rule; on its own it does
    nothing.
    """

    id: str
    title: str
    items: tuple[ScoreItem, ...]
    note: str = ""
    references: tuple[str, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    performance: tuple[Performance, ...] = ()

    def __post_init__(self) -> None:
        check_id(self.id)

    @property
    def askable_items(self) -> tuple[tuple[Expression, int], ...]:
        """The conditions and points of the items that a person can be asked for."""
        return tuple((item.when, item.points) for item in self.items if item.when is not None)


@dataclass(frozen=True)
class PartLink:
    """A part of a condition's page, such as a red flag: the page's slug and the part's id."""

    condition: str
    id: str

    @classmethod
    def parse(cls, text: str) -> "PartLink":
        """From `asthma/blue-lips`."""
        condition, _, part = text.partition("/")
        return cls(condition, part)

    def __post_init__(self) -> None:
        _require(
            bool(self.condition and self.id),
            "a part of a page is written condition/part, for example asthma/blue-lips",
        )

    def __str__(self) -> str:
        return f"{self.condition}/{self.id}"


@dataclass(frozen=True)
class View:
    """What some sources say where sources differ; `urgency` where they name a level."""

    says: str
    urgency: Urgency | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Disagreement:
    """Where guidelines disagree: what each says, and what this protocol chose and why."""

    views: tuple[View, ...]
    choice: str


@dataclass(frozen=True)
class Rule:
    """If `when` is true the answer is at least as urgent as `urgency`. No rule cancels another."""

    id: str
    urgency: Urgency
    when: Expression
    title: str = ""
    reason: str = ""
    suspects: tuple[str, ...] = ()
    red_flags: tuple[PartLink, ...] = ()
    references: tuple[str, ...] = ()
    effective_from: date | None = None
    review_due: date | None = None
    disagreement: Disagreement | None = None

    def __post_init__(self) -> None:
        check_id(self.id)
        _require(
            isinstance(self.urgency, Urgency), f"rule {self.id}: {self.urgency!r} is no urgency"
        )


@dataclass(frozen=True)
class Cause:
    """Something that may explain the findings. It informs and never touches the urgency."""

    id: str
    name: str
    condition: str | None = None
    required: Expression | None = None
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    described_at: PartLink | None = None
    """Where a page tells about it, if it has no page of its own."""

    def __post_init__(self) -> None:
        _require(bool(self.id and self.name), "a cause needs an id and a name")


def _require(is_met: bool, message: str) -> None:
    if not is_met:
        raise PartError(message)
