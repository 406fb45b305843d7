"""`GET /triage/protocols/{slug}/statistics`: how often which rule was true."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.problems import ApiProblem
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get
from calfcms.publishing.api.audit_events import PRIVATE
from calfcms.publishing.models import Edition
from calfcms.urgency import Urgency
from triage.actions.forget_evaluations import get_first_day_kept
from triage.content import KIND
from triage.statistics import EditionCounts, count_evaluations, tell, tell_urgencies


class RuleCount(Shape):
    """In how many evaluations a rule was true; null for fewer than 5."""

    rule: str
    evaluations: int | None


class EditionStatistics(Shape):
    """How often an edition was asked; null for fewer than 5."""

    locale: str
    edition: int
    evaluations: int | None
    urgencies: dict[Urgency, int | None]
    """Null for fewer than 5, or where such a number could be worked out from the others."""
    rules: list[RuleCount]
    """Those that were true at all, the most frequent first."""


class StatisticsShape(Shape):
    """What was answered on the days that are kept."""

    protocol: str
    logging: bool
    """Whether evaluations are logged here. Where not, there is nothing to count."""
    since: date | None
    until: date | None
    editions: list[EditionStatistics]


@describe_get(
    "get_protocol_statistics",
    tag="triage",
    summary="How often each rule of a protocol was true, where evaluations are logged",
    answers={200: StatisticsShape},
    problems=(400, 401, 403, 404, 406),
)
class StatisticsView(ReadView):
    """For keys with the scope `audit`."""

    scope = "audit"
    needs_key = True

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Counts by edition. It takes no parameters: two slices would tell what lies between."""
        self.read_parameters(request)
        require_json(request)
        if not Edition.objects.filter(document__kind=KIND, document__slug=slug).exists():
            raise ApiProblem(404, "not_found", f"No protocol '{slug}' was ever published.")
        value = _describe(slug, at=timezone.now())
        return HttpResponse(json.dumps(value), content_type=JSON, headers=PRIVATE)


def _describe(slug: str, *, at: datetime) -> dict[str, Any]:
    if settings.TRIAGE_LOG_DAYS <= 0:
        nothing: dict[str, Any] = {"since": None, "until": None, "editions": []}
        return {"protocol": slug, "logging": False, **nothing}
    since = get_first_day_kept(at=at)
    counts = count_evaluations(slug, since=since)
    return {
        "protocol": slug,
        "logging": True,
        "since": since.isoformat(),
        "until": at.date().isoformat(),
        "editions": [_describe_edition(*key, counted) for key, counted in counts.items()],
    }


def _describe_edition(locale: str, edition: int, counted: EditionCounts) -> dict[str, Any]:
    # Rules with the same number come by name: their order must not tell what a null hides.
    rules = sorted(counted.rules.items(), key=lambda entry: (-(tell(entry[1]) or 0), entry[0]))
    return {
        "locale": locale,
        "edition": edition,
        "evaluations": tell(counted.evaluations),
        "urgencies": tell_urgencies(counted.urgencies),
        "rules": [{"rule": rule, "evaluations": tell(number)} for rule, number in rules],
    }
