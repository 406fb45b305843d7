"""What triage takes and answers, as JSON."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel

from calfcms.api.schema import Shape
from calfcms.publishing.api.shapes import CardHead, EditionHead, Review, require_kept
from calfcms.urgency import Urgency
from conditions.api.shapes import PublisherShape, Texts, TranslationShape
from triage.core.evaluation import Likelihood, Status
from triage.core.facts import MAX_AGE_YEARS, Presence, Sex
from triage.core.wording import Speaker


class EvaluationBody(Shape):
    """What is known. A finding left out was not asked; age and sex left out are unknown."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    findings: dict[str, Presence] = {}
    """Finding id to value; the ids are those of the protocol."""
    age_years: Annotated[int, Field(ge=0, le=MAX_AGE_YEARS)] | None = None
    """In completed years."""
    age_months: Annotated[int, Field(ge=0, le=23)] | None = None
    """In completed months, for children under two years; instead of `age_years`."""
    sex: Sex | None = None
    region: str | None = None
    """Whose numbers and services to name; `generic` where none is given."""
    speaker: Speaker | None = None
    """Who answers, and so how questions are put: the person, a carer, or somebody for a child."""
    previous: str | None = None
    """The receipt of an earlier contact of the same person: what got worse since counts."""
    locale: str | None = None
    edition: Annotated[int, Field(ge=1)] | None = None
    """A past edition of the protocol, instead of the live one."""
    as_of: datetime | None = None
    """The edition that was live at this moment."""


class ProtocolPointer(Shape):
    """Which edition answered."""

    slug: str
    edition: int
    digest: str


class DispositionShape(Shape):
    """How soon to be seen, and by whom."""

    urgency: Urgency
    headline: str
    advice: str
    call: str | None
    """The number to call or the place to go, in the region asked for."""


class RangeShape(Shape):
    """Where the urgency lies however the unknown is answered."""

    best_case: Urgency
    worst_case: Urgency


class WithheldShape(Shape):
    """A lower urgency that is not given, and the findings that stand in its way."""

    urgency: Urgency
    because: list[str]


class RedFlagPointer(Shape):
    """The red flag on a page that a rule answers for."""

    condition: str
    id: str
    url: str


class TriageReference(Shape):
    """A source."""

    id: str
    citation: str
    doi: str | None
    url: str | None
    checked_on: date | None


class SourcedView(Shape):
    """What some sources say where sources differ."""

    says: str
    urgency: Urgency | None
    references: list[TriageReference]


class SourcedDisagreement(Shape):
    """Where guidelines disagree: what each says, and what the protocol chose and why."""

    views: list[SourcedView]
    choice: str


class MatchShape(Shape):
    """A rule that is true, and the answers that make it so."""

    rule: str
    urgency: Urgency
    title: str
    reason: str
    findings: dict[str, Presence]
    suspects: list[str]
    red_flag: RedFlagPointer | None
    references: list[TriageReference]
    disagreement: SourcedDisagreement | None


class NotExcludedShape(Shape):
    """A rule above the disposition that an answer could still make true."""

    rule: str
    urgency: Urgency
    title: str
    missing: list[str]


class NearMissShape(Shape):
    """A rule that one other answer would make true."""

    rule: str
    title: str
    blocked_by: dict[str, Presence]


class PossibleCauseShape(Shape):
    """What may explain the findings. It never moves the urgency."""

    name: str
    condition: str | None
    likelihood: Likelihood
    supporting: list[str]
    opposing: list[str]
    unknown: list[str]
    url: str | None
    """Its page, or the part of a page that tells about it."""


class ScoreCutOff(Shape):
    """From how many points a score has which name."""

    points: int
    label: str


class ScorePerformance(Shape):
    """What a publication says of how well the score does."""

    says: str
    references: list[TriageReference]


class ScoreShape(Shape):
    """A published score, as far as it is known: it can rule nothing out."""

    id: str
    title: str
    known: int
    of: int
    min: int
    max: int
    note: str
    references: list[TriageReference]
    cut_offs: list[ScoreCutOff]
    performance: list[ScorePerformance]


class QuestionShape(Shape):
    """What to ask next, and what the answer could change."""

    finding: str
    question: str
    help: str
    why: str
    could_change_to: Urgency


class ConflictShape(Shape):
    """Findings that cannot both be present, and the one that was believed."""

    findings: list[str]
    read_as: str


class ContentPointer(Shape):
    """A live page that the answer rests on."""

    condition: str
    edition: int
    url: str


class RepeatContactShape(Shape):
    """That an earlier receipt showed a repeated contact, and what is new since."""

    finding: str
    """The finding that counts as present because of it."""
    because: list[str]


class OverdueShape(Shape):
    """A review that should have been done."""

    rule: str | None
    """Null: the review of the protocol itself."""
    due: date


class EvaluationShape(Shape):
    """How soon somebody with these findings should be seen, and why. Not a diagnosis."""

    protocol: ProtocolPointer
    status: Status
    disposition: DispositionShape
    range: RangeShape
    withheld: list[WithheldShape]
    matched: list[MatchShape]
    not_excluded: list[NotExcludedShape]
    near_misses: list[NearMissShape]
    possible_causes: list[PossibleCauseShape]
    scores: list[ScoreShape]
    next_questions: list[QuestionShape]
    conflicts: list[ConflictShape]
    safety_net: list[str]
    repeat_contact: RepeatContactShape | None
    review_overdue: bool
    """Whether a review of the protocol or of one of its rules should have been done by now."""
    overdue: list[OverdueShape]
    content: list[ContentPointer]
    disclaimer: str
    receipt: str
    """Signed; `POST /triage/replay` gives this answer again. It holds the answers that were given,
    and nothing that says whose they are."""


class NextShape(Shape):
    """What to ask next, and whether asking may stop."""

    protocol: ProtocolPointer
    status: Status
    next_questions: list[QuestionShape]
    may_stop: bool
    """Whether no answer could still change the disposition, or there is nothing left to ask."""


class ReplayBody(Shape):
    """A receipt, as an evaluation gave it."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    receipt: str


class ReceiptKeyShape(Shape):
    """A key that receipts are checked with."""

    id: str
    """The second part of the receipts that it signed."""
    algorithm: Literal["Ed25519"]
    public_key: str
    """32 bytes in base64url."""


class ReceiptKeyList(Shape):
    """All keys that receipts are good with, the one in use first."""

    items: list[ReceiptKeyShape]
    next: str | None
    """Always null."""


class FindingCodeShape(Shape):
    """A finding's code in a terminology, and how close it is."""

    system: str
    code: str
    display: str
    relation: Literal["exact", "close", "parent", "related"]


class WordingShape(Shape):
    """A finding's question as it is put to somebody who answers for another."""

    speaker: Literal["carer", "child"]
    question: str
    help: str


class ApplicabilityShape(Shape):
    """Whom a finding can be asked; ages in completed years, both included."""

    sex: Literal["female", "male"] | None
    min_age_years: int | None
    max_age_years: int | None


class FindingShape(Shape):
    """Something that can be present, absent or unknown, and how to ask for it."""

    id: str
    group: str
    kind: Literal["symptom", "sign", "context", "risk"]
    red_flag: bool
    phrase: str
    question: str
    help: str
    why: str
    synonyms: list[str]
    wordings: list[WordingShape]
    applies: ApplicabilityShape | None
    """Null: everybody can be asked."""
    needs_helper: bool
    """Whether somebody else must be there to find out."""
    codes: list[FindingCodeShape]


class FindingList(Shape):
    """The vocabulary of a protocol, or what of it fits."""

    protocol: ProtocolPointer
    items: list[FindingShape]
    next: str | None
    """Always null: the vocabulary comes whole."""


class DispositionText(Shape):
    """What somebody is told at one urgency."""

    urgency: Urgency
    headline: str
    advice: str


class CallShape(Shape):
    """Whom to call at one urgency."""

    urgency: Urgency
    call: str


class RegionShape(Shape):
    """A region's numbers and services."""

    code: str
    name: str
    calls: list[CallShape]


class ScoreItemShape(Shape):
    """One item of a score; `when` is in the expression language."""

    id: str
    label: str
    when: str | None
    """Null: nobody can be asked for it here. It is shown, and takes no part in rules."""
    points: int


class CutOffShape(Shape):
    """From how many points a score has which name."""

    points: int
    label: str


class PerformanceShape(Shape):
    """What a publication says of how well a score does; `reference` is an id."""

    says: str
    reference: str


class ScoreDefinitionShape(Shape):
    """A score that the protocol computes; `references` are ids."""

    id: str
    title: str
    note: str
    items: list[ScoreItemShape]
    cut_offs: list[CutOffShape]
    performance: list[PerformanceShape]
    references: list[str]


class ViewShape(Shape):
    """What some sources say where sources differ; `references` are ids."""

    says: str
    urgency: Urgency | None
    references: list[str]


class DisagreementShape(Shape):
    """Where guidelines disagree: what each says, and what this protocol chose and why."""

    views: list[ViewShape]
    choice: str


class RuleShape(Shape):
    """A rule; `when` is in the expression language, `references` are ids."""

    id: str
    urgency: Urgency
    title: str
    when: str
    reason: str
    suspects: list[str]
    red_flags: list[str]
    references: list[str]
    effective_from: date
    review_due: date | None
    """When its sources should be read again."""
    disagreement: DisagreementShape | None


class CauseDefinitionShape(Shape):
    """A possible cause, and the findings for and against it."""

    id: str
    name: str
    condition: str | None
    described_at: str | None
    """The part of a page that tells about it: `page/part`."""
    required: str | None
    supporting: list[str]
    opposing: list[str]


class ProtocolEdition(EditionHead):
    """One edition of a protocol: everything that its answers depend on."""

    title: str
    summary: Texts
    specialties: list[str]
    conditions: list[str]
    dispositions: list[DispositionText]
    regions: list[RegionShape]
    findings: list[FindingShape]
    conflicts: list[ConflictShape]
    gates: list[str]
    """Findings that must be answered absent before self-care is given."""
    repeat_contact: str | None
    """The finding that an earlier receipt stands for: help was sought before, and it got worse."""
    scores: list[ScoreDefinitionShape]
    rules: list[RuleShape]
    causes: list[CauseDefinitionShape]
    references: list[TriageReference]
    publisher: PublisherShape
    disclaimer: str
    review: Review
    translation: TranslationShape | None = None
    """Null where the protocol was written first."""


class SparseProtocolEdition(ProtocolEdition):
    """What `fields` left of an edition. `digest` is still that of the whole."""

    model_config = ConfigDict(json_schema_extra=require_kept)


class ProtocolAnswer(RootModel[ProtocolEdition | SparseProtocolEdition]):
    """The edition; with `fields` some of its members."""


class ProtocolCard(CardHead):
    """A protocol as the list shows it."""

    title: str
    summary: Texts
    conditions: list[str]
    disclaimer: str
    review: Review
    translation: TranslationShape | None = None
    """Null where the protocol was written first."""
    url: str


class SparseProtocolCard(ProtocolCard):
    """What `fields` left of a card. `digest` is still that of the whole edition."""

    model_config = ConfigDict(json_schema_extra=require_kept)


class ProtocolList(Shape):
    """Live protocols, newest change first."""

    items: list[ProtocolCard | SparseProtocolCard]
    next: str | None
    """Where the list goes on; null at its end."""
