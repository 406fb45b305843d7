"""A node that could not be written, read or evaluated can't be built either."""

from collections.abc import Callable

import pytest

from triage.core.expressions import (
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
    describe,
    list_finding_ids,
    list_score_ids,
    parse,
)
from triage.core.expressions.nodes import MAX_DEPTH

A = FindingRef("a")


@pytest.mark.parametrize(
    "build",
    [
        lambda: FindingRef(""),
        lambda: FindingRef("Calf"),
        lambda: FindingRef("a\n"),
        lambda: FindingRef("and"),
        lambda: Quantity("sex"),
        lambda: SexIs("other"),  # type: ignore[arg-type]
        lambda: Compare(Quantity("wells"), Comparison.LESS, 10_000),
        lambda: Compare(Quantity("wells"), Comparison.LESS, True),
        lambda: And((A,)),
        lambda: Or(()),
        lambda: Or(("a", "b")),  # type: ignore[arg-type]
        lambda: Not("a"),  # type: ignore[arg-type]
        lambda: AtLeast(0, (A,)),
    ],
)
def test_it_refuses_to_exist(build: Callable[[], Expression]) -> None:
    with pytest.raises(NodeError):
        build()


def test_nesting_has_a_limit_also_without_the_parser() -> None:
    deepest: Expression = A
    for _ in range(MAX_DEPTH - 1):
        deepest = Not(deepest)

    with pytest.raises(NodeError, match="levels deep"):
        Not(deepest)


def test_it_lists_the_ids_it_names() -> None:
    node = parse("a and at_least(1, b, not c) or wells >= 2 or age_years < 2")

    assert list(list_finding_ids(node)) == ["a", "b", "c"]
    assert list(list_score_ids(node)) == ["wells"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a", "calf is swollen"),
        ("a and not b", "calf is swollen and (not: both legs)"),
        ("not (a or b)", "not: (calf is swollen or both legs)"),
        ("at_least(2, a, b, c)", "at least 2 of (calf is swollen; both legs; c)"),
        ("wells >= 2", "Wells score is at least 2"),
        ("age_years < 16", "age in years is under 16"),
        ("sex == male", "sex is male"),
    ],
)
def test_it_reads_as_words(text: str, words: str) -> None:
    phrases = {"a": "calf is swollen", "b": "both legs", "wells": "Wells score"}

    assert describe(parse(text), phrases) == words
