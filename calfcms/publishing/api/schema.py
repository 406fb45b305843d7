"""How the calls that read published content are described, whatever the kind."""

from collections.abc import Callable, Sequence

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from pydantic import BaseModel

from calfcms.api.parameters import Parameters
from calfcms.api.problems import MEDIA_TYPE
from calfcms.api.schema import (
    LIST_HEADERS,
    RENDITION_HEADERS,
    Responses,
    Shape,
    View,
    describe_get,
    describe_not_modified,
)
from calfcms.publishing.api import memento
from calfcms.publishing.api.parameters import (
    HISTORY,
    PART,
    TIMEMAP,
    live_edition_parameters,
    numbered_edition_parameters,
)
from calfcms.publishing.api.shapes import History, WithdrawnProblem
from calfcms.publishing.kinds import Kind

_WITHDRAWN = {
    (410, MEDIA_TYPE): OpenApiResponse(
        WithdrawnProblem, description="It was withdrawn: why, and where to go instead."
    )
}
_PROBLEMS = (400, 404, 406)
SLUG = OpenApiParameter(
    "slug",
    {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "examples": ["calf-pain"]},
    OpenApiParameter.PATH,
    description="The name of the document in addresses.",
)
ACCEPT_DATETIME = OpenApiParameter(
    "Accept-Datetime",
    {"type": "string", "pattern": f"^{memento.PATTERN}$", "examples": [memento.EXAMPLE]},
    OpenApiParameter.HEADER,
    description="What was live at that time (Memento, RFC 7089), instead of `as_of`. What lies in "
    "the future is now; what lies before the first edition is that edition.",
)
NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    OpenApiParameter.PATH,
    description="The number of the edition; the first is 1.",
)


def describe_live_edition(kind: type[Kind], shape: type[BaseModel]) -> Callable[[View], View]:
    """`GET /{path}/{slug}`; `shape` is that of the JSON rendition."""
    return describe_get(
        f"get_{kind.name}",
        tag=_get_tag(kind),
        summary=f"The live edition of a {kind.name}, or the one that was live at some moment",
        answers={**_describe_renditions(kind, shape), **_WITHDRAWN},
        problems=_PROBLEMS,
        path=(SLUG, ACCEPT_DATETIME),
        parameters=live_edition_parameters(kind),
        headers=RENDITION_HEADERS,
    )


def describe_numbered_edition(kind: type[Kind], shape: type[BaseModel]) -> Callable[[View], View]:
    """`GET /{path}/{slug}/editions/{number}`."""
    return describe_get(
        f"get_{kind.name}_edition",
        tag=_get_tag(kind),
        summary=f"One edition of a {kind.name}, byte for byte as it was published, for ever",
        answers=_describe_renditions(kind, shape),
        problems=_PROBLEMS,
        path=(SLUG, NUMBER),
        parameters=numbered_edition_parameters(kind),
        headers=RENDITION_HEADERS,
    )


def describe_part(
    kind: type[Kind],
    shape: type[Shape],
    name: str,
    *,
    summary: str,
    path: Sequence[OpenApiParameter] = (),
) -> Callable[[View], View]:
    """A part of a document: `GET /{path}/{slug}/{name}`."""
    return describe_get(
        f"get_{kind.name}_{name}",
        tag=_get_tag(kind),
        summary=summary,
        answers={200: shape, **describe_not_modified(), **_WITHDRAWN},
        problems=_PROBLEMS,
        path=(SLUG, *path),
        parameters=PART,
        headers=[name for name in RENDITION_HEADERS if name != "Content-Location"],
    )


def describe_timemap(kind: type[Kind]) -> Callable[[View], View]:
    """`GET /{path}/{slug}/timemap`."""
    listed = OpenApiResponse(
        {"type": "string"}, description="Links to every edition, with times: RFC 7089, section 5."
    )
    return describe_get(
        f"get_{kind.name}_timemap",
        tag=_get_tag(kind),
        summary=f"All times of a {kind.name}: when each of its editions became what readers got",
        answers={(200, memento.LINK_FORMAT): listed, **describe_not_modified()},
        problems=_PROBLEMS,
        path=(SLUG,),
        parameters=TIMEMAP,
        headers=(*LIST_HEADERS, "Content-Language"),
    )


def describe_card_list(
    kind: type[Kind], shape: type[Shape], parameters: Parameters
) -> Callable[[View], View]:
    """`GET /{path}`; `shape` is that of the whole page."""
    return describe_get(
        f"get_{kind.name}s",
        tag=_get_tag(kind),
        summary=f"Live {kind.name}s, newest change first",
        answers={200: shape, **describe_not_modified()},
        problems=(400, 401, 403, 406),
        parameters=parameters,
        headers=LIST_HEADERS,
    )


def describe_history(kind: type[Kind]) -> Callable[[View], View]:
    """`GET /{path}/{slug}/editions`."""
    return describe_get(
        f"get_{kind.name}_editions",
        tag=_get_tag(kind),
        summary=f"Every edition of a {kind.name} that was ever published, newest first",
        answers={200: History, **describe_not_modified()},
        problems=(400, 404, 406),
        path=(SLUG,),
        parameters=HISTORY,
        headers=(*LIST_HEADERS, "Content-Language"),
    )


def _get_tag(kind: type[Kind]) -> str:
    return kind.path.partition("/")[0]


def _describe_renditions(kind: type[Kind], shape: type[BaseModel]) -> Responses:
    return {
        (200, media_type.partition(";")[0]): _get_shape(name, shape)
        for name, media_type in kind.formats.items()
    } | describe_not_modified()


def _get_shape(name: str, shape: type[BaseModel]) -> OpenApiResponse:
    if name == "json":
        return OpenApiResponse(shape, description="The edition in the format asked for.")
    schema = {"type": "object"} if name == "jsonld" else {"type": "string"}
    return OpenApiResponse(schema, description="The edition in the format asked for.")
