"""Query parameters, declared once: read strictly, and shown in the OpenAPI document.

An unknown name, a name given twice and a value that does not fit are refused, all at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from calfcms.api.input_errors import guess_name
from calfcms.api.problems import ApiProblem, InputError


@dataclass(frozen=True)
class Parameter:
    """One query parameter. `parse` raises `ValueError` with a sentence on what is allowed."""

    name: str
    parse: Callable[[str], Any]
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    default: Any = None

    def describe(self) -> OpenApiParameter:
        """The parameter as the OpenAPI document shows it."""
        return OpenApiParameter(
            self.name, dict(self.schema), OpenApiParameter.QUERY, description=self.description
        )


class Parameters:
    """All query parameters that one call takes."""

    def __init__(self, *parameters: Parameter) -> None:
        self._by_name = {parameter.name: parameter for parameter in parameters}
        self.defaults: Mapping[str, Any] = {
            parameter.name: parameter.default for parameter in parameters
        }

    def read(self, query: QueryDict) -> Mapping[str, Any]:
        """The value of every parameter. Raises `ApiProblem` with everything that is wrong."""
        values = dict(self.defaults)
        errors: list[InputError] = []
        for name, given in query.lists():
            try:
                values[name] = self._read_one(name, given)
            except ValueError as error:
                errors.append(InputError(f"?{name}", _get_code(error), str(error)))
        if errors:
            raise _refuse(errors)
        return values

    def describe(self) -> list[OpenApiParameter]:
        """The parameters as the OpenAPI document shows them."""
        return [parameter.describe() for parameter in self._by_name.values()]

    def _read_one(self, name: str, given: list[str]) -> Any:
        if name not in self._by_name:
            raise UnknownParameter(_say_unknown(name, self._by_name))
        if len(given) > 1:
            raise RepeatedParameter(f"'{name}' is given {len(given)} times. Give it once.")
        return self._by_name[name].parse(given[0])


class UnknownParameter(ValueError):
    """There is no parameter of that name."""


class RepeatedParameter(ValueError):
    """The parameter is there more than once."""


def _get_code(error: ValueError) -> str:
    if isinstance(error, UnknownParameter):
        return "unknown_parameter"
    return "repeated_parameter" if isinstance(error, RepeatedParameter) else "invalid_value"


def _say_unknown(name: str, known: Iterable[str]) -> str:
    allowed = sorted(known)
    guess = guess_name(name[:80], allowed)
    listed = f"It takes {', '.join(allowed)}." if allowed else "It takes no parameters."
    return f"This call has no parameter '{name[:80]}'.{guess} {listed}"


def _refuse(errors: list[InputError]) -> ApiProblem:
    return ApiProblem(
        400,
        "invalid_parameters",
        " ".join(error.detail for error in errors),
        errors=errors,
    )


def parse_choice(*choices: str) -> Callable[[str], str]:
    """A parser for one of these words."""

    def parse(given: str) -> str:
        if given not in choices:
            raise ValueError(f"'{given[:80]}' is not one of {', '.join(choices)}.")
        return given

    return parse


def parse_whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """A parser for a whole number in that range."""

    def parse(given: str) -> int:
        is_number = given.isascii() and given.isdigit() and len(given) <= len(str(highest))
        if not is_number or not lowest <= int(given) <= highest:
            raise ValueError(f"'{given[:80]}' is not a whole number from {lowest} to {highest}.")
        return int(given)

    return parse
