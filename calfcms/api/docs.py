"""The OpenAPI document, and a page for people to read it; neither loads from other hosts."""

import hashlib
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.reading import CURRENT, ReadView, answer_bytes, require_json
from calfcms.api.schema import LIST_HEADERS, describe_get, describe_not_modified, describe_problems

API_VERSION = "v1"


@lru_cache(maxsize=1)
def write_openapi() -> bytes:
    """The document, written once in each process."""
    generator: Any = SchemaGenerator(api_version=API_VERSION)  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)
    return bytes(OpenApiJsonRenderer2().render(schema, renderer_context={}))


@describe_get(
    "get_openapi",
    tag="service",
    summary="This document",
    answers={
        200: OpenApiResponse({"type": "object"}, description="An OpenAPI 3.1 document."),
        **describe_not_modified(),
    },
    headers=LIST_HEADERS[:2],
)
class OpenApiView(ReadView):
    """`GET /openapi.json`."""

    asks_who = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The document as the committed snapshot has it."""
        self.read_parameters(request)
        require_json(request)
        content = write_openapi()
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        return answer_bytes(request, content, digest=digest, headers={"Cache-Control": CURRENT})


_SCRIPT = Parameter(
    "script",
    parse_choice(""),
    "The page's own script, as the page loads it.",
    {"type": "string", "enum": [""]},
)
_PAGE = "The page, or the script that starts it."


class DocsView(SpectacularSwaggerSplitView):
    """`GET /docs`: Swagger UI, from files that this service serves itself."""

    http_method_names = ["get", "head", "options"]
    url = "/api/v1/openapi.json"
    parameters = Parameters(_SCRIPT)

    @extend_schema(
        operation_id="get_docs",
        summary="A page for people to read this document",
        description="A page for people to read this document",
        tags=["service"],
        auth=[],
        parameters=parameters.describe(),
        responses={
            (200, "text/html"): OpenApiResponse({"type": "string"}, description=_PAGE),
            (200, "application/javascript"): OpenApiResponse({"type": "string"}, description=_PAGE),
            **describe_problems((400, 406), {}),
        },
    )
    def get(self, request: Request) -> Response:
        """The page, or with `script` the script that starts it."""
        self.parameters.read(request._request.GET)
        response: Response = super().get(request)  # type: ignore[no-untyped-call]
        return response
