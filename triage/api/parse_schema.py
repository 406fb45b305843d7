"""What reading free text takes and answers, and how the call is described."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from pydantic import ConfigDict, Field

from calfcms.api.schema import Shape, View, add_key_problems, describe_problems, list_security
from triage.api.schema import TAG
from triage.api.shapes import ProtocolPointer

MAX_TEXT: Final = 2_000
"""Characters of a text, as Unicode code points."""


class ParseBody(Shape):
    """What somebody wrote."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    text: Annotated[str, Field(min_length=1, max_length=MAX_TEXT, pattern=r"\S")]
    """In English. It is read and kept nowhere."""
    locale: str | None = None
    edition: Annotated[int, Field(ge=1)] | None = None
    """A past edition of the protocol, instead of the live one."""
    as_of: datetime | None = None
    """The edition that was live at this moment."""


class WordsShape(Shape):
    """Words of the text; `start` and `end` count Unicode code points of the text as it was sent."""

    text: str
    start: int
    end: int


class SuggestionShape(Shape):
    """A finding that the text says is there or not, to be confirmed with its question."""

    finding: str
    value: Literal["present", "absent"]
    phrase: str
    question: str
    words: list[WordsShape]
    """What it relies on."""


class SaidAge(Shape):
    """An age that the text says."""

    value: int
    words: list[WordsShape]


class SaidSex(Shape):
    """A sex that the text says."""

    value: Literal["female", "male"]
    words: list[WordsShape]


class ParseAnswer(Shape):
    """What a text says, as suggestions. What is uncertain is left out: it stays unknown."""

    protocol: ProtocolPointer
    suggestions: list[SuggestionShape]
    age_years: SaidAge | None
    sex: SaidSex | None
    note: str
    """That a person has to confirm each suggestion."""
    disclaimer: str


_STATUSES = (400, 404, 406, 410, 413, 415, 422)
_REASONS = {
    400: "The body is not JSON, or has a member that is unknown.",
    404: "There is no such protocol, or not in this edition or locale.",
    410: "The protocol was withdrawn.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
    422: "The text is missing, too long, or the protocol is in a language that is not read.",
}


def describe_parse(view: View) -> View:
    """A decorator for the view that reads free text."""
    post: Any = extend_schema(
        operation_id="parse_text",
        summary="Which findings somebody's own words say are there, or are not",
        description=(
            "Which of the protocol's findings somebody's own words say are there, or are not. It "
            "only suggests: the client lets the person confirm, and then evaluates. Nothing is "
            "evaluated here and the text is kept nowhere. What is uncertain is left out."
        ),
        tags=[TAG],
        auth=list_security(view),
        request=ParseBody,
        responses={
            200: ParseAnswer,
            **describe_problems(add_key_problems(_STATUSES, view), _REASONS),
        },
        examples=[
            OpenApiExample(
                "a sentence",
                value={"text": "My calf is swollen, no fever."},
                request_only=True,
            )
        ],
    )
    described: View = extend_schema_view(post=post)(view)
    return described
