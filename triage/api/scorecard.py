"""How a protocol does on its cases: worked out at publishing, and read like the edition itself."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.conditional import format_http_date, list_known_digests
from calfcms.api.reading import CURRENT, require_json
from calfcms.api.schema import Shape
from calfcms.publishing.api.finding import find_live, list_locales
from calfcms.publishing.api.memento import Moment
from calfcms.publishing.api.parameters import PART
from calfcms.publishing.api.rendition_view import FIXED_VARY, RenditionView
from calfcms.publishing.api.schema import describe_part
from calfcms.publishing.derived_reading import derive
from calfcms.publishing.models import Edition
from calfcms.publishing.overdue_reading import get_marked_rendition
from calfcms.publishing.reading import Address, StoredRendition
from calfcms.urgency import Urgency
from triage.api.shapes import ProtocolPointer
from triage.kind import ProtocolKind
from triage.scorecard import SCORECARD, describe_scorecard


class ShareShape(Shape):
    """How many cases, and which share of all of them; null where there are none."""

    count: int
    share: float | None


class HazardShape(Shape):
    """Answers two or more levels below what was expected."""

    count: int
    upper_bound: float | None
    """The one-sided 95 % limit of Clopper and Pearson for their rate; null without cases."""


class LevelScore(Shape):
    """The cases that expect one level."""

    expected: Urgency
    cases: int
    exact: ShareShape
    under_triaged: ShareShape
    over_triaged: ShareShape


class MatrixRow(Shape):
    """A row of the confusion matrix: how often each level was the answer where one was expected."""

    expected: Urgency
    answered: dict[Urgency, int]


class Figures(Shape):
    """How cases are answered. Every case is: no share hides one."""

    cases: int
    mostly_unknown: ShareShape
    """Cases in which more than half of the protocol's findings are unknown."""
    exact: ShareShape
    """Answered just the level that was expected."""
    acceptable: ShareShape
    """Answered a level that a clinician would accept."""
    safe: ShareShape
    """Answered at least as urgently as expected, which is the strict meaning of safe."""
    under_triaged: ShareShape
    over_triaged: ShareShape
    hazardous: HazardShape
    levels: list[LevelScore]
    """The most urgent first."""
    matrix: list[MatrixRow]


class SetFigures(Figures):
    """A case set and how it is answered. The cases themselves are not published."""

    id: str
    title: str
    source: str
    must_pass: bool
    """Whether an edition that answers one of its cases too low is not published."""
    digest: str
    """SHA-256 over the canonical JSON of the set (RFC 8785)."""


class ScorecardShape(Shape):
    """How an edition answers the cases that were signed with it."""

    protocol: ProtocolPointer
    sets: list[SetFigures]
    total: Figures


@describe_part(
    ProtocolKind,
    ScorecardShape,
    SCORECARD,
    summary="How a protocol does on its cases: accuracy, safety and the confusion matrix",
)
class ScorecardView(RenditionView):
    """`GET /triage/protocols/{slug}/scorecard`."""

    kind = ProtocolKind
    parameters = PART
    cache_control = CURRENT
    vary = FIXED_VARY

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The figures of the edition that is live, or was: one query."""
        parameters = self.read_parameters(request)
        require_json(request)
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=list_locales(request, parameters["locale"]),
            format=SCORECARD,
            as_of=parameters["as_of"],
        )
        at = timezone.now()
        found = get_marked_rendition(address, at=at, held=list_known_digests(request))
        found = found or _compute(address, at)
        headers = self.describe(found, address)
        if address.as_of is not None:
            headers["Memento-Datetime"] = format_http_date(found.since)
            headers["Link"] = f'<{request.path}?locale={found.locale}>; rel="original"'
        return self.answer(request, found, address, headers)


def _compute(address: Address, at: datetime) -> StoredRendition:
    """For editions from before scorecards were stored. Raises the 404 or 410 of no edition."""
    address = replace(address, format="json")
    whole = find_live(ProtocolKind, address, Moment(address.as_of), at=at)

    def build(edition: dict[str, Any]) -> dict[str, Any]:
        row = Edition.objects.get(
            document__kind=address.kind,
            document__slug=address.slug,
            document__locale=whole.locale,
            number=whole.number,
        )
        return describe_scorecard(edition, row.read_content())

    return derive(whole, name=SCORECARD, build=build)
