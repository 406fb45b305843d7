"""All that a reviewer needs to judge a draft, read for one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.comparison import Comparison
from calfcms.publishing.kinds import Content, Effect, get_kind
from calfcms.publishing.models import Document, Edition, SignOff
from calfcms.publishing.naming import name_person
from calfcms.publishing.parts import list_parts, read_own_members
from calfcms.publishing.policy import Role
from calfcms.publishing.sources import (
    Source,
    compare_sources,
    get_signed_base,
    read_draft_for_page,
)
from calfcms.publishing.standings import get_standing
from calfcms.publishing.talk import Talk, read_talk
from calfcms.publishing.workflow import State
from calfcms.publishing.writing import write_title


@dataclass(frozen=True)
class Evidence:
    """A reference that the draft rests on, as a reviewer ticks it off."""

    key: str
    title: str
    url: str
    checked_on: str
    is_changed: bool
    """Whether it is new or says something else than in the edition before."""


@dataclass(frozen=True)
class ReviewSheet:
    """A draft beside what readers get now, and what was said about it."""

    standing: Any
    """Where the draft stands, with what `list_standings` says of it."""
    submitter: str
    """Who asked for the review; empty where nobody did."""
    draft: Source
    base: Edition | None
    comparison: Comparison
    effects: list[Effect]
    evidence: list[Evidence]
    talk: Talk
    signatures: list[SignOff]
    """The decisions about exactly this wording, oldest first."""
    earlier: SignOff | None
    """The last decision about another wording."""

    @property
    def role(self) -> Role:
        """In what capacity the signature that is needed must be given."""
        return Role(self.standing.required_role)

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for a signature."""
        return self.standing.submitted_at is not None and self.standing.state != State.PUBLISHED

    @property
    def has_changed_evidence(self) -> bool:
        """Whether any reference is new or changed."""
        return any(evidence.is_changed for evidence in self.evidence)

    @property
    def worse_effects(self) -> list[Effect]:
        """The changed answers that are not safe enough any more."""
        return [effect for effect in self.effects if effect.is_worse]

    @property
    def shown_parts(self) -> set[str]:
        """The addresses of the parts that the comparison shows."""
        return {part.address for part in self.comparison.parts} | {
            change.name for change in self.comparison.fields
        }


def read_review_sheet(document: Document) -> ReviewSheet | None:
    """The sheet for this document's draft; None where it has none."""
    standing = get_standing(document)
    if standing is None:
        return None
    draft = read_draft_for_page(document, standing)
    base = get_signed_base(document)
    before = base.read_content() if base else None
    comparison = compare_sources(document, before, draft.content)
    sign_offs = list(document.sign_offs.order_by("signed_at", "pk"))
    others = [s for s in sign_offs if s.content_digest != draft.content_digest]
    return ReviewSheet(
        standing=standing,
        submitter=_get_name(standing.submitted_by_id),
        draft=draft,
        base=base,
        comparison=comparison,
        effects=get_kind(document.kind).list_effects(before, draft.content),
        evidence=list_evidence(draft.content, comparison),
        talk=read_talk(document, draft.content_digest),
        signatures=[s for s in sign_offs if s.content_digest == draft.content_digest],
        earlier=others[-1] if others else None,
    )


def list_evidence(content: Content, comparison: Comparison) -> list[Evidence]:
    """The references of a content; the new and changed ones first."""
    changed = {part.address for part in comparison.parts if part.fields}
    rows = [
        _read_evidence(reference, f"references/{reference['key']}" in changed)
        for reference in content.get("references", [])
    ]
    return sorted(rows, key=lambda row: not row.is_changed)


def list_addresses(document: Document, content: Content) -> list[tuple[str, str]]:
    """What one can comment on: the address and the name of each member and part."""
    part_lists = get_kind(document.kind).part_lists
    own = read_own_members(content, part_lists)
    members = [(name, write_title(name)) for name in own if name not in ("kind", "slug", "locale")]
    parts = list_parts(content, part_lists).values()
    return members + [
        (part.address, f"{write_title(part.list_name)}: {part.label}") for part in parts
    ]


def _get_name(key: int | None) -> str:
    person = User.objects.filter(pk=key).first() if key else None
    return name_person(person) if person else ""


def _read_evidence(reference: Mapping[str, Any], is_changed: bool) -> Evidence:
    csl = reference.get("csl", {})
    doi = csl.get("DOI")
    return Evidence(
        key=reference["key"],
        title=csl.get("title") or reference["key"],
        url=csl.get("URL") or (f"https://doi.org/{doi}" if doi else ""),
        checked_on=reference.get("checked_on") or "",
        is_changed=is_changed,
    )
