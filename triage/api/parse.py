"""`POST /triage/protocols/{slug}/parse`: findings in free text, suggested and never decided.

The text is read and forgotten: it is in no log, no table, no cache, no metric and no error.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.json_body import read_json_object, refuse_unknown_members
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.reading import JSON, ReadView, require_json
from triage.api.asked_protocol import get_asked_protocol
from triage.api.evaluation_request import EvaluationRequest, read_request, refuse_values
from triage.api.parse_schema import MAX_TEXT, describe_parse
from triage.parsing import Suggestion, Words
from triage.parsing.english import LANGUAGE
from triage.parsing.person import read_person
from triage.published import PublishedProtocol

MEMBERS: Final = ("text", "locale", "edition", "as_of")
NOTE: Final = (
    "These are suggestions from words, made without understanding. Show them with their questions "
    "and evaluate only what the person confirms. What is not suggested is unknown, not absent."
)


@describe_parse
class ParseView(ReadView):
    """`POST /triage/protocols/{slug}/parse`. Reads only: the text is kept nowhere."""

    http_method_names = ["post", "options"]
    scope = "triage"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """What the text says is there and is not. One query."""
        self.read_parameters(request)
        require_json(request)
        text, asked = _read_body(read_json_object(request))
        published, _ = get_asked_protocol(request, slug, asked, at=timezone.now())
        _require_language(published, asked)
        return HttpResponse(
            json.dumps(_build_answer(published, text), ensure_ascii=False, separators=(",", ":")),
            content_type=JSON,
            headers={"Cache-Control": "no-store", "Content-Language": published.locale},
        )


def _read_body(body: Mapping[str, Any]) -> tuple[str, EvaluationRequest]:
    refuse_unknown_members(body, MEMBERS)
    errors = _list_text_errors(body.get("text"))
    others = {name: value for name, value in body.items() if name != "text"}
    try:
        asked = read_request(others)
    except ApiProblem as problem:
        raise refuse_values([*errors, *problem.errors]) from None
    if errors:
        raise refuse_values(errors)
    return body["text"], asked


def _list_text_errors(text: Any) -> list[InputError]:
    if not isinstance(text, str) or not text.strip():
        return [InputError("/text", "invalid_value", "Send what the person wrote, as a text.")]
    if len(text) > MAX_TEXT:
        says = f"The text has {len(text)} characters; at most {MAX_TEXT} are read. Send a part."
        return [InputError("/text", "too_long", says)]
    return []


def _require_language(published: PublishedProtocol, asked: EvaluationRequest) -> None:
    if published.locale.partition("-")[0] == LANGUAGE:
        return
    pointer = "/locale" if asked.locale else "/text"
    says = (
        f"The protocol is in {published.locale}; free text is read in {LANGUAGE} only. "
        f"Send `locale` as {LANGUAGE}, or ask the protocol's questions."
    )
    raise refuse_values([InputError(pointer, "unsupported_language", says)])


def _build_answer(published: PublishedProtocol, text: str) -> dict[str, Any]:
    findings = {finding["id"]: finding for finding in published.findings}
    person = read_person(text)
    return {
        "protocol": {
            "slug": published.protocol.slug,
            "edition": published.edition,
            "digest": published.digest,
        },
        "suggestions": [
            _show(suggestion, findings[suggestion.finding])
            for suggestion in published.reader.read(text)
        ],
        "age_years": _show_said(text, person.age_years, person.age_span),
        "sex": _show_said(text, person.sex, person.sex_span),
        "note": NOTE,
        "disclaimer": published.disclaimer,
    }


def _show(suggestion: Suggestion, finding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "finding": suggestion.finding,
        "value": suggestion.value,
        "phrase": finding["phrase"],
        "question": finding["question"],
        "words": [_show_words(words) for words in suggestion.words],
    }


def _show_words(words: Words) -> dict[str, Any]:
    return {"text": words.text, "start": words.start, "end": words.end}


def _show_said(text: str, value: Any, span: tuple[int, int]) -> dict[str, Any] | None:
    if value is None:
        return None
    start, end = span
    return {"value": value, "words": [_show_words(Words(text[start:end], start, end))]}
