"""`/healthz`: the process answers. `/readyz`: it can do its work, with the database as it is."""

import json
from functools import lru_cache
from typing import Literal

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from calfcms.api.problems import ApiProblem
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import Shape, describe_get


class Health(Shape):
    """All is well."""

    status: Literal["ok"]


@describe_get(
    "get_healthz", tag="service", summary="Whether the process answers", answers={200: Health}
)
class HealthView(ReadView):
    """Asks nobody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """`ok`, as long as anything can be said at all."""
        self.read_parameters(request)
        require_json(request)
        return _say_ok()


@describe_get(
    "get_readyz",
    tag="service",
    summary="Whether the database answers and has every migration",
    answers={200: Health},
    problems=(400, 406, 503),
)
class ReadinessView(ReadView):
    """Asks the database."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """`ok`, or a 503 that says what is missing."""
        self.read_parameters(request)
        require_json(request)
        try:
            missing = list_missing_migrations()
        except Error as error:
            raise _refuse("The database does not answer.") from error
        if missing:
            raise _refuse(f"Run `manage.py migrate`: {', '.join(missing)} not applied.")
        return _say_ok()


def list_missing_migrations() -> list[str]:
    """The migrations of this code that the database has not seen."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _list_known_migrations() - applied.keys())


@lru_cache(maxsize=1)
def _list_known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def _say_ok() -> HttpResponse:
    return HttpResponse(
        json.dumps({"status": "ok"}), content_type=JSON, headers={"Cache-Control": "no-store"}
    )


def _refuse(detail: str) -> ApiProblem:
    return ApiProblem(503, "not_ready", detail, headers={"Retry-After": "5"})
