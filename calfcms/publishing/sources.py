"""What a document said somewhere in its history: its draft, an edition, a revision."""

from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef
from reversion.models import Revision

from calfcms.publishing.comparison import Comparison, compare
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Content, get_kind
from calfcms.publishing.models import Document, Edition, Event, LivePeriod, Standing
from calfcms.publishing.problem import Problem, Refused, refuse

DRAFT: Final = "draft"
EDITION: Final = "edition"
REVISION: Final = "revision"
DIGEST: Final = "digest"
DRAFT_SAVED: Final = "draft.saved"
DRAFT_TITLE: Final = "The draft as it is now"


@dataclass(frozen=True)
class Source:
    """A named place in the history of a document, and what the document said there.

    The shared rows that a revision names (references, topics, publisher) are read as they are now.
    """

    name: str
    """`draft`, `edition:3`, `revision:812`; asked for by `digest:sha256:…` too."""
    title: str
    content: Content
    content_digest: str


def read_source(document: Document, name: str) -> Source:
    """What the document said there. Raises `Refused` where there is no such place."""
    sort, _, number = name.partition(":")
    if name == DRAFT:
        return _read_draft(document)
    if sort == EDITION and _is_number(number):
        return read_edition(_get_edition(document, int(number)))
    if sort == REVISION and _is_number(number):
        return _read_revision(document, get_revision(int(number)))
    if sort == DIGEST and (source := find_source_of_digest(document, number)):
        return source
    raise _refuse_unknown(name)


def read_draft_for_page(document: Document, standing: Standing | None = None) -> Source:
    """The draft, from the one copy that its last save made instead of from its dozen tables.

    The same by its digest; where it is not (a reference was corrected since and the standing was
    not derived anew, or the copy is of an older form), the tables are read after all.
    """
    standing = standing or Standing.objects.filter(document=document).first()
    saved = Event.objects.filter(document_id=document.pk, action=DRAFT_SAVED).order_by("-seq")
    event = saved.first() if standing else None
    copy = _find_revision(document, event) if event else None
    if standing and copy and copy.content_digest == standing.content_digest:
        return replace(copy, name=DRAFT, title=DRAFT_TITLE)
    return read_source(document, DRAFT)


def read_edition(edition: Edition) -> Source:
    """What an edition says."""
    return Source(
        name=f"{EDITION}:{edition.number}",
        title=f"Edition {edition.number}",
        content=edition.read_content(),
        content_digest=edition.content_digest,
    )


def get_revision(number: int) -> Revision:
    """That revision, of whatever it saved. Raises `Refused` where there is none."""
    revision = Revision.objects.filter(pk=number).first()
    if revision is None:
        raise _refuse_unknown(f"{REVISION}:{number}")
    return revision


def find_source_of_digest(document: Document, content_digest: str) -> Source | None:
    """Where the document said exactly this; None where only a reference or topic has changed since,
    so that no draft that was kept says it any more."""
    edition = document.editions.filter(content_digest=content_digest).order_by("number").last()
    if edition:
        return read_edition(edition)
    event = (
        Event.objects.filter(
            document_id=document.pk, action=DRAFT_SAVED, content_digest=content_digest
        )
        .order_by("-seq")
        .first()
    )
    source = _find_revision(document, event) if event else None
    return source if source and source.content_digest == content_digest else None


def get_signed_base(document: Document) -> Edition | None:
    """What a change is compared with: the live edition, or the newest that was signed.

    An edition that went out unsigned is no measure: what it changed is still to be read.
    """
    is_live = LivePeriod.objects.filter(edition=OuterRef("pk"), ended_at=None)
    return (
        document.editions.filter(break_glass=None)
        .annotate(is_live=Exists(is_live))
        .order_by("-is_live", "-number")
        .first()
    )


def compare_sources(document: Document, before: Content | None, after: Content) -> Comparison:
    """What changed between two contents of this document."""
    kind = get_kind(document.kind)
    return compare(before, after, part_lists=kind.part_lists, safety_members=kind.safety_members)


def _find_revision(document: Document, saved: Event) -> Source | None:
    """What that save wrote; None where its copy cannot be read any more."""
    if "revision" not in saved.details:
        return None
    try:
        return read_source(document, f"{REVISION}:{saved.details['revision']}")
    except Refused:
        return None


def _read_draft(document: Document) -> Source:
    try:
        content = get_kind(document.kind).read_content(document)
    except LookupError as error:
        raise refuse_without_draft(document) from error
    return Source(DRAFT, DRAFT_TITLE, content, digest_of(content))


def refuse_without_draft(document: Document) -> Refused:
    """Why nothing can be done to a draft that was discarded, or never written."""
    return refuse(
        "no_draft",
        f"{document} has no draft.",
        "Write one, or restore one from its history.",
    )


def _read_revision(document: Document, revision: Revision) -> Source:
    kind = get_kind(document.kind)
    try:
        content = kind.resolve(kind.draft_of_revision(document, revision))
    except (LookupError, ObjectDoesNotExist) as error:
        raise Refused(
            [
                Problem(
                    "revision_unreadable",
                    f"Revision {revision.pk} names something that is no longer there: {error}",
                    "Compare with an edition instead.",
                )
            ]
        ) from error
    saved_at = revision.date_created.strftime("%Y-%m-%d %H:%M")
    return Source(
        name=f"{REVISION}:{revision.pk}",
        title=f"Revision {revision.pk}, saved {saved_at}",
        content=content,
        content_digest=digest_of(content),
    )


def _get_edition(document: Document, number: int) -> Edition:
    edition = document.editions.filter(number=number).first()
    if edition is None:
        raise _refuse_unknown(f"{EDITION}:{number}")
    return edition


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _refuse_unknown(name: str) -> Refused:
    return refuse(
        "source_unknown",
        f"This document has no “{name[:40]}”.",
        "Choose the draft, one of its editions (edition:3) or of its revisions (revision:12).",
    )
