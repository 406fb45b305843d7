"""Every failure is a problem (RFC 9457), made in one place."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calfcms.api.problems import ApiProblem, InputError, answer, problem_of
from calfcms.api.reading import ReadView
from calfcms.publishing.problem import Problem, Refused, refuse
from tests.api.problems import read_problem


def fail_in_a_plain_view(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret is 42")


def forbid_in_a_plain_view(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("the secret is 42")


class FailingView(ReadView):
    def get(self, _request: HttpRequest) -> HttpResponse:
        raise RuntimeError("the secret is 42")


class FrameworkView(APIView):
    def post(self, request: Request) -> Response:
        return Response(request.data)


urlpatterns = [
    path("api/plain", fail_in_a_plain_view),
    path("api/forbidden", forbid_in_a_plain_view),
    path("api/failing", FailingView.as_view()),
    path("api/framework", FrameworkView.as_view()),
    path("plain", fail_in_a_plain_view),
]
handler400 = "calfcms.api.error_pages.bad_request"
handler403 = "calfcms.api.error_pages.permission_denied"
handler404 = "calfcms.api.error_pages.page_not_found"
handler500 = "calfcms.api.error_pages.server_error"


@pytest.fixture
def made_up(client: Client, settings: Any) -> Client:
    """A client of the failing views above."""
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (SuspiciousOperation(), 400, "bad_request"),
        (RequestDataTooBig(), 413, "content_too_large"),
        (exceptions.ParseError(), 400, "bad_request"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "not_allowed"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.MethodNotAllowed("POST"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("a/b"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=3), 429, "throttled"),
        (exceptions.ValidationError("no"), 400, "invalid_body"),
        (refuse("not_allowed", "You may not.", "Ask."), 403, "not_allowed"),
        (refuse("not_submitted", "Not submitted.", "Submit."), 409, "refused"),
        (ApiProblem(410, "withdrawn", "Gone."), 410, "withdrawn"),
        (exceptions.APIException(), 500, "internal_error"),
        (KeyError("x"), 500, "internal_error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_exception_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)

    assert (problem.status, problem.code) == (status, code)


def test_a_refusal_gives_every_reason_with_its_place() -> None:
    refused = Refused(
        [
            Problem("empty_text", "No text.", "Write it.", "/summary"),
            Problem("sign_off_missing", "Nobody signed.", "Have it signed."),
        ]
    )

    assert problem_of(refused).errors == (
        InputError("/summary", "empty_text", "No text. Write it."),
        InputError("", "sign_off_missing", "Nobody signed. Have it signed."),
    )


def test_validation_errors_become_json_pointers() -> None:
    detail: Any = {
        "a": [{}, {"b/c": ["Too long."]}],
        "non_field_errors": ["All wrong."],
        "d~": ["No."],
    }

    errors = problem_of(exceptions.ValidationError(detail)).errors

    assert [(error.pointer, error.detail) for error in errors] == [
        ("/a/1/b~1c", "Too long."),
        ("", "All wrong."),
        ("/d~0", "No."),
    ]


def test_throttling_says_when_to_come_back() -> None:
    request = RequestFactory().get("/api/v1/conditions")

    response = answer(exceptions.Throttled(wait=7.2), request)

    assert response["Retry-After"] == "8"


@pytest.mark.parametrize("path", ["/api/failing", "/api/plain"])
def test_a_failure_gives_nothing_away_but_can_be_found_in_the_log(
    made_up: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.ERROR):
        response = made_up.get(path)

    problem = read_problem(response, 500, "internal_error")
    assert "secret" not in response.content.decode()
    assert problem["request_id"] in caplog.text
    assert "the secret is 42" in caplog.text
    assert response["Cache-Control"] == "no-store"


def test_a_view_of_the_framework_refuses_with_problems(made_up: Client) -> None:
    malformed = made_up.post("/api/framework", "{", content_type="application/json")
    unsupported = made_up.post("/api/framework", "<a/>", content_type="application/xml")
    not_possible = made_up.get("/api/framework")

    read_problem(malformed, 400, "bad_request")
    read_problem(unsupported, 415, "unsupported_media_type")
    read_problem(not_possible, 405, "method_not_allowed")
    assert not_possible["Allow"] == "POST, OPTIONS"


def test_what_is_forbidden_gives_no_reason_of_the_inside(made_up: Client) -> None:
    response = made_up.get("/api/forbidden")

    read_problem(response, 403, "not_allowed")
    assert "secret" not in response.content.decode()


def test_a_forged_host_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1", headers={"Host": "evil.example"})

    read_problem(response, 400, "bad_request")


@pytest.mark.parametrize("path", ["/plain", "/nothing"])
def test_outside_the_api_errors_are_pages(made_up: Client, path: str) -> None:
    assert made_up.get(path)["Content-Type"].startswith("text/html")


def test_a_problem_names_the_path_it_is_about(client: Client) -> None:
    response = client.get("/api/v1/%3Cscript%3E?q=1")

    problem = read_problem(response, 404, "not_found")
    assert problem["instance"] == "/api/v1/<script>"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_members_of_a_problem_come_in_one_order() -> None:
    request = RequestFactory().get("/api/v1/x")
    build: Callable[[], HttpResponse] = lambda: answer(  # noqa: E731
        ApiProblem(410, "withdrawn", "Gone.", reason="Old.", errors=[InputError("", "a", "b")]),
        request,
    )

    assert list(json.loads(build().content)) == [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "reason",
        "errors",
    ]
