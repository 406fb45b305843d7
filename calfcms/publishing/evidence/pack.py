"""Gathering the evidence pack of a document, in a number of queries that does not grow with it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from calfcms.publishing.cards import describe_period
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.evidence.clauses import list_findings
from calfcms.publishing.evidence.editions import (
    describe_break_glass,
    describe_edition,
    describe_extension,
    describe_sign_off,
)
from calfcms.publishing.models import (
    AuditHead,
    BreakGlass,
    Comment,
    Document,
    Edition,
    Event,
    LivePeriod,
    ReviewExtension,
    SignOff,
    Submission,
)
from calfcms.publishing.naming import name_person
from calfcms.publishing.recalls import describe_recall, find_recall

FORMAT: Final = "calfcms evidence pack 1"

Gather = Callable[[Document], Any]

_members: dict[str, Gather] = {}


def add_member(name: str, gather: Gather) -> None:
    """Let another app put what it knows of a document into the pack, as JSON."""
    _members[name] = gather


def build_pack(document: Document, *, at: datetime) -> dict[str, Any]:
    """The whole pack as JSON, with what it shows of the standards."""
    editions = _list_editions(document)
    content = _read_content(document, editions)
    pack: dict[str, Any] = {
        "format": FORMAT,
        "made_at": format_instant(at),
        "made_on": at.astimezone(UTC).date().isoformat(),
        "document": _describe_document(document),
        "translations": _list_translations(document),
        "editions": editions,
        "submissions": _list_submissions(document),
        "comments": _list_comments(document),
        "references": _list_references(content),
        "contributors": content.get("contributors", []),
        "publisher": content.get("publisher"),
        **{name: gather(document) for name, gather in _members.items()},
        "events": _list_events(document),
        "audit_head": _describe_head(),
    }
    return pack | {"clauses": [asdict(finding) for finding in list_findings(pack)]}


def _describe_document(document: Document) -> dict[str, Any]:
    return {
        "id": str(document.pk),
        "kind": document.kind,
        "slug": document.slug,
        "locale": document.locale,
        "content_id": str(document.content_id),
        "created_at": format_instant(document.created_at),
    }


def _list_translations(document: Document) -> list[str]:
    others = Document.objects.filter(content_id=document.content_id).exclude(pk=document.pk)
    return list(others.order_by("locale").values_list("locale", flat=True))


def _list_editions(document: Document) -> list[dict[str, Any]]:
    rows = Edition.objects.filter(document=document).select_related("published_by", "recall")
    periods = _group(
        LivePeriod.objects.filter(document=document).order_by("started_at"), "edition_id"
    )
    signed = _group(
        SignOff.objects.filter(document=document).order_by("signed_at"), "content_digest"
    )
    broken = {row.edition_id: row for row in BreakGlass.objects.filter(edition__document=document)}
    extended = _group(ReviewExtension.objects.filter(edition__document=document), "edition_id")
    return [
        {
            **describe_edition(edition),
            "is_live": any(period.ended_at is None for period in periods[edition.pk]),
            "live_periods": [describe_period(period) for period in periods[edition.pk]],
            "sign_offs": [
                describe_sign_off(row)
                for row in signed[edition.content_digest]
                if row.signed_at <= edition.published_at
            ],
            "break_glass": describe_break_glass(broken.get(edition.pk)),
            "extensions": [describe_extension(row) for row in extended[edition.pk]],
            "recall": describe_recall(find_recall(edition)),
        }
        for edition in rows.defer("content").order_by("number")
    ]


def _group(rows: Any, column: str) -> defaultdict[Any, list[Any]]:
    grouped: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, column)].append(row)
    return grouped


def _list_submissions(document: Document) -> list[dict[str, Any]]:
    rows = Submission.objects.filter(document=document).select_related("submitted_by")
    return [
        {
            "content_digest": row.content_digest,
            "change": {"class": row.change_class, "note": row.note},
            "submitted_at": format_instant(row.submitted_at),
            "submitted_by": name_person(row.submitted_by),
        }
        for row in rows.order_by("submitted_at", "pk")
    ]


def _list_comments(document: Document) -> list[dict[str, Any]]:
    rows = Comment.objects.filter(document=document).select_related("written_by")
    return [
        {
            "part": row.part,
            "body": row.body,
            "content_digest": row.content_digest,
            "written_at": format_instant(row.written_at),
            "written_by": name_person(row.written_by),
            "resolved_at": format_instant(row.resolved_at) if row.resolved_at else None,
        }
        for row in rows
    ]


def _read_content(document: Document, editions: list[dict[str, Any]]) -> dict[str, Any]:
    """What the live edition says, else the last one; nothing where nothing was published."""
    if not editions:
        return {}
    shown = next((one for one in editions if one["is_live"]), editions[-1])
    return Edition.objects.get(document=document, number=shown["number"]).read_content()


def _list_references(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "key": reference["key"],
            "title": reference["csl"].get("title", ""),
            "doi": reference["csl"].get("DOI"),
            "url": reference["csl"].get("URL"),
            "checked_on": reference.get("checked_on"),
            "checked_by": reference.get("checked_by"),
        }
        for reference in content.get("references", [])
    ]


def _list_events(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "seq": event.seq,
            "at": format_instant(event.at),
            "actor": event.actor,
            "action": event.action,
            "content_digest": event.content_digest or None,
            "edition": event.edition,
            "details": event.details,
            "hash": event.hash,
            "previous_hash": event.previous_hash,
        }
        for event in Event.objects.filter(document_id=document.pk).order_by("seq")
    ]


def _describe_head() -> dict[str, Any]:
    head = AuditHead.objects.get()
    return {"seq": head.seq, "hash": head.hash}
