"""`GET /partner`: whose key this is, and what it opens."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from calfcms.api.callers import Caller, require_key
from calfcms.api.quotas import get_quota
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get
from calfcms.publishing.edition_json import format_instant
from calfcms.syndication.models import Key


class KeyFacts(Shape):
    """The key that was sent, without its secret."""

    name: str
    """Who made it said where it is used."""
    prefix: str
    """How it begins, which is no secret."""
    scopes: list[str]
    """What it opens: `read`, `preview`, `audit`, `triage`."""
    created_at: datetime
    expires_at: datetime | None
    """Null for a key that does not expire."""


class Quota(Shape):
    """How often each key of this partner may call."""

    calls: int
    seconds: int


class PartnerFacts(Shape):
    """Who calls, as this service knows it."""

    partner: str
    """The short name, which stays."""
    name: str
    attribution: str
    """What the partner has agreed to show beside the content."""
    allowed_origins: list[str]
    """The web pages that may call with its keys from a browser."""
    key: KeyFacts
    quota: Quota | None
    """Null where there is none."""


@describe_get(
    "get_partner",
    tag="partner",
    summary="Whose key this is, what it opens, and how often it may call",
    answers={200: PartnerFacts},
    problems=(400, 401, 403, 406),
)
class PartnerView(ReadView):
    """For any key, whatever its scopes."""

    needs_key = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """What there is to know. Nobody keeps it."""
        self.read_parameters(request)
        require_json(request)
        return HttpResponse(
            json.dumps(_describe(require_key(self.caller, "")), ensure_ascii=False),
            content_type=JSON,
            headers={"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"},
        )


def _describe(caller: Caller) -> dict[str, Any]:
    key = Key.objects.select_related("partner").get(pk=caller.key_id)
    calls = get_quota(caller)
    return {
        "partner": key.partner.slug,
        "name": key.partner.name,
        "attribution": key.partner.attribution,
        "allowed_origins": key.partner.allowed_origins,
        "key": {
            "name": key.name,
            "prefix": key.prefix,
            "scopes": key.scopes,
            "created_at": format_instant(key.created_at),
            "expires_at": format_instant(key.expires_at) if key.expires_at else None,
        },
        "quota": {"calls": calls, "seconds": 60} if calls else None,
    }
