"""`/healthz`: the process answers. `/readyz`: it can do its work, with the database as it is."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Literal, Protocol

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.problems import ApiProblem
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get


class Health(Shape):
    """All is well."""

    status: Literal["ok"]


class Readiness(Health):
    """All is well, and how the background work is."""

    worker_lag_seconds: float | None
    """Seconds since a worker was last seen at work; null where none ever was."""


class LagReader(Protocol):
    """Seconds since a worker was last seen at work; None where none ever was."""

    def __call__(self, *, at: datetime) -> float | None: ...


_lag_readers: list[LagReader] = []


def set_lag_reader(reader: LagReader) -> None:
    """Have `/readyz` ask this function; the app that has workers says it when Django starts."""
    _lag_readers[:] = [reader]


@describe_get(
    "get_healthz", tag="service", summary="Whether the process answers", answers={200: Health}
)
class HealthView(ReadView):
    """Asks nobody."""

    asks_who = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """`ok`, as long as anything can be said at all."""
        self.read_parameters(request)
        require_json(request)
        return _say_ok()


@describe_get(
    "get_readyz",
    tag="service",
    summary="Whether the database answers, has every migration, and a worker is not late",
    answers={200: Readiness},
    problems=(400, 406, 503),
)
class ReadinessView(ReadView):
    """Asks the database."""

    asks_who = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """`ok`, or a 503 that says what is missing."""
        self.read_parameters(request)
        require_json(request)
        try:
            _require_migrations()
            lag = _read_worker_lag(timezone.now())
        except Error as error:
            raise _refuse("The database does not answer.") from error
        _require_worker(lag)
        return _say_ok(worker_lag_seconds=lag)


def _require_migrations() -> None:
    if missing := list_missing_migrations():
        raise _refuse(f"Run `manage.py migrate`: {', '.join(missing)} not applied.")


def _read_worker_lag(at: datetime) -> float | None:
    lags = [reader(at=at) for reader in _lag_readers]
    return lags[0] if lags else None


def _require_worker(lag: float | None) -> None:
    """Only where a worker has run, and the deployment says how late it may be."""
    most = settings.WORKER_MAX_LAG
    if most and lag is not None and lag > most:
        raise _refuse(
            f"The worker was last seen {lag:.0f} seconds ago, and {most} are allowed: "
            "see whether `manage.py worker` runs."
        )


def list_missing_migrations() -> list[str]:
    """The migrations of this code that the database has not seen."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _list_known_migrations() - applied.keys())


@lru_cache(maxsize=1)
def _list_known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def _say_ok(**facts: float | None) -> HttpResponse:
    return HttpResponse(
        json.dumps({"status": "ok"} | facts),
        content_type=JSON,
        headers={"Cache-Control": "no-store"},
    )


def _refuse(detail: str) -> ApiProblem:
    return ApiProblem(503, "not_ready", detail, headers={"Retry-After": "5"})
