"""How triage's own calls are described."""

from collections.abc import Sequence
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
from triage.api.shapes import (
    EvaluationBody,
    EvaluationShape,
    FindingList,
    NextShape,
    ReceiptKeyList,
    ReplayBody,
)

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

describe_receipt_keys = describe_get(
    "get_receipt_keys",
    tag=TAG,
    summary="The public keys that receipts are checked with, the one in use first",
    answers={200: ReceiptKeyList},
    headers=("Cache-Control",),
)

_STATUSES = (400, 404, 406, 410, 413, 415, 422, 503)
_REASONS = {
    400: "The body is not JSON, or has a member that is unknown.",
    404: "There is no such protocol, or not in this edition or locale.",
    409: "The answer cannot be worked out again; nothing is shown in its place.",
    410: "The protocol was withdrawn.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "A finding, region, value or receipt is not good; `errors` names each.",
    503: "A review is overdue, and this service answers nothing until it is done.",
}
_NO_PROMISE = (
    "What is unknown never lowers the urgency, no rule cancels another, and nothing that says who "
    "the person is is kept. Information, not a diagnosis."
)
_EXAMPLE = OpenApiExample(
    "nothing known but an age", value={"age_years": 63, "findings": {}}, request_only=True
)


def describe_evaluate(view: View) -> View:
    """A decorator for the view that evaluates."""
    return _describe_post(
        view,
        "evaluate_protocol",
        "How soon somebody with these findings should be seen, and why",
        note=_NO_PROMISE,
        body=EvaluationBody,
        answer=EvaluationShape,
        examples=[_EXAMPLE],
    )


def describe_next(view: View) -> View:
    """A decorator for the view that says what to ask next."""
    return _describe_post(
        view,
        "ask_next",
        "What to ask next, and whether asking may stop",
        note="Red flags first, then what can move the answer furthest. The body is that of "
        "`evaluate`.",
        body=EvaluationBody,
        answer=NextShape,
        examples=[_EXAMPLE],
    )


def describe_replay(view: View) -> View:
    """A decorator for the view that answers a receipt."""
    return _describe_post(
        view,
        "replay_evaluation",
        "The evaluation that a receipt was given with, byte for byte, also years later",
        note="Also of editions that were withdrawn or recalled since.",
        body=ReplayBody,
        answer=EvaluationShape,
        statuses=(400, 404, 406, 409, 413, 415, 422),
    )


def _describe_post(
    view: View,
    operation: str,
    summary: str,
    *,
    note: str,
    body: type,
    answer: type,
    statuses: Sequence[int] = _STATUSES,
    examples: Sequence[OpenApiExample] = (),
) -> View:
    problems = describe_problems(add_key_problems(statuses, view), _REASONS)
    post: Any = extend_schema(
        operation_id=operation,
        summary=summary,
        description=f"{summary}. {note}",
        tags=[TAG],
        auth=list_security(view),
        request=body,
        responses={200: answer, **problems},
        examples=list(examples),
    )
    described: View = extend_schema_view(post=post)(view)
    return described
