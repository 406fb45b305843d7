"""Views that only read: REST framework's documentation, without the cost of its request cycle.

There is nothing to authenticate, parse or render on these paths, and the framework's dispatch costs
more than the whole rest of the read (docs/api.md has the figures).
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.views import APIView

from calfcms.api.callers import Caller, identify, require_key, require_scope
from calfcms.api.conditional import is_held, quote_tag
from calfcms.api.deprecation import Deprecation, add_deprecation
from calfcms.api.parameters import Parameters
from calfcms.api.problems import ApiProblem, answer
from calfcms.api.quality import choose_media_type
from calfcms.api.quotas import NO_HEADERS, count_call

JSON = "application/json"
CURRENT = "public, max-age=60, stale-while-revalidate=600"
"""For what may change with the next publication."""
FOREVER = "public, max-age=31536000, immutable"
"""For what can never change."""


class ReadView(APIView):
    """GET, HEAD and OPTIONS. A subclass says which parameters it takes and has a `get`."""

    http_method_names = ["get", "head", "options"]
    parameters: ClassVar[Parameters] = Parameters()
    scope: ClassVar[str] = ""
    """What a key must open to be used here; empty for what any key may call."""
    needs_key: ClassVar[bool] = False
    """Whether nobody gets in without a key of that scope."""
    asks_who: ClassVar[bool] = True
    """Whether keys are looked at and calls counted: not by health checks and the document."""
    deprecation: ClassVar[Deprecation | None] = None
    """That this call will go away, and when."""
    caller: Caller | None = None
    """Who calls, once the call was let in; None for anybody."""
    quota: Mapping[str, str] = NO_HEADERS
    """Headers that tell a partner what is left of its quota."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Call the handler of the method; whatever it raises becomes a problem."""
        try:
            handler = self._get_handler(request)
            self.caller = self._admit(request)
            response = handler(request, *args, **kwargs)
        except Exception as error:
            response = answer(error, request)
        if "HTTP_AUTHORIZATION" in request.META:
            _keep_private(response, self.quota)
        if self.deprecation:
            add_deprecation(response.headers, self.deprecation)
        return self._strip_head(request, response)

    def options(  # type: ignore[override]
        self, _request: HttpRequest, *_args: Any, **_kwargs: Any
    ) -> HttpResponse:
        """Which methods there are."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def read_parameters(self, request: HttpRequest) -> Mapping[str, Any]:
        """The query parameters, or an `ApiProblem`."""
        if not request.META["QUERY_STRING"]:
            return self.parameters.defaults
        return self.parameters.read(request.GET)

    def _admit(self, request: HttpRequest) -> Caller | None:
        if request.method == "OPTIONS" or not self.asks_who:
            return None
        caller = self._identify(request)
        self.quota = count_call(request, caller)
        if self.needs_key:
            return require_key(caller, self.scope)
        if self.scope:
            require_scope(caller, self.scope)
        return caller

    @staticmethod
    def _identify(request: HttpRequest) -> Caller | None:
        try:
            return identify(request)
        except ApiProblem:
            count_call(request, None)  # whoever tries keys is anybody
            raise

    def _get_handler(self, request: HttpRequest) -> Any:
        method = (request.method or "").lower()
        if method not in self.http_method_names:
            raise _refuse_method(self.allowed_methods, request)
        return getattr(self, method)

    @staticmethod
    def _strip_head(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


def _keep_private(response: HttpResponseBase, quota: Mapping[str, str]) -> None:
    """What a key is sent is for its partner alone, and says what is left of its quota."""
    allowed = response.headers.get("Cache-Control", "")
    if allowed.startswith("public"):
        kept = [part for part in allowed.split(", ")[1:] if not part.startswith("stale-")]
        response.headers["Cache-Control"] = ", ".join(["private", *kept])
    patch_vary_headers(response, ["Authorization"])
    for name, value in quota.items():
        response.headers[name] = value


def _refuse_method(allowed: list[str], request: HttpRequest) -> ApiProblem:
    listed = ", ".join(allowed)
    return ApiProblem(
        405,
        "method_not_allowed",
        f"{request.method} is not possible here; {listed} are.",
        headers={"Allow": listed},
    )


def require_json(request: HttpRequest) -> None:
    """Refuse a client that does not accept JSON where there is nothing else."""
    if choose_media_type(request.META.get("HTTP_ACCEPT", ""), (JSON,)) is None:
        raise refuse_media_type((JSON,))


def refuse_media_type(offered: tuple[str, ...]) -> ApiProblem:
    """406, naming what there is."""
    listed = ", ".join(offered)
    return ApiProblem(
        406, "not_acceptable", f"`Accept` fits nothing that is here. There is: {listed}."
    )


def answer_bytes(
    request: HttpRequest, content: bytes, *, digest: str, headers: Mapping[str, str]
) -> HttpResponse:
    """JSON bytes with their ETag, or 304 for a client that holds them."""
    tagged = {"ETag": quote_tag(digest), "Vary": "Accept", **headers}
    if is_held(request, digest):
        return HttpResponseNotModified(headers=tagged)
    return HttpResponse(content, content_type=JSON, headers=tagged)
