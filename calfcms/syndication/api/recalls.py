"""`GET /recalls`: what was called back of what this partner holds."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from calfcms.api.callers import require_key
from calfcms.api.cursors import read_cursor, write_cursor
from calfcms.api.instants import parse_instant
from calfcms.api.parameters import Parameter, Parameters
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get
from calfcms.publishing.api.parameters import LIMIT
from calfcms.publishing.api.shapes import Digest
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Recall, Severity
from calfcms.syndication.holders import list_recalls_of
from calfcms.syndication.models import Holding, Partner, RecallAcknowledgement

PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"}


class AcknowledgementShape(Shape):
    """What the partner has said."""

    edition_removed: bool
    """Whether it says that it shows the edition nowhere any more."""
    acknowledged_at: datetime
    note: str


class FetchedShape(Shape):
    """When the partner was sent the edition, by any of its keys."""

    first_at: datetime
    last_at: datetime
    """To the hour."""


class PartnerRecall(Shape):
    """An edition that the partner was sent, and nobody should go on showing."""

    id: UUID
    severity: Severity
    reason: str
    recalled_at: datetime
    kind: str
    slug: str
    locale: str
    edition: int
    digest: Digest
    url: str
    """Just this edition. It stays readable, so that it can be known what was shown."""
    fetched: FetchedShape | None
    """Null where it was acknowledged, but never sent to any key of the partner."""
    acknowledgements: list[AcknowledgementShape]
    """Oldest first; empty while the partner has said nothing."""
    open: bool
    """Whether it waits for the word that the edition is removed: `POST /recalls/{id}/ack`."""


class PartnerRecalls(Shape):
    """Recalls that concern the partner, newest first."""

    items: list[PartnerRecall]
    next: str | None
    """Where the list goes on; null at its end."""


def _parse_position(given: str) -> tuple[datetime, UUID]:
    at, key = read_cursor(given, str, str)
    try:
        return parse_instant(at), UUID(key)
    except ValueError:
        raise ValueError("This cursor is not one of this list. Start again without it.") from None


RECALLS = Parameters(
    LIMIT,
    Parameter("cursor", _parse_position, "Where to go on: the cursor inside `next`, as it is."),
)


@describe_get(
    "get_recalls",
    tag="changes",
    summary="Recalls of editions that were sent to this key's partner, newest first",
    answers={200: PartnerRecalls},
    problems=(400, 406),
    parameters=RECALLS,
)
class RecallsView(ReadView):
    """For keys with the scope `read`."""

    scope = "read"
    needs_key = True
    parameters = RECALLS

    def get(self, request: HttpRequest) -> HttpResponse:
        """A page of them."""
        parameters = self.read_parameters(request)
        require_json(request)
        partner = Partner.objects.get(slug=require_key(self.caller, "read").partner)
        found = list_recalls_of(partner)
        if parameters["cursor"]:
            at, key = parameters["cursor"]
            found = found.filter(Q(recalled_at__lt=at) | Q(recalled_at=at, pk__lt=key))
        limit = parameters["limit"]
        recalls = list(found[: limit + 1])
        content = {
            "items": _describe_all(recalls[:limit], partner),
            "next": _link_next(limit, recalls[limit - 1]) if len(recalls) > limit else None,
        }
        body = json.dumps(content, ensure_ascii=False)
        return HttpResponse(body, content_type=JSON, headers=PRIVATE)


def _link_next(limit: int, last: Recall) -> str:
    cursor = write_cursor(format_instant(last.recalled_at), str(last.pk))
    return f"/api/v1/recalls?{urlencode({'limit': limit, 'cursor': cursor})}"


def _describe_all(recalls: Sequence[Recall], partner: Partner) -> list[dict[str, Any]]:
    editions = [recall.edition_id for recall in recalls]
    holdings = Holding.objects.filter(key__partner=partner, edition__in=editions)
    said = RecallAcknowledgement.objects.filter(partner=partner, recall__in=recalls)
    return [
        _describe(
            recall,
            [one for one in holdings if one.edition_id == recall.edition_id],
            [one for one in said.order_by("acknowledged_at", "pk") if one.recall_id == recall.pk],
        )
        for recall in recalls
    ]


def _describe(
    recall: Recall, holdings: Sequence[Holding], said: Sequence[RecallAcknowledgement]
) -> dict[str, Any]:
    document, number = recall.document, recall.edition.number
    path = f"/api/v1/{get_kind(document.kind).path}/{document.slug}"
    return {
        "id": str(recall.pk),
        "severity": recall.severity,
        "reason": recall.reason,
        "recalled_at": format_instant(recall.recalled_at),
        "kind": document.kind,
        "slug": document.slug,
        "locale": document.locale,
        "edition": number,
        "digest": recall.edition.digest,
        "url": f"{path}/editions/{number}?locale={document.locale}",
        "fetched": _describe_fetched(holdings),
        "acknowledgements": [describe_acknowledgement(one) for one in said],
        "open": not any(one.edition_removed for one in said),
    }


def _describe_fetched(holdings: Sequence[Holding]) -> Mapping[str, str] | None:
    if not holdings:
        return None
    return {
        "first_at": format_instant(min(one.first_fetched_at for one in holdings)),
        "last_at": format_instant(max(one.last_fetched_at for one in holdings)),
    }


def describe_acknowledgement(one: RecallAcknowledgement) -> dict[str, Any]:
    """What the partner said."""
    return {
        "edition_removed": one.edition_removed,
        "acknowledged_at": format_instant(one.acknowledged_at),
        "note": one.note,
    }
