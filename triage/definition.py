"""What an editor writes about a protocol, as frozen values: findings, rules, scores, causes, gates.

Expressions stay the text that a clinician wrote; `triage.compilation` turns a definition into the
core's protocol and says where an expression is wrong. The order of the fields is that of bundles.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, StringConstraints
from pydantic import model_validator as validate_model

from calfcms.urgency import Urgency
from conditions.draft import Locale, Names, Part, Slugs
from conditions.references import Day
from conditions.text import FilledLine, Line, Markdown, Slug

Identifier = Annotated[
    StrictStr, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", min_length=1, max_length=80)
]
"""Lower-case letters, digits and underscores, such as `calf_swelling`: usable in expressions."""

RESERVED = frozenset(
    {"and", "or", "not", "at_least", "age_years", "age_months", "sex", "male", "female"}
)


def _refuse_reserved(identifier: str) -> str:
    if identifier in RESERVED:
        raise ValueError(f"{identifier!r} is a word of the expression language: choose another id")
    return identifier


OwnId = Annotated[Identifier, AfterValidator(_refuse_reserved)]
Expression = Annotated[StrictStr, StringConstraints(strip_whitespace=True, min_length=1)]
"""The text of an expression: `calf_swelling and not both_legs`, `at_least(2, a, b, c)`."""
RedFlagPath = Annotated[StrictStr, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
"""A page and the id of a red flag on it: `calf-pain/chest-symptoms`."""


class FindingCode(Part):
    """A finding's code in a terminology, and how close it is."""

    system: FilledLine
    code: FilledLine
    display: Line = ""
    relation: Literal["exact", "close", "parent", "related"]


class FindingDefinition(Part):
    """Something that can be present, absent or unknown."""

    id: OwnId
    group: FilledLine
    kind: Literal["symptom", "sign", "context", "risk"]
    red_flag: StrictBool = False
    phrase: FilledLine
    question: FilledLine
    help: Line = ""
    why: Line = ""
    synonyms: Names = ()
    codes: tuple[FindingCode, ...] = ()


class ConflictDefinition(Part):
    """Two findings that cannot both be present, and the safer one to believe."""

    findings: Annotated[tuple[Identifier, ...], Field(min_length=2, max_length=2)]
    read_as: Identifier

    @validate_model(mode="after")
    def _check_reading(self) -> Self:
        if self.read_as not in self.findings:
            raise ValueError("read_as must be one of the two findings")
        return self


class DispositionDefinition(Part):
    """What somebody is told at one urgency."""

    urgency: Urgency
    headline: FilledLine
    advice: FilledLine


class CallDefinition(Part):
    """Whom to call, or where to go, at one urgency in one region."""

    urgency: Urgency
    call: FilledLine


class RegionDefinition(Part):
    """A region's own numbers and services. `generic` is for everywhere else."""

    code: Annotated[StrictStr, StringConstraints(pattern=r"^([A-Z]{2}|generic)$")]
    name: FilledLine
    calls: tuple[CallDefinition, ...] = ()


class ScoreItemDefinition(Part):
    """One item of a score and what it counts."""

    id: OwnId
    label: FilledLine
    when: Expression
    points: Annotated[StrictInt, Field(ge=-100, le=100)]


class ScoreDefinition(Part):
    """A published score; under unknowns its value is an interval."""

    id: OwnId
    title: FilledLine
    note: Line = ""
    items: Annotated[tuple[ScoreItemDefinition, ...], Field(min_length=1)]
    references: Slugs = ()


class RuleDefinition(Part):
    """When somebody should be seen how soon, why, on which evidence and since when."""

    id: OwnId
    urgency: Urgency
    title: FilledLine
    when: Expression
    reason: FilledLine
    suspects: Names = ()
    red_flags: Annotated[tuple[RedFlagPath, ...], Field()] = ()
    references: Slugs = ()
    effective_from: Day
    disagreement: Line = ""


class CauseDefinition(Part):
    """A possible cause and the findings that speak for and against it. Never moves the urgency."""

    id: Slug
    name: FilledLine
    condition: Slug | None = None
    required: Expression | None = None
    supporting: tuple[Identifier, ...] = ()
    opposing: tuple[Identifier, ...] = ()


class ProtocolDraft(Part):
    """One triage protocol in one locale."""

    slug: Slug
    locale: Locale
    title: FilledLine
    summary: Markdown = ""
    conditions: Slugs = ()
    publisher: Slug
    specialties: Slugs = ()
    review_interval_months: Annotated[StrictInt, Field(ge=1, le=60)] | None = None
    disclaimer: Markdown = ""
    dispositions: tuple[DispositionDefinition, ...] = ()
    regions: tuple[RegionDefinition, ...] = ()
    findings: tuple[FindingDefinition, ...] = ()
    conflicts: tuple[ConflictDefinition, ...] = ()
    gates: tuple[Identifier, ...] = ()
    scores: tuple[ScoreDefinition, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
    causes: tuple[CauseDefinition, ...] = ()

    @validate_model(mode="after")
    def _check_ids_are_unique(self) -> Self:
        names = [finding.id for finding in self.findings] + [score.id for score in self.scores]
        for what, ids in (
            ("findings and scores", names),
            ("rules", [rule.id for rule in self.rules]),
            ("causes", [cause.id for cause in self.causes]),
            ("dispositions", [str(level.urgency) for level in self.dispositions]),
            ("regions", [region.code for region in self.regions]),
        ):
            if twice := sorted(name for name, count in Counter(ids).items() if count > 1):
                raise ValueError(f"the ids of {what} must be unique; used twice: {twice}")
        return self


def list_reference_keys(draft: ProtocolDraft) -> list[str]:
    """The keys of all references that rules and scores rest on, sorted."""
    return sorted(set(_walk_reference_keys(draft)))


def _walk_reference_keys(draft: ProtocolDraft) -> Iterator[str]:
    for rule in draft.rules:
        yield from rule.references
    for score in draft.scores:
        yield from score.references
