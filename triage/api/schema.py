"""How triage's own calls are described."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view

from calfcms.api.schema import (
    LIST_HEADERS,
    View,
    add_key_problems,
    describe_get,
    describe_not_modified,
    describe_problems,
    list_security,
)
from triage.api.parameters import FINDINGS
from triage.api.shapes import EvaluationBody, EvaluationShape, FindingList

TAG = "triage"

describe_findings = describe_get(
    "get_protocol_findings",
    tag=TAG,
    summary="The findings of a protocol, with their questions; `q` searches them",
    answers={200: FindingList, **describe_not_modified()},
    problems=(400, 404, 406),
    parameters=FINDINGS,
    headers=(*LIST_HEADERS, "Content-Language"),
)

_STATUSES = (400, 404, 406, 410, 413, 415, 422)
_REASONS = {
    400: "The body is not JSON, or has a member that is unknown.",
    404: "There is no such protocol, or not in this edition or locale.",
    410: "The protocol was withdrawn.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "A finding, region or value is not one of the protocol's; `errors` names each.",
}


def describe_evaluate(view: View) -> View:
    """A decorator for the view that evaluates."""
    post: Any = extend_schema(
        operation_id="evaluate_protocol",
        summary="How soon somebody with these findings should be seen, and why",
        description=(
            "How soon somebody with these findings should be seen, and why. What is unknown never "
            "lowers the urgency, no rule cancels another, and nothing about the person is kept. "
            "Information, not a diagnosis."
        ),
        tags=[TAG],
        auth=list_security(view),
        request=EvaluationBody,
        responses={
            200: EvaluationShape,
            **describe_problems(add_key_problems(_STATUSES, view), _REASONS),
        },
        examples=[
            OpenApiExample(
                "nothing known but an age",
                value={"age_years": 63, "findings": {}},
                request_only=True,
            )
        ],
    )
    described: View = extend_schema_view(post=post)(view)
    return described
