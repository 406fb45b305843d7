"""`/metrics` for Prometheus: requests as this service answered them, and how its work stands.

Not public: it answers only where the setting `METRICS_TOKEN` is set, and only who sends it.
Counters live in each process of the server; `PROMETHEUS_MULTIPROC_DIR` names a folder to share.
"""

import hmac
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from calfcms.api.problems import ApiProblem
from calfcms.api.reading import ReadView

REQUESTS: Final = Counter(
    "calfcms_requests", "Requests answered, by route and status.", ["route", "method", "status"]
)
SECONDS: Final = Histogram(
    "calfcms_request_seconds",
    "How long it took to answer, by route.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class MetricsMiddleware:
    """Counts and times every answer. Not there where nobody may read what it counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the rest."""
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "none"  # templates of paths: there are not many
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route).observe(time.perf_counter() - begun)
        return response


@dataclass(frozen=True)
class Gauge:
    """A number that is read when it is asked for: label value → number."""

    name: str
    help: str
    label: str
    read: Callable[[datetime], Mapping[str, float]]


_gauges: dict[str, Gauge] = {}


def add_gauge(
    name: str, help_text: str, *, label: str, read: Callable[[datetime], Mapping[str, float]]
) -> None:
    """Have `/metrics` show this too; said in an app's `ready()`."""
    _gauges[name] = Gauge(name, help_text, label, read)


class _Gauges(Collector):
    """Every gauge, read from the database now."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        at = timezone.now()
        for gauge in _gauges.values():
            family = GaugeMetricFamily(gauge.name, gauge.help, labels=[gauge.label])
            for value, number in gauge.read(at).items():
                family.add_metric([value], number)
            yield family


class MetricsView(ReadView):
    """`GET /metrics`, in Prometheus' own text format."""

    schema = None
    asks_who = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The counters of all processes where they share a folder, else of this one."""
        _admit(request)
        self.read_parameters(request)
        registry = CollectorRegistry()
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            counted = generate_latest(registry)
        else:
            counted = generate_latest(REGISTRY)
        gauges = CollectorRegistry()
        gauges.register(_Gauges())
        return HttpResponse(
            counted + generate_latest(gauges),
            content_type=CONTENT_TYPE_LATEST,
            headers={"Cache-Control": "no-store"},
        )


def _admit(request: HttpRequest) -> None:
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    sent = request.META.get("HTTP_AUTHORIZATION", "")
    if not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
        raise ApiProblem(
            401,
            "not_authenticated",
            "Send the deployment's METRICS_TOKEN as `Authorization: Bearer <token>`.",
            headers={"WWW-Authenticate": "Bearer"},
        )
