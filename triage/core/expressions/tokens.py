"""Cuts the text of an expression into tokens, each with the place where it stands."""

import re
from dataclasses import dataclass
from typing import Final

MAX_LENGTH: Final = 10_000
"""Characters. The longest rule a person can review is far shorter."""

END: Final = ""
"""The text of the token after the last one."""

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(
    r"(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>-?[0-9]+)|(?P<sign><=|>=|==|!=|[<>(),])"
)
_MISTAKES = {
    "=": "write == to compare",
    "&": "write and",
    "|": "write or",
    "!": "write not, or != to compare",
    "≥": "write >=",
    "≤": "write <=",
    "≠": "write !=",
    "“": "ids are written without quotes",
    '"': "ids are written without quotes",
    "'": "ids are written without quotes",
    "+": "points are added up by a score, not in a rule",
    "-": "ids use _ and not -",
    ".": "numbers are whole",
}


class ExpressionError(ValueError):
    """What is wrong with an expression, where (line and column from 1), and what to write."""

    def __init__(self, message: str, line: int, column: int, hint: str = "") -> None:
        self.message, self.line, self.column, self.hint = message, line, column, hint
        super().__init__(
            f"line {line}, column {column}: {message}" + (f" ({hint})" if hint else "")
        )


@dataclass(frozen=True)
class Token:
    kind: str
    """`word`, `number`, `sign` or `end`."""

    text: str
    line: int
    column: int

    def error(self, message: str, hint: str = "") -> ExpressionError:
        return ExpressionError(message, self.line, self.column, hint)


def list_tokens(text: str) -> list[Token]:
    """Every token of the text, then one of kind `end`."""
    if len(text) > MAX_LENGTH:
        hint = "split it into several rules"
        raise ExpressionError(f"the expression is longer than {MAX_LENGTH} characters", 1, 1, hint)
    tokens, position = [], _skip_space(text, 0)
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise _describe_stray(text, position)
        tokens.append(Token(str(found.lastgroup), found.group(), *_find_place(text, position)))
        position = _skip_space(text, found.end())
    return [*tokens, Token("end", END, *_find_place(text, position))]


def _skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _find_place(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _describe_stray(text: str, position: int) -> ExpressionError:
    character = text[position]
    hint = _MISTAKES.get(
        character, "use ids, numbers, and, or, not, at_least, comparisons and parentheses"
    )
    line, column = _find_place(text, position)
    return ExpressionError(f"{character!r} means nothing here", line, column, hint)
