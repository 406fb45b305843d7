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
from conditions.draft import (
    Locale,
    Names,
    Part,
    ReviewMonths,
    Slugs,
    TranslationOf,
    check_source_locale,
)
from conditions.references import Day
from conditions.text import SLUG_LENGTH, SLUG_PATTERN, FilledLine, Line, Markdown, Slug
from triage.case_definition import CaseSetDefinition, check_case_ids
from triage.core.facts import MAX_AGE_YEARS
from triage.identifiers import Identifier, OwnId, refuse_repeated

_SLUG = SLUG_PATTERN.strip("^$")
_PART_PATH = re.compile(f"{_SLUG}/{_SLUG}")


def _strip_expression(text: str) -> str:
    if not (stripped := text.strip()):
        raise ValueError("must not be empty: write an expression such as `fever`")
    return stripped


def _refuse_zero(points: int) -> int:
    if points == 0:
        raise ValueError("must not be 0: an item that counts nothing is no item")
    return points


def _check_part_path(path: str) -> str:
    if not _PART_PATH.fullmatch(path) or len(path) > 2 * SLUG_LENGTH + 1:
        raise ValueError(
            f"'{path[:SLUG_LENGTH]}' is no part of a page: write page/part, such as "
            "asthma/blue-lips"
        )
    return path


Expression = Annotated[Markdown, AfterValidator(_strip_expression)]
"""The text of an expression: `calf_swelling and not both_legs`, `at_least(2, a, b, c)`."""
PartPath = Annotated[StrictStr, AfterValidator(_check_part_path)]
"""A page and the id of a part on it, such as a red flag: `asthma/blue-lips`."""
Age = Annotated[StrictInt, Field(ge=0, le=MAX_AGE_YEARS)]


class FindingCode(Part):
    """A finding's code in a terminology, and how close it is."""

    system: FilledLine
    code: FilledLine
    display: Line = ""
    relation: Literal["exact", "close", "parent", "related"]


class WordingDefinition(Part):
    """A finding's question as it is put to somebody who answers for another."""

    speaker: Literal["carer", "child"]
    question: FilledLine
    help: Line = ""


class ApplicabilityDefinition(Part):
    """Whom a finding can be asked; ages in completed years, both included."""

    sex: Literal["female", "male"] | None = None
    min_age_years: Age | None = None
    max_age_years: Age | None = None

    @validate_model(mode="after")
    def _check_it_limits(self) -> Self:
        low, high = self.min_age_years, self.max_age_years
        if self.sex is None and low is None and high is None:
            raise ValueError("name a sex or a limit of age, or leave it out")
        if low is not None and high is not None and low > high:
            raise ValueError(f"the youngest ({low}) is older than the oldest ({high})")
        return self


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
    wordings: tuple[WordingDefinition, ...] = ()
    applies: ApplicabilityDefinition | None = None
    needs_helper: StrictBool = False
    codes: tuple[FindingCode, ...] = ()

    @validate_model(mode="after")
    def _check_one_wording_each(self) -> Self:
        refuse_repeated("wordings", (wording.speaker for wording in self.wordings))
        return self


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
    """One item of a score and what it counts; without `when` it cannot be asked for here."""

    id: OwnId
    label: FilledLine
    when: Expression | None = None
    points: Annotated[StrictInt, Field(ge=-100, le=100), AfterValidator(_refuse_zero)]


class CutOffDefinition(Part):
    """From how many points a score has which name."""

    points: Annotated[StrictInt, Field(ge=-1000, le=1000)]
    label: FilledLine


class PerformanceDefinition(Part):
    """What a publication says of how well a score does."""

    says: FilledLine
    reference: Slug


class ScoreDefinition(Part):
    """A published score; under unknowns its value is an interval."""

    id: OwnId
    title: FilledLine
    note: Line = ""
    items: Annotated[tuple[ScoreItemDefinition, ...], Field(min_length=1)]
    cut_offs: tuple[CutOffDefinition, ...] = ()
    performance: tuple[PerformanceDefinition, ...] = ()
    references: Slugs = ()

    @validate_model(mode="after")
    def _check_item_ids_are_unique(self) -> Self:
        refuse_repeated("items", (item.id for item in self.items))
        refuse_repeated("cut_offs", (str(cut_off.points) for cut_off in self.cut_offs))
        return self


class ViewDefinition(Part):
    """What some sources say where sources differ; `urgency` where they name a level."""

    says: FilledLine
    urgency: Urgency | None = None
    references: Slugs = ()


class DisagreementDefinition(Part):
    """Where guidelines disagree: what each says, and what this protocol chose and why."""

    views: tuple[ViewDefinition, ...] = ()
    choice: FilledLine


class RuleDefinition(Part):
    """When somebody should be seen how soon, why, on which evidence and since when."""

    id: OwnId
    urgency: Urgency
    title: FilledLine
    when: Expression
    reason: FilledLine
    suspects: Names = ()
    red_flags: tuple[PartPath, ...] = ()
    references: Slugs = ()
    effective_from: Day
    review_due: Day | None = None
    disagreement: DisagreementDefinition | None = None


class CauseDefinition(Part):
    """A possible cause and the findings that speak for and against it. Never moves the urgency."""

    id: Slug
    name: FilledLine
    condition: Slug | None = None
    described_at: PartPath | None = None
    required: Expression | None = None
    supporting: tuple[Identifier, ...] = ()
    opposing: tuple[Identifier, ...] = ()


class ProtocolDraft(Part):
    """One triage protocol in one locale."""

    slug: Slug
    locale: Locale
    translation_of: TranslationOf | None = None
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
    repeat_contact: Identifier | None = None
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
        check_source_locale(self.locale, self.translation_of)
        return self


def list_reference_keys(draft: ProtocolDraft) -> list[str]:
    """The keys of all references that rules and scores rest on, sorted."""
    return sorted(set(_walk_reference_keys(draft)))


def _walk_reference_keys(draft: ProtocolDraft) -> Iterator[str]:
    for rule in draft.rules:
        yield from rule.references
        for view in rule.disagreement.views if rule.disagreement else ():
            yield from view.references
    for score in draft.scores:
        yield from score.references
        yield from (claim.reference for claim in score.performance)
