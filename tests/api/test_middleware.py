"""What the API does without: sessions, cookies, messages; and what it says to other origins."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from calfcms.api.cors import AnyOriginMiddleware
from calfcms.api.middleware import PagesCsrfMiddleware, PagesSessionMiddleware


def send_nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"X-Session": str(hasattr(request, "session"))})


@pytest.mark.parametrize(
    ("path", "has_session"), [("/api/v1", False), ("/healthz", False), ("/admin/", True)]
)
def test_a_session_is_prepared_for_pages_only(path: str, has_session: bool) -> None:
    middleware = PagesSessionMiddleware(send_nothing)

    response = middleware(RequestFactory().get(path))

    assert response["X-Session"] == str(has_session)


def test_forms_are_still_guarded() -> None:
    middleware = PagesCsrfMiddleware(send_nothing)
    request: Any = RequestFactory().post("/admin/login/")

    middleware.process_request(request)
    refused = middleware.process_view(request, send_nothing, (), {})

    assert refused is not None
    assert refused.status_code == 403


def test_the_api_sets_no_cookie_for_somebody_logged_in(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("somebody"))

    response = client.get("/api/v1")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_the_admin_refuses_a_form_without_its_token(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/admin/login/", {"username": "a"}).status_code == 403


def test_any_origin_may_read_without_credentials() -> None:
    middleware = AnyOriginMiddleware(send_nothing)

    response = middleware(RequestFactory().get("/api/v1"))

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Vary" not in response


def test_a_preflight_is_answered_without_a_view() -> None:
    middleware = AnyOriginMiddleware(send_nothing)
    request = RequestFactory().options("/api/v1", headers={"Access-Control-Request-Method": "POST"})

    response = middleware(request)

    assert response.status_code == 204
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "authorization" in response["Access-Control-Allow-Headers"]


def test_other_origins_are_told_nothing_about_pages() -> None:
    middleware = AnyOriginMiddleware(send_nothing)

    assert "Access-Control-Allow-Origin" not in middleware(RequestFactory().get("/admin/"))
