"""Reads an expression as a clinician writes it, and says line, column and what to write instead
where it can't.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from triage.core.expressions.nodes import (
    AGE_NAMES,
    MAX_DEPTH,
    MAX_NUMBER,
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    FindingRef,
    NodeError,
    Not,
    Or,
    Quantity,
    SexIs,
)
from triage.core.expressions.refusals import (
    JOINING_WORDS,
    describe_case,
    describe_unexpected,
    refuse_extra,
)
from triage.core.expressions.tokens import Token, list_tokens
from triage.core.expressions.vocabulary import Vocabulary

N = TypeVar("N")
P = ParamSpec("P")
Join = Callable[[tuple[Expression, ...]], Expression]
COMPARISONS = frozenset(Comparison)
GROUP_EXAMPLE = "write at_least(2, first_finding, second_finding, third_finding)"


def parse(text: str, vocabulary: Vocabulary | None = None) -> Expression:
    """The expression that the text writes. Without a vocabulary any id is taken; a `Protocol`
    resolves them later.
    """
    return _Parser(list_tokens(text), vocabulary).parse_all()


class _Parser:
    """Recursive descent: `or`, then `and`, then `not`, then comparisons and parentheses."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary | None) -> None:
        self._tokens, self._vocabulary = tokens, vocabulary
        self._position = self._depth = 0

    def parse_all(self) -> Expression:
        if self._next.kind == "end":
            raise self._next.error("the expression is empty", "name a finding, for example fever")
        node = self._parse_or()
        if self._next.kind != "end":
            refuse_extra(self._next)
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _take(self) -> Token:
        """The next token; the last one, of kind `end`, is never passed."""
        token = self._next
        if token.kind != "end":
            self._position += 1
        return token

    def _accept(self, text: str) -> bool:
        is_next = self._next.text == text
        self._position += is_next
        return is_next

    def _parse_or(self) -> Expression:
        return self._parse_chain("or", Or, self._parse_and)

    def _parse_and(self) -> Expression:
        return self._parse_chain("and", And, self._parse_not)

    def _parse_chain(
        self, word: str, join: Join, parse_operand: Callable[[], Expression]
    ) -> Expression:
        first = self._next
        operands = [parse_operand()]
        while self._accept(word):
            operands.append(parse_operand())
        return operands[0] if len(operands) == 1 else _build(first, join, tuple(operands))

    def _parse_not(self) -> Expression:
        """All nesting passes through here, so depth is counted here."""
        first = self._next
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise first.error(
                f"nested more than {MAX_DEPTH} levels deep", "split it into several rules"
            )
        is_negated = self._accept("not")
        node = (
            _build(first, Not, self._parse_not()) if is_negated else self._parse_part(self._take())
        )
        self._depth -= 1
        return node

    def _parse_part(self, token: Token) -> Expression:
        match token:
            case Token(text="("):
                node = self._parse_or()
                self._close(token)
                return node
            case Token(text="at_least"):
                return self._parse_at_least(token)
            case Token(text="sex"):
                return self._parse_sex()
            case Token(kind="word") if token.text not in JOINING_WORDS:
                return self._parse_name(token)
            case _:
                raise describe_unexpected(token)

    def _parse_at_least(self, token: Token) -> Expression:
        opening = self._next
        if not self._accept("("):
            raise opening.error("at_least needs parentheses", GROUP_EXAMPLE)
        number, operands = (
            self._take_number("at_least needs a whole number first", GROUP_EXAMPLE),
            [],
        )
        while self._accept(","):
            operands.append(self._parse_or())
        self._close(opening)
        return _build(token, AtLeast, number, tuple(operands))

    def _close(self, opening: Token) -> None:
        if self._next.kind == "end":
            raise opening.error("this parenthesis is never closed", "add )")
        if not self._accept(")"):
            refuse_extra(self._next)

    def _parse_sex(self) -> Expression:
        hint = "write sex == female or sex == male"
        comparison = self._take()
        if comparison.text not in ("==", "!="):
            raise comparison.error("sex can only be compared", hint)
        value = self._take()
        if value.text not in ("female", "male"):
            raise value.error(f"sex can't be compared with {value.text or 'nothing'}", hint)
        self._refuse_chain()
        node = SexIs("female" if value.text == "female" else "male")
        return node if comparison.text == "==" else Not(node)

    def _parse_name(self, token: Token) -> Expression:
        if self._next.text in COMPARISONS:
            return self._parse_comparison(token)
        if token.text in AGE_NAMES:
            raise token.error(
                f"{token.text} must be compared with a number", f"write {token.text} < 16"
            )
        node = _build(token, FindingRef, token.text)
        if self._vocabulary:
            self._vocabulary.check_finding(token)
        return node

    def _parse_comparison(self, token: Token) -> Expression:
        quantity = _build(token, Quantity, token.text)
        if self._vocabulary:
            self._vocabulary.check_quantity(token)
        comparison = Comparison(self._take().text)
        example = f"write {token.text} {comparison} 2"
        number = self._take_number(f"{token.text} is compared with a whole number", example)
        self._refuse_chain()
        return _build(token, Compare, quantity, comparison, number)

    def _take_number(self, message: str, hint: str) -> int:
        token = self._take()
        if token.kind != "number":
            raise token.error(message, hint)
        if len(token.text.lstrip("-0")) > len(str(MAX_NUMBER)):
            raise token.error("the number is too large", f"use a whole number up to {MAX_NUMBER}")
        return int(token.text)

    def _refuse_chain(self) -> None:
        if self._next.text in COMPARISONS:
            raise self._next.error("comparisons can't be chained", "write a >= 1 and a < 3")


def _build(token: Token, kind: Callable[P, N], *args: P.args, **kwargs: P.kwargs) -> N:
    """The node, or its refusal with the place in the text."""
    try:
        return kind(*args, **kwargs)
    except NodeError as error:
        raise token.error(str(error), describe_case(token)) from None
