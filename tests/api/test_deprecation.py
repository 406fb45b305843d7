"""A call that will go away says so in every answer, and in the OpenAPI document."""

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from drf_spectacular.generators import SchemaGenerator

from calfcms.api.deprecation import Deprecation
from calfcms.api.reading import ReadView
from calfcms.api.schema import Shape, describe_get

SINCE = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Sample(Shape):
    """What the sample call answers."""

    answer: str


@describe_get("get_sample", tag="service", summary="A call that will go", answers={200: Sample})
class SampleView(ReadView):
    """A call that is on its way out."""

    deprecation = Deprecation(
        since=SINCE,
        sunset=datetime(2027, 11, 21, 12, tzinfo=UTC),
        guide="https://docs.example/sample",
        successor="/api/v1/better",
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """An answer with a link of its own."""
        self.read_parameters(request)
        return HttpResponse(b"{}", headers={"Link": '</api/v1/sample>; rel="canonical"'})


@pytest.fixture
def urls(settings: Any) -> ModuleType:
    """The sample is mounted, and nothing else."""
    module = ModuleType("sample_urls")
    module.urlpatterns = [path("api/v1/sample", SampleView.as_view())]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = module
    return module


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?lang=de", 400)])
def test_every_answer_says_since_when_until_when_and_what_instead(
    client: Client, urls: ModuleType, query: str, status: int
) -> None:
    response = client.get(f"/api/v1/sample{query}")

    assert response.status_code == status
    assert response["Deprecation"] == "@1795262400"
    assert response["Sunset"] == "Sun, 21 Nov 2027 12:00:00 GMT"
    assert '<https://docs.example/sample>; rel="deprecation"' in response["Link"]
    assert '</api/v1/better>; rel="successor-version"' in response["Link"]


def test_a_link_that_was_there_stays(client: Client, urls: ModuleType) -> None:
    response = client.get("/api/v1/sample")

    assert response["Link"].startswith('</api/v1/sample>; rel="canonical", <')


def test_the_openapi_document_says_it_too(urls: ModuleType) -> None:
    generator: Any = SchemaGenerator(  # type: ignore[no-untyped-call]
        patterns=urls.urlpatterns, api_version="v1"
    )

    schema = generator.get_schema(request=None, public=True)

    assert schema["paths"]["/api/v1/sample"]["get"]["deprecated"] is True


def test_no_call_of_ours_says_so_without_reason(client: Client, db: None) -> None:
    assert "Deprecation" not in client.get("/api/v1")


def test_a_call_cannot_be_gone_before_it_was_deprecated() -> None:
    with pytest.raises(ValueError, match="not before"):
        Deprecation(since=SINCE, sunset=SINCE - timedelta(days=1), guide="https://docs.example")
