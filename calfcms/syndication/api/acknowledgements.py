"""`POST /recalls/{id}/ack`: a partner has seen a recall, or has removed the edition."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from pydantic import ConfigDict, Field

from calfcms.api.callers import require_key
from calfcms.api.input_errors import InputError
from calfcms.api.json_body import read_json_object, refuse_unknown_members
from calfcms.api.problems import ApiProblem
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.api.schema import (
    Shape,
    View,
    add_key_problems,
    describe_problems,
    list_security,
)
from calfcms.publishing.models import Recall
from calfcms.syndication.actions.acknowledge_recall import acknowledge_recall
from calfcms.syndication.api.recalls import PRIVATE, AcknowledgementShape, describe_acknowledgement
from calfcms.syndication.models import Key

NOTE_LENGTH: Final = 2_000
MEMBERS: Final = ("edition_removed", "note")


class AcknowledgementBody(Shape):
    """What the partner says."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")

    edition_removed: bool = False
    """True once the edition is shown nowhere any more. Left out or false: the recall was seen."""
    note: str = Field(default="", max_length=NOTE_LENGTH)
    """In plain text, for whoever looks after partners."""


class Acknowledged(AcknowledgementShape):
    """What is on record."""

    recall: UUID


_STATUSES = (400, 404, 406, 413, 415, 422)
_REASONS = {
    400: "The body is not JSON, or has a member that is unknown.",
    404: "There is no such recall.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "A member is not of its type; `errors` names each.",
}


def _describe_acknowledgement(view: View) -> View:
    summary = "Say that a recall was seen, or that the edition is removed"
    post: Any = extend_schema(
        operation_id="acknowledge_recall",
        summary=summary,
        description=f"{summary}. Each is said once: saying it again answers 200 with what is on "
        "record, and changes nothing.",
        tags=["changes"],
        auth=list_security(view),
        parameters=[OpenApiParameter("id", UUID, OpenApiParameter.PATH, description="The recall.")],
        request=AcknowledgementBody,
        responses={
            200: Acknowledged,
            201: Acknowledged,
            **describe_problems(add_key_problems(_STATUSES, view), _REASONS),
        },
    )
    described: View = extend_schema_view(post=post)(view)
    return described


@_describe_acknowledgement
class AcknowledgementView(ReadView):
    """For keys with the scope `read`: whoever may fetch an edition may say that it is gone."""

    http_method_names = ["post", "options"]
    scope = "read"
    needs_key = True

    def post(self, request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - its name in URLs
        """201 for what is news, 200 for what was said before."""
        self.read_parameters(request)
        require_json(request)
        said = _read_body(read_json_object(request))
        made, is_news = acknowledge_recall(
            recall=_get_recall(id),
            key=Key.objects.select_related("partner").get(
                pk=require_key(self.caller, "read").key_id
            ),
            edition_removed=said["edition_removed"],
            note=said["note"],
            at=timezone.now(),
        )
        return HttpResponse(
            json.dumps({"recall": str(id), **describe_acknowledgement(made)}, ensure_ascii=False),
            status=201 if is_news else 200,
            content_type=JSON,
            headers=PRIVATE,
        )


def _get_recall(key: UUID) -> Recall:
    recall = Recall.objects.filter(pk=key).first()
    if recall is None:
        raise ApiProblem(
            404,
            "not_found",
            f"There is no recall {key}. GET /api/v1/recalls lists those that concern you.",
        )
    return recall


def _read_body(body: Mapping[str, Any]) -> dict[str, Any]:
    refuse_unknown_members(body, MEMBERS)
    said = {"edition_removed": False, "note": "", **body}
    errors = [*_check_removed(said["edition_removed"]), *_check_note(said["note"])]
    if errors:
        raise ApiProblem(
            422, "invalid_values", " ".join(error.detail for error in errors), errors=errors
        )
    return said


def _check_removed(value: Any) -> list[InputError]:
    if isinstance(value, bool):
        return []
    detail = "`edition_removed` must be true or false."
    return [InputError("/edition_removed", "not_boolean", detail)]


def _check_note(value: Any) -> list[InputError]:
    if not isinstance(value, str):
        return [InputError("/note", "not_text", "`note` must be text.")]
    if len(value) > NOTE_LENGTH:
        detail = f"`note` has {len(value)} characters; at most {NOTE_LENGTH} are taken."
        return [InputError("/note", "too_long", detail)]
    if any(unicodedata.category(c) in ("Cc", "Cn") and c not in "\n\r\t" for c in value):
        return [InputError("/note", "control_character", "`note` holds a control character.")]
    return []
