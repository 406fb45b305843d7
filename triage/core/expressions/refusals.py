"""Says why a token can't stand where it stands, and what to write instead."""

from typing import NoReturn

from triage.core.expressions.tokens import ExpressionError, Token

JOINING_WORDS = ("and", "or", "not")


def refuse_extra(token: Token) -> NoReturn:
    if token.text == ")":
        raise token.error("this parenthesis was never opened", "remove it, or add (")
    hint = describe_case(token) or "join two expressions with and or or"
    raise token.error(f"{token.text!r} can't stand here", hint)


def describe_unexpected(token: Token) -> ExpressionError:
    if token.kind == "end":
        return token.error(
            "the expression stops too early", "add a finding, or remove the last word"
        )
    if token.kind == "number":
        return token.error(
            "a number can't stand here", "write the score or the age first: age_years >= 16"
        )
    return token.error(
        f"{token.text!r} can't stand here", "a finding, a comparison or ( is expected"
    )


def describe_case(token: Token) -> str:
    word = token.text.lower()
    return f"write {word} in lower case" if word in JOINING_WORDS and word != token.text else ""
