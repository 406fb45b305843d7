"""What an editor writes about a protocol, as frozen values: findings, rules, scores, causes, gates.

Expressions stay the text that a clinician wrote; `triage.compilation` turns a definition into the
core's protocol and says where an expression is wrong. The order of the fields is that of bundles.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, StringConstraints
from pydantic import model_validator as validate_model

from calfcms.publishing.policy import RiskClass
from calfcms.urgency import Urgency
from conditions.draft import Locale, Names, Part, ReviewMonths, Slugs
from conditions.references import Day
from conditions.text import SLUG_LENGTH, SLUG_PATTERN, FilledLine, Line, Markdown, Slug
from triage.case_definition import CaseSetDefinition, check_case_ids
from triage.identifiers import Identifier, OwnId, refuse_repeated

_SLUG = SLUG_PATTERN.strip("^$")
_RED_FLAG_PATH = re.compile(f"{_SLUG}/{_SLUG}")


def _strip_expression(text: str) -> str:
    if not (stripped := text.strip()):
        raise ValueError("must not be empty: write an expression such as `fever`")
    return stripped


def _refuse_zero(points: int) -> int:
    if points == 0:
        raise ValueError("must not be 0: an item that counts nothing is no item")
    return points


def _check_red_flag_path(path: str) -> str:
    if not _RED_FLAG_PATH.fullmatch(path) or len(path) > 2 * SLUG_LENGTH + 1:
        raise ValueError(
            f"'{path[:SLUG_LENGTH]}' is no red flag of a page: write page/red-flag, such as "
            "asthma/blue-lips"
        )
    return path


Expression = Annotated[Markdown, AfterValidator(_strip_expression)]
"""The text of an expression: `calf_swelling and not both_legs`, `at_least(2, a, b, c)`."""
RedFlagPath = Annotated[StrictStr, AfterValidator(_check_red_flag_path)]
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
        if len(set(self.findings)) < len(self.findings):
            raise ValueError("a finding cannot contradict itself: name two different ones")
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

    @validate_model(mode="after")
    def _check_one_call_each(self) -> Self:
        refuse_repeated("calls", (call.urgency for call in self.calls))
        return self


class ScoreItemDefinition(Part):
    """One item of a score and what it counts."""

    id: OwnId
    label: FilledLine
    when: Expression
    points: Annotated[StrictInt, Field(ge=-100, le=100), AfterValidator(_refuse_zero)]


class ScoreDefinition(Part):
    """A published score; under unknowns its value is an interval."""

    id: OwnId
    title: FilledLine
    note: Line = ""
    items: Annotated[tuple[ScoreItemDefinition, ...], Field(min_length=1)]
    references: Slugs = ()

    @validate_model(mode="after")
    def _check_item_ids_are_unique(self) -> Self:
        refuse_repeated("items", (item.id for item in self.items))
        return self


class RuleDefinition(Part):
    """When somebody should be seen how soon, why, on which evidence and since when."""

    id: OwnId
    urgency: Urgency
    title: FilledLine
    when: Expression
    reason: FilledLine
    suspects: Names = ()
    red_flags: tuple[RedFlagPath, ...] = ()
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
    risk_class: RiskClass | None = None
    review_interval_months: ReviewMonths | None = None
    disclaimer: Markdown = ""
    dispositions: tuple[DispositionDefinition, ...] = ()
    regions: tuple[RegionDefinition, ...] = ()
    findings: tuple[FindingDefinition, ...] = ()
    conflicts: tuple[ConflictDefinition, ...] = ()
    gates: tuple[Identifier, ...] = ()
    scores: tuple[ScoreDefinition, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
    causes: tuple[CauseDefinition, ...] = ()
    case_sets: tuple[CaseSetDefinition, ...] = ()

    @validate_model(mode="after")
    def _check_ids_are_unique(self) -> Self:
        names = [*(part.id for part in self.findings), *(part.id for part in self.scores)]
        refuse_repeated("findings and scores", names)
        refuse_repeated("rules", (rule.id for rule in self.rules))
        refuse_repeated("causes", (cause.id for cause in self.causes))
        refuse_repeated("dispositions", (level.urgency for level in self.dispositions))
        refuse_repeated("regions", (region.code for region in self.regions))
        check_case_ids(self.case_sets)
        return self


def list_reference_keys(draft: ProtocolDraft) -> list[str]:
    """The keys of all references that rules and scores rest on, sorted."""
    return sorted(set(_walk_reference_keys(draft)))


def _walk_reference_keys(draft: ProtocolDraft) -> Iterator[str]:
    for rule in draft.rules:
        yield from rule.references
    for score in draft.scores:
        yield from score.references
