"""`GET /preview/{token}`: the edition that a draft would become, through an expiring link."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.problems import ApiProblem
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import JSON, ReadView, refuse_media_type
from calfcms.api.schema import describe_get
from calfcms.publishing.digest import digest_of
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.pages.reader import PRIVATE_HEADERS
from calfcms.publishing.previews import (
    Preview,
    build_draft_preview,
    get_linked_document,
    read_token,
)

HTML = "text/html"
FORMAT = Parameter(
    "format",
    parse_choice("json", "html"),
    "The rendition, whatever `Accept` says. Left out: what `Accept` likes best.",
    {"type": "string", "enum": ["json", "html"]},
)
TOKEN = OpenApiParameter(
    "token",
    {"type": "string", "pattern": "^[^/]+$"},
    OpenApiParameter.PATH,
    description="The secret part of the link that an editor gave out.",
)


@describe_get(
    "get_preview",
    tag="preview",
    summary="A draft as the edition that it would become, through a signed, expiring link",
    answers={
        (200, JSON): OpenApiResponse(
            {"type": "object"},
            description="As an edition of its kind, with `preview` beside it; until it is signed "
            "its review has no dates. Never kept, never found by search engines.",
        ),
        (200, HTML): OpenApiResponse({"type": "string"}, description="The article alone."),
    },
    problems=(400, 404, 406, 410),
    path=(TOKEN,),
    parameters=Parameters(FORMAT),
    reasons={410: "The link has expired, or its draft is gone."},
)
class PreviewApiView(ReadView):
    """The draft as it is now. `digest` covers `preview` too: it is no edition's."""

    scope = "preview"
    parameters = Parameters(FORMAT)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Built for this request: drafts are kept nowhere."""
        parameters = self.read_parameters(request)
        preview, expires_at = _find(token)
        if self._choose_format(request, parameters, preview) == "html":
            body, media_type = _write_html(preview), f"{HTML}; charset=utf-8"
        else:
            body, media_type = _write_json(preview, expires_at), JSON
        return HttpResponse(
            body, content_type=media_type, headers={"Vary": "Accept", **PRIVATE_HEADERS}
        )

    @staticmethod
    def _choose_format(
        request: HttpRequest, parameters: Mapping[str, Any], preview: Preview
    ) -> str:
        offered = (JSON, HTML) if preview.html is not None else (JSON,)
        if parameters["format"]:
            wanted = HTML if parameters["format"] == "html" else JSON
            chosen = wanted if wanted in offered else None
        else:
            chosen = choose_media_type(request.META.get("HTTP_ACCEPT", ""), offered)
        if chosen is None:
            raise refuse_media_type(offered)
        return "html" if chosen == HTML else "json"


def _find(token: str) -> tuple[Preview, datetime]:
    link, now = read_token(token), timezone.now()
    if link is None:
        raise ApiProblem(
            404,
            "not_found",
            "This is no preview that was given out. Copy the whole link, or ask for a new one.",
        )
    if link.is_expired(at=now):
        raise ApiProblem(
            410,
            "preview_expired",
            f"This preview expired at {format_instant(link.expires_at)}. Ask for a new link.",
        )
    document = get_linked_document(link)
    preview = build_draft_preview(document, at=now) if document else None
    if preview is None:
        raise ApiProblem(410, "draft_gone", "The draft of this preview has been discarded.")
    return preview, link.expires_at


def _write_json(preview: Preview, expires_at: datetime) -> str:
    shown = {
        **preview.edition,
        "preview": {"is_signed": preview.is_signed, "expires_at": format_instant(expires_at)},
    }
    covered = {name: value for name, value in shown.items() if name != "digest"}
    return json.dumps(shown | {"digest": digest_of(covered)}, ensure_ascii=False)


def _write_html(preview: Preview) -> str:
    signed = "signed" if preview.is_signed else "not signed"
    return (
        f'<p class="preview"><strong>Draft, {signed}, not published.</strong></p>\n{preview.html}'
    )
