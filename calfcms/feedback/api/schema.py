"""How the call is described in the OpenAPI document."""

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from pydantic import ConfigDict, Field

from calfcms.api.schema import Shape, add_key_problems, describe_problems, list_security
from calfcms.feedback.models import MESSAGE_LENGTH, PART_LENGTH
from calfcms.publishing.api.parameters import FIXED_LOCALE
from calfcms.publishing.kinds import Kind

View = TypeVar("View", bound=type)


class FeedbackBody(Shape):
    """What a reader says about an edition, or a part of it."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")

    kind: Literal["helpful", "error", "other"]
    edition: int = Field(ge=1, le=2**31 - 1)
    """The edition that was read: its member `edition`."""
    message: str | None = Field(default=None, max_length=MESSAGE_LENGTH)
    """In plain text. Ask people not to write who they are: it is read by editors and kept."""
    part: str | None = Field(default=None, max_length=PART_LENGTH)
    """The `id` of the part that it is about. Left out: the page."""


class FeedbackReceipt(Shape):
    """It lies in the editors' inbox."""

    id: str
    status: Literal["received"]


_STATUSES = (400, 404, 406, 410, 413, 415, 422, 429)
_REASONS = {
    400: "The body is not JSON, or has a member that is unknown.",
    404: "There is no such page.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "A value does not fit the page; `errors` names each.",
    429: "Too many messages from one address; `Retry-After` says when to send the next.",
}


def describe_feedback(kind: type[Kind]) -> Callable[[View], View]:
    """A decorator for the view of a kind."""
    summary = f"Say whether a {kind.name} was helpful, or report an error in it"

    def describe(view: View) -> View:
        post: Any = extend_schema(
            operation_id=f"send_{kind.name}_feedback",
            summary=summary,
            description=f"{summary}. It lands in the editors' inbox; nothing about the sender is "
            "kept.",
            tags=[kind.path.partition("/")[0]],
            auth=list_security(view),
            parameters=[FIXED_LOCALE.describe()],
            request=FeedbackBody,
            responses={
                202: FeedbackReceipt,
                **describe_problems(add_key_problems(_STATUSES, view), _REASONS),
            },
        )
        described: View = extend_schema_view(post=post)(view)
        return described

    return describe
