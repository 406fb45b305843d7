"""Everything that is live of one kind in one answer: an edition a line, read as it is sent."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import ClassVar

from django.http import (
    HttpRequest,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse

from calfcms.api.conditional import is_held
from calfcms.api.parameters import Parameters
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import ReadView, refuse_media_type
from calfcms.api.schema import View, describe_get, describe_not_modified
from calfcms.publishing.api.change_feed import write_feed_cursor
from calfcms.publishing.api.list_parameters import TOPIC
from calfcms.publishing.api.parameters import LOCALE_FILTER
from calfcms.publishing.card_filters import CardFilter
from calfcms.publishing.deliveries import Delivered, tell_delivered
from calfcms.publishing.exporting import ExportedEdition, Snapshot, read_pieces, take_snapshot
from calfcms.publishing.kinds import Kind

NDJSON = "application/x-ndjson"
REVALIDATED = "no-cache"
"""To be asked for again each time: it is large, and a 304 is short."""


def describe_export(kind: type[Kind], parameters: Parameters) -> Callable[[View], View]:
    """`GET /{path}/export`."""
    return describe_get(
        f"export_{kind.name}s",
        tag=kind.path.partition("/")[0],
        summary=f"All live {kind.name}s: the JSON of one edition a line, as reading one sends it",
        answers={
            (200, NDJSON): OpenApiResponse(
                {"type": "string"},
                description="By slug and locale, as it was when the call began. `Feed-Cursor` is "
                "where GET /changes goes on from then.",
            ),
            **describe_not_modified(),
        },
        problems=(400, 401, 403, 406),
        parameters=parameters,
        headers=("ETag", "Cache-Control", "Cache-Tag", "Feed-Cursor"),
    )


class ExportView(ReadView):
    """Sends what is live piece by piece: memory does not grow with what there is."""

    scope = "read"
    kind: ClassVar[type[Kind]]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The whole copy, or 304 for whoever has it: nothing has happened since."""
        snapshot = self._take_snapshot(request)
        tag = _write_tag(snapshot)
        cursor = write_feed_cursor(snapshot.position)
        headers = {
            "ETag": f'W/"{tag}"',
            "Cache-Control": REVALIDATED,
            "Cache-Tag": self.kind.name,
            "Vary": "Accept, Authorization",
            "Feed-Cursor": cursor,
            "Link": f'</api/v1/changes?cursor={cursor}>; rel="next"',
        }
        if is_held(request, tag):
            return HttpResponseNotModified(headers=headers)
        lines = iter(()) if request.method == "HEAD" else self._write_lines(snapshot)
        return StreamingHttpResponse(lines, content_type=NDJSON, headers=headers)

    def _take_snapshot(self, request: HttpRequest) -> Snapshot:
        parameters = self.read_parameters(request)
        if choose_media_type(request.META.get("HTTP_ACCEPT", ""), (NDJSON,)) is None:
            raise refuse_media_type((NDJSON,))
        narrowed = CardFilter(self.kind.name, parameters["locale"], parameters.get("topic"))
        partner = self.caller.partner if self.caller else None
        return take_snapshot(narrowed, at=timezone.now(), partner=partner)

    def _write_lines(self, snapshot: Snapshot) -> Iterator[bytes]:
        for piece in read_pieces(snapshot):
            self._tell(piece)
            yield b"".join(b"%b\n" % edition.content for edition in piece)

    def _tell(self, piece: list[ExportedEdition]) -> None:
        name = self.kind.name
        sent = [Delivered(name, one.slug, one.locale, one.number) for one in piece]
        tell_delivered(self.caller, sent, at=timezone.now())


def _write_tag(snapshot: Snapshot) -> str:
    """What the copy depends on. Weak: it says that nothing has happened, not which bytes it is."""
    narrowed = snapshot.filter
    parts = (*astuple(snapshot.position), narrowed.kind, narrowed.locale, narrowed.topic)
    text = repr((parts, snapshot.partner, snapshot.at.date()))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


EXPORT_PARAMETERS = Parameters(LOCALE_FILTER, TOPIC)
