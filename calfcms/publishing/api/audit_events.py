"""`GET /audit/events`: the audit log, filtered; pages of JSON, or all of it as CSV."""

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse

from calfcms.api.cursors import read_cursor, write_cursor
from calfcms.api.instants import EXAMPLE, parse_instant
from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import JSON, ReadView, refuse_media_type
from calfcms.api.schema import Shape, describe_get
from calfcms.publishing.actions.record_key_access import record_key_access
from calfcms.publishing.api.parameters import LIMIT
from calfcms.publishing.api.shapes import AuditEvent
from calfcms.publishing.audit_search import EventFilter, describe_event, iterate_events, list_events

CSV = "text/csv"
FORMATS = {"json": JSON, "csv": CSV}
COLUMNS = (
    *("seq", "at", "actor_id", "actor", "action", "document", "subject"),
    *("edition", "content_digest", "details", "previous_hash", "hash"),
)


class AuditEventList(Shape):
    """Events of the audit log."""

    items: list[AuditEvent]
    next: str | None
    """Where the list goes on; null where nothing more is there yet."""


def _parse_word(given: str) -> str:
    if not given or len(given) > 100 or "\0" in given:
        raise ValueError("Send 1 to 100 characters.")
    return given


def _parse_uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise ValueError(f"'{given[:80]}' is no id of a document: a UUID.") from None


def _parse_seq(given: str) -> int:
    seq: int = read_cursor(given, int)[0]
    if not 0 <= seq < 2**63:
        raise ValueError("This cursor is not one of this list. Start again without it.")
    return seq


_INSTANT = {"type": "string", "format": "date-time", "examples": [EXAMPLE]}
PARAMETERS = Parameters(
    LIMIT,
    Parameter("cursor", _parse_seq, "Where to go on: the cursor inside `next`, as it is."),
    Parameter("action", _parse_word, "Only this: `edition.published`."),
    Parameter("actor", _parse_word, "Only what the account with this id did."),
    Parameter(
        "document",
        _parse_uuid,
        "Only what was done to this document.",
        {"type": "string", "format": "uuid"},
    ),
    Parameter("digest", _parse_word, "Only what is about this content: `sha256:…`."),
    Parameter("since", parse_instant, "Only from this moment on.", _INSTANT),
    Parameter("before", parse_instant, "Only before this moment.", _INSTANT),
    Parameter(
        "order",
        parse_choice("oldest", "newest"),
        "Which come first. With `oldest`, a cursor that is kept goes on with what is added later.",
        {"type": "string", "enum": ["oldest", "newest"], "default": "newest"},
        "newest",
    ),
    Parameter(
        "format",
        parse_choice(*FORMATS),
        "`csv` sends every event that fits, oldest first. Left out: what `Accept` likes best.",
        {"type": "string", "enum": list(FORMATS)},
    ),
)


@describe_get(
    "get_audit_events",
    tag="audit",
    summary="The audit log: who did what, when, to which document",
    answers={
        (200, JSON): AuditEventList,
        (200, CSV): OpenApiResponse({"type": "string"}, description="With a line of names."),
    },
    problems=(400, 401, 403, 406),
    parameters=PARAMETERS,
)
class AuditEventsView(ReadView):
    """For keys with the scope `audit`. The start of each search is itself an event."""

    parameters = PARAMETERS
    scope = "audit"
    needs_key = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """One query for a page; CSV is streamed."""
        parameters = self.read_parameters(request)
        chosen = _read_filter(parameters)
        if _choose_format(request, parameters) == CSV:
            _refuse_paging(request)
            self._record(request)
            return _stream_csv(chosen)
        page = _write_page(chosen, parameters)
        if parameters["cursor"] is None:
            self._record(request)
        return HttpResponse(page, content_type=JSON, headers=PRIVATE)

    def _record(self, request: HttpRequest) -> None:
        assert self.caller is not None  # noqa: S101 - the view needs a key
        query = request.META["QUERY_STRING"][:500]
        record_key_access(what="searched", by=self.caller, at=timezone.now(), query=query)


PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"}


def _choose_format(request: HttpRequest, parameters: Mapping[str, Any]) -> str:
    if parameters["format"]:
        return FORMATS[parameters["format"]]
    chosen = choose_media_type(request.META.get("HTTP_ACCEPT", ""), (JSON, CSV))
    if chosen is None:
        raise refuse_media_type((JSON, CSV))
    return chosen


def _refuse_paging(request: HttpRequest) -> None:
    errors = [
        InputError(f"?{name}", "invalid_value", f"CSV has all events: leave '{name}' out.")
        for name in ("limit", "cursor", "order")
        if name in request.GET
    ]
    if errors:
        raise ApiProblem(
            400,
            "invalid_parameters",
            " ".join(error.detail for error in errors),
            errors=errors,
        )


def _read_filter(parameters: Mapping[str, Any]) -> EventFilter:
    return EventFilter(
        action=parameters["action"],
        actor_id=parameters["actor"],
        document_id=parameters["document"],
        digest=parameters["digest"],
        since=parameters["since"],
        before=parameters["before"],
    )


def _write_page(chosen: EventFilter, parameters: Mapping[str, Any]) -> bytes:
    limit = parameters["limit"]
    events = list_events(
        chosen,
        limit=limit + 1,
        newest_first=parameters["order"] == "newest",
        cursor=parameters["cursor"],
    )
    following = _link_next(parameters, events[limit - 1].seq) if len(events) > limit else None
    items = [describe_event(event) for event in events[:limit]]
    return json.dumps({"items": items, "next": following}, ensure_ascii=False).encode()


def _link_next(parameters: Mapping[str, Any], seq: int) -> str:
    kept = {name: value for name, value in parameters.items() if value is not None}
    query = kept | {"cursor": write_cursor(seq)}
    for name in ("since", "before"):
        if name in query:
            query[name] = query[name].isoformat().replace("+00:00", "Z")
    return f"/api/v1/audit/events?{urlencode(query)}"


def _stream_csv(chosen: EventFilter) -> StreamingHttpResponse:
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="audit-events.csv"'}
    return StreamingHttpResponse(
        _write_lines(chosen), content_type=f"{CSV}; charset=utf-8", headers=headers
    )


class _Line:
    """What `csv` writes a line into."""

    def write(self, line: str) -> str:
        """The line itself, for the stream."""
        return line


def _write_lines(chosen: EventFilter) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for event in iterate_events(chosen):
        shown = describe_event(event)
        shown |= {
            "actor_id": event.actor_id,
            "actor": event.actor,
            "details": json.dumps(event.details, ensure_ascii=False),
        }
        yield writer.writerow([_disarm(shown[name]) for name in COLUMNS])


def _disarm(value: Any) -> Any:
    """Keep a spreadsheet from taking what somebody wrote for a formula."""
    is_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if is_formula else value
