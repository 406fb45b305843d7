"""What a client sends to be triaged: read strictly, nothing dropped in silence.

An unknown member is a 400; an unknown finding, region or value is a 422 that names it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from calfcms.api.input_errors import guess_name
from calfcms.api.instants import parse_instant
from calfcms.api.locales import parse_locale
from calfcms.api.problems import ApiProblem, InputError
from calfcms.json_pointer import pointer_to
from triage.core.evaluate import GENERIC_REGION
from triage.core.facts import MAX_AGE_YEARS, Facts, Presence, Sex
from triage.core.protocol import Protocol
from triage.core.wording import Speaker

MAX_AGE_MONTHS = 23
"""`age_months` is for children under two years; from then on, `age_years`."""

MAX_EDITION = 2**31 - 1

MAX_ERRORS = 20
"""Named in one answer. A body can hold a hundred thousand, and each takes a while to word."""


@dataclass(frozen=True)
class EvaluationRequest:
    """The shape of a request, checked; its findings are not yet held against a protocol."""

    findings: Mapping[str, Presence]
    age_years: int | None = None
    age_months: int | None = None
    sex: Sex = Sex.UNKNOWN
    region: str = GENERIC_REGION
    speaker: Speaker = Speaker.SELF
    previous: str | None = None
    """The receipt of an earlier contact of the same person."""
    locale: str | None = None
    edition: int | None = None
    as_of: datetime | None = None


def read_request(body: Mapping[str, Any]) -> EvaluationRequest:
    """The request in a body. Raises `ApiProblem` with everything that is wrong with it."""
    _refuse_unknown_members(body)
    errors: list[InputError] = []
    values: dict[str, Any] = {"findings": {}}
    for name, value in body.items():
        if value is None and name != "findings":
            continue
        try:
            values[name] = _READERS[name](value)
        except _Wrong as wrong:
            errors.extend(wrong.at(f"/{name}"))
    errors.extend(_list_contradictions(values))
    if errors:
        raise refuse_values(errors)
    return EvaluationRequest(**values)


def build_facts(request: EvaluationRequest, protocol: Protocol) -> Facts:
    """What is known, for that protocol. Raises `ApiProblem` for findings that it does not have."""
    known = protocol.vocabulary.findings
    if unknown := [name for name in request.findings if name not in known]:
        raise refuse_values(_say_unknown_finding(name, known) for name in unknown)
    return Facts(
        findings=request.findings,
        age_years=request.age_years,
        age_months=request.age_months,
        sex=request.sex,
    )


def refuse_values(errors: Iterable[InputError]) -> ApiProblem:
    """422, with each value that does not fit, up to `MAX_ERRORS`."""
    return _refuse(422, "invalid_values", errors)


def _refuse(status: int, code: str, errors: Iterable[InputError]) -> ApiProblem:
    remaining = iter(errors)
    listed = list(islice(remaining, MAX_ERRORS))
    details = [error.detail for error in listed]
    if next(remaining, None):
        details.append(f"And more: these are the first {MAX_ERRORS}.")
    return ApiProblem(status, code, " ".join(details), errors=listed)


def say_unknown_region(given: str, known: Iterable[str]) -> InputError:
    """The error for a region that the protocol has no numbers for."""
    return InputError(
        "/region",
        "unknown_region",
        f"There is no region '{given[:80]}'. Use one of {', '.join(sorted(known))}.",
    )


class _Wrong(ValueError):
    """What is wrong with one member, and the place within it."""

    def __init__(self, code: str, detail: str, pointer: str = "") -> None:
        self.errors = [(pointer, code, detail)]

    def at(self, pointer: str) -> list[InputError]:
        return [InputError(pointer + inner, code, detail) for inner, code, detail in self.errors]


def _refuse_unknown_members(body: Mapping[str, Any]) -> None:
    if unknown := [name for name in body if name not in _READERS]:
        raise _refuse(400, "unknown_member", (_say_unknown_member(name) for name in unknown))


def _say_unknown_member(name: str) -> InputError:
    guess = guess_name(name[:80], _READERS)
    return InputError(
        pointer_to("", name[:80]),
        "unknown_member",
        f"The body has no member '{name[:80]}'.{guess} It takes {', '.join(sorted(_READERS))}.",
    )


def _say_unknown_finding(name: str, known: Iterable[str]) -> InputError:
    guess = guess_name(name[:80], known)
    return InputError(
        pointer_to("/findings", name[:80]),
        "unknown_finding",
        f"There is no finding '{name[:80]}' in this protocol.{guess}",
    )


def _read_findings(value: Any) -> dict[str, Presence]:
    if not isinstance(value, dict):
        raise _Wrong("invalid_value", "`findings` is an object: finding id to value.")
    wrong = _Wrong("", "")
    wrong.errors = [
        (pointer_to("", name[:80]), "invalid_value", _say_presence(name, given))
        for name, given in value.items()
        if given not in _PRESENCES
    ]
    if wrong.errors:
        raise wrong
    return {name: Presence(given) for name, given in value.items()}


_PRESENCES = tuple(presence.value for presence in Presence)


def _say_presence(name: str, given: Any) -> str:
    return f"'{name[:80]}' is {_show(given)}; it can be {', '.join(_PRESENCES)}."


def _show(value: Any) -> str:
    """What was sent, as it was sent, where it is short enough to be repeated."""
    if isinstance(value, list | dict):
        return "an array" if isinstance(value, list) else "an object"
    return json.dumps(value, ensure_ascii=False)[:40]


def _read_number(lowest: int, highest: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # to JSON, 42.0 is the integer 42
        if type(value) is not int or not lowest <= value <= highest:
            raise _Wrong(
                "invalid_value",
                f"{_show(value)} is not a whole number from {lowest} to {highest}.",
            )
        return value

    return read


def _read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong("invalid_value", f"{_show(value)} is not a text.")
    return value


def _read_sex(value: Any) -> Sex:
    try:
        return Sex(value)
    except ValueError:
        listed = ", ".join(Sex)
        raise _Wrong("invalid_value", f"{_show(value)} is not one of {listed}.") from None


def _read_locale(value: Any) -> str:
    try:
        return parse_locale(_read_text(value))
    except ValueError as error:
        raise _Wrong("invalid_value", str(error)) from None


def _read_as_of(value: Any) -> datetime:
    try:
        at = parse_instant(_read_text(value))
    except ValueError as error:
        raise _Wrong("invalid_value", str(error)) from None
    if at > timezone.now():
        raise _Wrong("invalid_value", f"'{value}' lies in the future. Leave it out for now.")
    return at


def _read_speaker(value: Any) -> Speaker:
    try:
        return Speaker(value)
    except ValueError:
        listed = ", ".join(Speaker)
        raise _Wrong("invalid_value", f"{_show(value)} is not one of {listed}.") from None


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "findings": _read_findings,
    "age_years": _read_number(0, MAX_AGE_YEARS),
    "age_months": _read_number(0, MAX_AGE_MONTHS),
    "sex": _read_sex,
    "region": _read_text,
    "speaker": _read_speaker,
    "previous": _read_text,
    "locale": _read_locale,
    "edition": _read_number(1, MAX_EDITION),
    "as_of": _read_as_of,
}


def _list_contradictions(values: Mapping[str, Any]) -> Iterable[InputError]:
    for one, other in (("age_years", "age_months"), ("edition", "as_of")):
        if one in values and other in values:
            yield InputError(f"/{other}", "contradiction", f"Give {one} or {other}, not both.")
