"""The OpenAPI document: how operations are described, and the shapes that all of them share.

Shapes are written down here and in the apps; a test holds real answers against them.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from pydantic import BaseModel, ConfigDict

from calfcms.api.parameters import Parameters
from calfcms.api.problems import MEDIA_TYPE

View = TypeVar("View", bound=type)


class Shape(BaseModel):
    """A JSON object as this API sends it. Members may be added; none is renamed or taken away."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class ProblemError(Shape):
    """One thing wrong with the input."""

    pointer: str
    """A JSON pointer into the body, or `?name` for a query parameter."""
    code: str
    detail: str


class Problem(Shape):
    """Why there is no such answer (RFC 9457), and what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    """Stable, for programs; docs/api.md lists them."""
    errors: list[ProblemError] = []


Responses = Mapping[Any, Any]

_REASONS = {
    400: "A parameter is unknown, repeated or malformed; `errors` names each.",
    401: "The key is missing, or no good: unknown, expired, revoked, or its partner is closed.",
    403: "The key lacks the scope that this takes, or a page calls that may not use it.",
    404: "There is nothing at this address.",
    406: "`Accept` fits nothing that is here.",
    503: "Not ready; `detail` says why.",
}
_HEADERS = {
    "ETag": "The digest of the bytes sent. Send it back as `If-None-Match`.",
    "Last-Modified": "Since when this is what readers get.",
    "Cache-Control": "How long, and where, this may be kept.",
    "Cache-Tag": "The documents inside, so that a CDN can purge by tag.",
    "Content-Language": "The locale of the answer.",
    "Feed-Cursor": "The position in GET /changes from which on nothing is in this answer.",
    "Content-Location": "The address of just this edition, locale and format, which never changes.",
    "Content-Review": "When the next review is due, and `overdue` once it is: a dictionary "
    '(RFC 9651), `due="2029-07-05", overdue`. Numbered editions never say `overdue`.',
    "Content-Translation": "There where it is a translation: of which edition, whether that has "
    'been left behind and whether it was withdrawn: `source="en/3", stale, withdrawn`. '
    "Numbered editions say the source only.",
    "Content-Recall": "There where the edition was called back since: "
    '`severity="critical", id="…"`. Nobody should go on showing it.',
    "Link": "Where the live document (`original`), its past by `Accept-Datetime` (`timegate`) and "
    "the list of its times (`timemap`) are: Memento, RFC 7089.",
    "Memento-Datetime": "There where a time was asked for: since when this was what readers got.",
}
LIST_HEADERS = ("ETag", "Cache-Control", "Cache-Tag")
RENDITION_HEADERS = tuple(name for name in _HEADERS if name != "Feed-Cursor")


def describe_get(
    operation_id: str,
    *,
    tag: str,
    summary: str,
    answers: Responses,
    problems: Sequence[int] = (400, 406),
    path: Sequence[OpenApiParameter] = (),
    parameters: Parameters | None = None,
    headers: Sequence[str] = (),
    reasons: Mapping[int, str] | None = None,
) -> Callable[[View], View]:
    """A decorator that describes the `get` of a view; the docstring of `get` is not used."""

    def describe(view: View) -> View:
        described = extend_schema(
            operation_id=operation_id,
            deprecated=getattr(view, "deprecation", None) is not None,
            summary=summary,
            description=summary,
            tags=[tag],
            request=None,
            auth=list_security(view),
            parameters=[
                *path,
                *(parameters or Parameters()).describe(),
                *_describe_headers(headers),
            ],
            responses={
                **answers,
                **describe_problems(add_key_problems(problems, view), reasons or {}),
            },
        )
        decorated: View = extend_schema_view(get=described)(view)
        return decorated

    return describe


def list_security(view: type) -> list[Any]:
    """Whether a call takes a partner's key, and with which scope, as OpenAPI says it."""
    if not getattr(view, "asks_who", False):
        return []
    scope, needs_key = getattr(view, "scope", ""), getattr(view, "needs_key", False)
    key = {"bearer": [scope] if scope else []}
    return [key] if needs_key else [{}, key]


def add_key_problems(statuses: Sequence[int], view: type) -> list[int]:
    """These statuses, with those of a key that is no good where the call takes one."""
    return sorted({*statuses, *((401, 403) if list_security(view) else ())})


def describe_problems(
    statuses: Sequence[int], reasons: Mapping[int, str]
) -> dict[tuple[str, str], OpenApiResponse]:
    """The problem answers of an operation, and that anything else is a problem too."""
    texts = {
        str(status): reasons.get(status) or _REASONS.get(status) or HTTPStatus(status).phrase
        for status in statuses
    } | {"default": "Any other failure, such as 429 or 500."}
    return {
        (status, MEDIA_TYPE): OpenApiResponse(Problem, description=text)
        for status, text in texts.items()
    }


def describe_not_modified() -> dict[int, OpenApiResponse]:
    """The answer to a client that holds the bytes."""
    return {304: OpenApiResponse(description="The client holds these bytes already.")}


def _describe_headers(names: Sequence[str]) -> list[OpenApiParameter]:
    return [
        OpenApiParameter(
            name, str, OpenApiParameter.HEADER, description=_HEADERS[name], response=[200, 304]
        )
        for name in names
    ]
