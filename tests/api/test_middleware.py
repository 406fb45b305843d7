"""What the API does without: sessions, cookies, messages; and what it says to other origins."""

from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from calfcms.api.middleware import ApiMiddleware, PagesMiddleware


def send_nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"X-Session": str(hasattr(request, "session"))})


@pytest.mark.parametrize(
    ("path", "has_session"),
    [("/api/v1", False), ("/healthz", False), ("/readyz", False), ("/admin/", True)],
)
def test_a_session_is_prepared_for_pages_only(path: str, has_session: bool, db: None) -> None:
    middleware = PagesMiddleware(send_nothing)

    response = middleware(RequestFactory().get(path))

    assert response["X-Session"] == str(has_session)


def test_forms_are_still_guarded() -> None:
    middleware = PagesMiddleware(send_nothing)
    request: Any = RequestFactory().post("/admin/login/")

    refused = middleware.process_view(request, send_nothing, (), {})

    assert refused is not None
    assert refused.status_code == 403


def test_what_a_view_of_pages_raises_is_offered_to_its_middleware() -> None:
    middleware = PagesMiddleware(send_nothing)
    goes_to = ImmediateHttpResponse(HttpResponse("the answer", status=302))

    answered = middleware.process_exception(RequestFactory().get("/accounts/login/"), goes_to)
    left = middleware.process_exception(RequestFactory().get("/api/v1"), goes_to)

    assert answered is goes_to.response
    assert left is None


def test_a_host_that_is_not_ours_gets_no_answer(client: Client) -> None:
    response = client.get("/api/v1", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"


def test_an_answer_says_how_long_it_is(client: Client) -> None:
    response = client.get("/api/v1")

    assert int(response["Content-Length"]) == len(response.content)


def test_the_api_sets_no_cookie_for_somebody_logged_in(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("somebody"))

    response = client.get("/api/v1")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_the_admin_refuses_a_form_without_its_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/admin/login/", {"username": "a"}).status_code == 403


def test_any_origin_may_read_without_credentials() -> None:
    middleware = ApiMiddleware(send_nothing)

    response = middleware(RequestFactory().get("/api/v1"))

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Vary" not in response


def test_a_preflight_is_answered_without_a_view() -> None:
    middleware = ApiMiddleware(send_nothing)
    request = RequestFactory().options("/api/v1", headers={"Access-Control-Request-Method": "POST"})

    response = middleware(request)

    assert response.status_code == 204
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "authorization" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/admin/", "/healthz"])
def test_other_origins_are_told_nothing_about_the_rest(path: str) -> None:
    middleware = ApiMiddleware(send_nothing)

    assert "Access-Control-Allow-Origin" not in middleware(RequestFactory().get(path))
