"""`GET /api/v1`: where to go from here."""

import hashlib
import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from calfcms.api.reading import CURRENT, ReadView, answer_bytes, require_json
from calfcms.api.schema import LIST_HEADERS, Shape, describe_get, describe_not_modified


class EntryPoints(Shape):
    """The calls of this API, by name: addresses, or URI templates (RFC 6570)."""

    name: str
    description: str
    links: dict[str, str]


@describe_get(
    "get_entry_points",
    tag="service",
    summary="The entry points of this API",
    answers={200: EntryPoints, **describe_not_modified()},
    headers=LIST_HEADERS[:2],
)
class EntryPointsView(ReadView):
    """Says what `calfcms.urls` gives it."""

    links: Mapping[str, str] = {}

    def get(self, request: HttpRequest) -> HttpResponse:
        """The links."""
        self.read_parameters(request)
        require_json(request)
        content = json.dumps(
            {
                "name": "calfcms",
                "description": "Patient information about medical conditions, and triage that "
                "agrees with it. Information, not a diagnosis.",
                "links": dict(self.links),
            }
        ).encode()
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        return answer_bytes(request, content, digest=digest, headers={"Cache-Control": CURRENT})
