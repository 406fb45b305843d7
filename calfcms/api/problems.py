"""Problems (RFC 9457): the one shape of every error, and the one place that maps exceptions to it.

An app adds its own exceptions with `@problem_of.register`, so that imports keep pointing one way.
The codes are listed in docs/api.md.
"""

import json
import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import singledispatch
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from calfcms.api.input_errors import InputError as InputError
from calfcms.api.input_errors import list_validation_errors

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "/api/v1/problems/"

logger = logging.getLogger(__name__)


class ApiProblem(Exception):
    """An answer that is a problem. `code` is for programs and stable; `detail` says what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Iterable[InputError] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        self.status = HTTPStatus(status)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(f"{status} {code}: {detail}")

    def build_document(self, instance: str) -> dict[str, Any]:
        """The members of the problem as they are sent."""
        document: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code,
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            **self.members,
        }
        if self.errors:
            document["errors"] = [asdict(error) for error in self.errors]
        return document


def answer(error: BaseException, request: HttpRequest) -> HttpResponse:
    """The response for whatever was raised."""
    problem = problem_of(error)
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log(error, problem, request)
    response = HttpResponse(
        json.dumps(problem.build_document(request.path), ensure_ascii=False),
        status=problem.status,
        content_type=MEDIA_TYPE,
    )
    for name, value in ({"Cache-Control": "no-store"} | problem.headers).items():
        response[name] = value
    return response


def handle_exception(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """What Django REST framework calls for an exception in one of its views."""
    return answer(error, context["request"])


@singledispatch
def problem_of(_error: BaseException) -> ApiProblem:
    """The problem that an exception means; anything unforeseen is a 500 that gives nothing away."""
    request_id = str(uuid.uuid4())
    return ApiProblem(
        500,
        "internal_error",
        f"Something went wrong here, recorded as {request_id}. Name that when you report it.",
        request_id=request_id,
    )


def _log(error: BaseException, problem: ApiProblem, request: HttpRequest) -> None:
    logger.error(
        "%s %s failed; request id %s",
        request.method,
        request.path,
        problem.members.get("request_id", ""),
        exc_info=error,
    )


@problem_of.register
def _(error: ApiProblem) -> ApiProblem:
    return error


_FIXED: Mapping[type[Exception], tuple[int, str, str]] = {
    Http404: (
        404,
        "not_found",
        "There is nothing at this address. GET /api/v1 lists the entry points; paths have no "
        "trailing slash.",
    ),
    PermissionDenied: (
        403,
        "not_allowed",
        "You may not do this. Ask whoever runs this service.",
    ),
    SuspiciousOperation: (
        400,
        "bad_request",
        "The request is malformed; check host, path and headers.",
    ),
    RequestDataTooBig: (
        413,
        "content_too_large",
        "The body is too large. Send less at a time.",
    ),
}


def _register_fixed(error: type[Exception], status: int, code: str, detail: str) -> None:
    problem_of.register(error, lambda _: ApiProblem(status, code, detail))


for _error, _problem in _FIXED.items():
    _register_fixed(_error, *_problem)


@problem_of.register
def _(error: exceptions.APIException) -> ApiProblem:
    status = error.status_code
    code = _CODES_OF_STATUS.get(status, "internal_error" if status >= 500 else "bad_request")
    return ApiProblem(status, code, str(error.detail))


@problem_of.register
def _(error: exceptions.ValidationError) -> ApiProblem:
    return ApiProblem(
        400,
        "invalid_body",
        "The body is not what this call takes; `errors` says where.",
        errors=list_validation_errors(error.detail),
    )


@problem_of.register
def _(error: exceptions.Throttled) -> ApiProblem:
    wait = max(1, int(getattr(error, "wait", None) or 1))
    return ApiProblem(
        429,
        "throttled",
        f"Too many requests. Wait {wait} seconds before the next.",
        headers={"Retry-After": str(wait)},
    )


_CODES_OF_STATUS = {
    400: "bad_request",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
    429: "throttled",
}
