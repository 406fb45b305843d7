"""Reading what was published and where drafts stand. No selector here touches a draft's rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from calfcms.publishing.audit import GENESIS, Break, Entry, find_break
from calfcms.publishing.models import (
    AuditHead,
    BreakGlass,
    Document,
    Edition,
    Ending,
    Event,
    LivePeriod,
    Recall,
    SignOff,
    Submission,
)
from calfcms.publishing.policy import Decision, Role

EDITION_PUBLISHED = "edition.published"
EDITION_WITHDRAWN = "edition.withdrawn"
EDITION_LAPSED = "edition.lapsed"
EDITION_RECALLED = "edition.recalled"
FEED_ACTIONS = (EDITION_PUBLISHED, EDITION_WITHDRAWN, EDITION_LAPSED, EDITION_RECALLED)


def get_document(*, kind: str, slug: str, locale: str) -> Document:
    """The document at that address. Raises `Document.DoesNotExist`."""
    return Document.objects.get(kind=kind, slug=slug, locale=locale)


def get_live_edition(document: Document) -> Edition | None:
    """The edition that readers get now, or None where nothing is published."""
    return (
        Edition.objects.filter(document=document, live_periods__ended_at=None)
        .filter(live_periods__isnull=False)
        .first()
    )


def get_last_edition(document: Document) -> Edition | None:
    """The newest edition, live or not, signed or not."""
    return Edition.objects.filter(document=document).order_by("-number").first()


def get_last_signed_edition(document: Document) -> Edition | None:
    """What a change is measured against: the newest edition that did not go out by break-glass
    and was not called back."""
    signed = Edition.objects.filter(document=document, break_glass=None, recall=None)
    return signed.order_by("-number").first()


def is_recalled(edition: Edition) -> bool:
    """Whether this edition was called back."""
    return Recall.objects.filter(edition=edition).exists()


def get_break_glass(edition: Edition | None) -> BreakGlass | None:
    """Why this edition went out unsigned; None where it was signed."""
    return BreakGlass.objects.filter(edition=edition).select_related("edition", "previous").first()


def list_live_editions(*, kind: str) -> QuerySet[Edition]:
    """The live edition of every document of a kind."""
    return Edition.objects.filter(
        live_periods__isnull=False, live_periods__ended_at=None, document__kind=kind
    ).select_related("document")


def get_withdrawal(*, kind: str, slug: str, locales: Sequence[str]) -> LivePeriod | None:
    """The withdrawal that explains why there is nothing at this address, if there was one."""
    return (
        LivePeriod.objects.filter(
            document__kind=kind, document__slug=slug, document__locale__in=locales
        )
        .exclude(ended_at=None)
        .filter(ending=Ending.WITHDRAWN)
        .order_by("-ended_at")
        .first()
    )


def get_last_submission(document: Document, content_digest: str) -> Submission | None:
    """The last request to review this digest; it says as what class of change."""
    return (
        Submission.objects.filter(document=document, content_digest=content_digest)
        .order_by("-submitted_at", "-pk")
        .first()
    )


def list_sign_offs(document: Document, content_digest: str, role: Role) -> list[SignOff]:
    """The last word of each person who signed this digest in that role, oldest first."""
    rows = SignOff.objects.filter(document=document, content_digest=content_digest, role=role)
    last_words = {row.signed_by_id: row for row in rows.order_by("signed_at", "pk")}
    return sorted(last_words.values(), key=lambda row: (row.signed_at, row.pk))


def get_decision(sign_offs: Iterable[SignOff]) -> Decision | None:
    """What the reviewers decided together: one request for changes outweighs any approval."""
    decisions = {sign_off.decision for sign_off in sign_offs}
    if Decision.CHANGES_REQUESTED in decisions:
        return Decision.CHANGES_REQUESTED
    return Decision.APPROVED if decisions else None


def list_editors_since_live(document: Document) -> set[str]:
    """The ids of everybody who saved this draft since its last signed edition was published.

    Read from the audit log: it can neither lose an author nor be edited. An edition that went out
    unsigned does not count, or its author could sign it.
    """
    return _list_editors(document)


def list_editors_of_unsigned(edition: Edition) -> set[str]:
    """The ids of everybody who wrote what this edition says and no signed edition before it did."""
    published = Event.objects.get(
        document_id=edition.document_id, action=EDITION_PUBLISHED, edition=edition.number
    )
    return _list_editors(edition.document, before=published.seq)


def _list_editors(document: Document, *, before: int | None = None) -> set[str]:
    events = Event.objects.filter(document_id=document.pk)
    if before is not None:
        events = events.filter(seq__lt=before)
    unsigned = BreakGlass.objects.filter(edition__document=document).values("edition__number")
    published = events.filter(action=EDITION_PUBLISHED).exclude(edition__in=unsigned)
    last = published.order_by("-seq").first()
    saved = events.filter(action="draft.saved", seq__gt=last.seq if last else 0)
    return set(saved.values_list("actor_id", flat=True))


def list_changes(*, after: int = 0, limit: int = 100) -> list[Event]:
    """The delta feed: what changed for readers, in commit order, after that sequence number.

    The first condition is that of the partial index `event_feed`.
    """
    return list(
        Event.objects.filter(
            Q(action__startswith="edition.") & Q(action__in=FEED_ACTIONS), seq__gt=after
        ).order_by("seq")[:limit]
    )


def find_audit_break(*, after: tuple[int, str] | None = None) -> Break | None:
    """Walk the audit log and say where it breaks; None when it is whole.

    `after` is the number and hash of an event that was verified before: the walk starts behind it.
    """
    head = AuditHead.objects.get()
    start, known = after or (0, GENESIS)
    entries = _list_entries(after=start, up_to=head.seq)
    return find_break(entries, head=(head.seq, head.hash), after=(start, known)) or _find_excess()


def _find_excess() -> Break | None:
    """An event beyond the head was not written by us: both are written in one transaction."""
    excess = Event.objects.filter(seq__gt=AuditHead.objects.values("seq")[:1]).order_by("seq")
    seq = excess.values_list("seq", flat=True).first()
    return Break(seq, f"Event {seq} was added behind the head of the log.") if seq else None


def _list_entries(*, after: int, up_to: int) -> Iterator[tuple[Entry, str]]:
    """Events added while the log is walked are left for the next walk."""
    events = Event.objects.filter(seq__gt=after, seq__lte=up_to).order_by("seq")
    for event in events.iterator(chunk_size=1000):
        yield get_entry(event), event.hash


def get_entry(event: Event) -> Entry:
    """The columns of an event that its hash covers."""
    return Entry(
        seq=event.seq,
        at=event.at,
        actor_id=event.actor_id,
        actor=event.actor,
        action=event.action,
        document_id=str(event.document_id or ""),
        subject=event.subject,
        content_digest=event.content_digest,
        edition=event.edition,
        details=event.details,
        previous_hash=event.previous_hash,
    )


def get_edition_as_of(*, document: Document, at: datetime) -> Edition | None:
    """The edition that was live at that instant."""
    period = (
        LivePeriod.objects.filter(document=document, started_at__lte=at)
        .filter(Q(ended_at=None) | Q(ended_at__gt=at))
        .select_related("edition")
        .first()
    )
    return period.edition if period else None


def list_editions_as_of(*, at: datetime) -> QuerySet[Edition]:
    """What readers got at that instant, of all kinds, the longest published first."""
    return Edition.objects.filter(
        Q(live_periods__ended_at=None) | Q(live_periods__ended_at__gt=at),
        live_periods__started_at__lte=at,
    ).order_by("published_at", "pk")
