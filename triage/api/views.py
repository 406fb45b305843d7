"""The calls of triage: protocols are read like conditions; findings are asked, and evaluated."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.json_body import read_json_object
from calfcms.api.reading import CURRENT, JSON, ReadView, answer_bytes, require_json
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.diff import EditionDiffView, describe_edition_diff
from calfcms.publishing.api.finding import list_locales
from calfcms.publishing.api.lists import CardListView, HistoryView
from calfcms.publishing.api.renditions import LiveEditionView, NumberedEditionView
from calfcms.publishing.api.schema import (
    describe_card_list,
    describe_history,
    describe_live_edition,
    describe_numbered_edition,
    describe_timemap,
)
from calfcms.publishing.api.timemap import TimeMapView
from calfcms.publishing.digest import digest_of_bytes
from triage.api.answers import build_answer
from triage.api.asked_protocol import get_asked_protocol
from triage.api.evaluation_request import (
    build_facts,
    read_request,
    refuse_values,
    say_unknown_region,
)
from triage.api.parameters import FINDINGS, PROTOCOL_LIST
from triage.api.schema import describe_evaluate, describe_findings
from triage.api.shapes import ProtocolAnswer, ProtocolList
from triage.core.evaluate import UnknownRegion, evaluate
from triage.finding_search import search_findings
from triage.kind import ProtocolKind
from triage.published import PublishedProtocol, find_protocol, get_address, list_live_content


@describe_card_list(ProtocolKind, ProtocolList, PROTOCOL_LIST)
class ProtocolsView(CardListView):
    """`GET /triage/protocols`."""

    kind = ProtocolKind
    parameters = PROTOCOL_LIST


@describe_live_edition(ProtocolKind, ProtocolAnswer)
class ProtocolView(LiveEditionView):
    """`GET /triage/protocols/{slug}`."""

    kind = ProtocolKind


@describe_history(ProtocolKind)
class ProtocolEditionsView(HistoryView):
    """`GET /triage/protocols/{slug}/editions`."""

    kind = ProtocolKind


@describe_numbered_edition(ProtocolKind, ProtocolAnswer)
class ProtocolEditionView(NumberedEditionView):
    """`GET /triage/protocols/{slug}/editions/{number}`."""

    kind = ProtocolKind


@describe_timemap(ProtocolKind)
class ProtocolTimeMapView(TimeMapView):
    """`GET /triage/protocols/{slug}/timemap`."""

    kind = ProtocolKind


@describe_edition_diff(ProtocolKind)
class ProtocolEditionDiffView(EditionDiffView):
    """`GET /triage/protocols/{slug}/editions/{number}/diff`."""

    kind = ProtocolKind


@describe_findings
class FindingsView(ReadView):
    """`GET /triage/protocols/{slug}/findings`."""

    parameters = FINDINGS
    scope = "triage"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The vocabulary of the live edition, whole or as far as `q` fits. One query."""
        parameters = self.read_parameters(request)
        require_json(request)
        locales = list_locales(request, parameters["locale"])
        published = find_protocol(get_address(slug, locales), at=timezone.now())
        if published is None:
            raise explain_absence(ProtocolKind, slug, locales=locales, as_of=None)
        content = _write(_list_findings(published, parameters["q"]))
        headers = {
            "Cache-Control": CURRENT,
            "Cache-Tag": f"protocol/{slug}, protocol/{slug}/{published.locale}",
            "Content-Language": published.locale,
            "Vary": "Accept, Accept-Language, Authorization",
        }
        return answer_bytes(request, content, digest=digest_of_bytes(content), headers=headers)


def _list_findings(published: PublishedProtocol, query: str | None) -> dict[str, Any]:
    found = search_findings(published.findings, query) if query else published.findings
    return {
        "protocol": {
            "slug": published.protocol.slug,
            "edition": published.edition,
            "digest": published.digest,
        },
        "items": list(found),
        "next": None,
    }


@describe_evaluate
class EvaluateView(ReadView):
    """`POST /triage/protocols/{slug}/evaluate`. Reads only: nothing about the person is kept."""

    http_method_names = ["post", "options"]
    scope = "triage"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The answer for what is known. Two queries: the protocol, and its live pages."""
        self.read_parameters(request)
        require_json(request)
        asked = read_request(read_json_object(request))
        published = get_asked_protocol(request, slug, asked)
        facts = build_facts(asked, published.protocol)
        try:
            evaluation = evaluate(published.protocol, facts, region=asked.region)
        except UnknownRegion as error:
            raise refuse_values([say_unknown_region(error.code, error.known)]) from None
        content = list_live_content(published)
        return HttpResponse(
            _write(build_answer(published, evaluation, content=content)),
            content_type=JSON,
            headers={"Cache-Control": "no-store", "Content-Language": published.locale},
        )


def _write(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
