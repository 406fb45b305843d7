"""An expression that somebody is typing: in words, or what is wrong at which character. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from triage.core.expressions import ExpressionError, Vocabulary, describe, parse

_WORD = re.compile(r"[A-Za-z0-9_]+|[<>=!]=|.")


def check_expression(
    text: str, *, findings: Mapping[str, str], scores: Mapping[str, str]
) -> dict[str, Any]:
    """`{words}` or `{error: {message, hint, start, length}}`.

    `findings` are phrases and `scores` titles by id. `start` counts characters from 0; a length of
    0 means that something is missing there.
    """
    try:
        node = parse(text, Vocabulary(frozenset(findings), frozenset(scores)))
    except ExpressionError as error:
        return {"error": _describe(error, text)}
    return {"words": describe(node, {**findings, **scores})}


def _describe(error: ExpressionError, text: str) -> dict[str, Any]:
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
    found = _WORD.match(text, start)
    return {
        "message": error.message,
        "hint": error.hint,
        "start": start,
        "length": len(found.group()) if found else 0,
    }
