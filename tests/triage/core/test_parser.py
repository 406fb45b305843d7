"""What clinicians may write, and what they are told when they may not."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.core.strategies import expressions
from triage.core.expressions import (
    And,
    AtLeast,
    Compare,
    Comparison,
    Expression,
    ExpressionError,
    FindingRef,
    Not,
    Or,
    Quantity,
    SexIs,
    Vocabulary,
    parse,
    render,
)

A, B, C = FindingRef("a"), FindingRef("b"), FindingRef("c")
VOCABULARY = Vocabulary(frozenset({"calf_swelling", "both_legs"}), frozenset({"wells_dvt"}))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A),
        ("not a", Not(A)),
        ("not not a", Not(Not(A))),
        ("a and b and c", And((A, B, C))),
        ("a and b or c", Or((And((A, B)), C))),
        ("a and (b or c)", And((A, Or((B, C))))),
        ("(a and b) and c", And((And((A, B)), C))),
        ("not a and b", And((Not(A), B))),
        ("not (a and b)", Not(And((A, B)))),
        ("at_least(2, a, b, not c)", AtLeast(2, (A, B, Not(C)))),
        ("at_least(1)", AtLeast(1, ())),
        ("wells >= 2", Compare(Quantity("wells"), Comparison.AT_LEAST, 2)),
        ("wells == -1", Compare(Quantity("wells"), Comparison.EQUAL, -1)),
        ("age_years<16", Compare(Quantity("age_years"), Comparison.LESS, 16)),
        ("age_months != 007", Compare(Quantity("age_months"), Comparison.NOT_EQUAL, 7)),
        ("sex == female", SexIs("female")),
        ("sex != male", Not(SexIs("male"))),
        ("\n  a\n  and b\n", And((A, B))),
    ],
)
def test_it_reads(text: str, node: Expression) -> None:
    assert parse(text) == node


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("", 1, 1, "the expression is empty", "name a finding, for example fever"),
        ("  \n ", 2, 2, "the expression is empty", "name a finding, for example fever"),
        ("a and", 1, 6, "the expression stops too early", "add a finding, or remove the last word"),
        ("and a", 1, 1, "'and' can't stand here", "a finding, a comparison or ( is expected"),
        ("a\nand or b", 2, 5, "'or' can't stand here", "a finding, a comparison or ( is expected"),
        ("a b", 1, 3, "'b' can't stand here", "join two expressions with and or or"),
        ("a AND b", 1, 3, "'AND' can't stand here", "write and in lower case"),
        (
            "NOT a",
            1,
            1,
            "'NOT' is no id: use lower-case letters, digits and _, starting with a letter",
            "write not in lower case",
        ),
        ("a && b", 1, 3, "'&' means nothing here", "write and"),
        ("a || b", 1, 3, "'|' means nothing here", "write or"),
        ("!a", 1, 1, "'!' means nothing here", "write not, or != to compare"),
        ("wells = 2", 1, 7, "'=' means nothing here", "write == to compare"),
        ("wells ≥ 2", 1, 7, "'≥' means nothing here", "write >="),
        ("'a'", 1, 1, '"\'" means nothing here', "ids are written without quotes"),
        ("calf-swelling", 1, 5, "'-' means nothing here", "ids use _ and not -"),
        ("(a and b", 1, 1, "this parenthesis is never closed", "add )"),
        ("a and b)", 1, 8, "this parenthesis was never opened", "remove it, or add ("),
        ("(a b)", 1, 4, "'b' can't stand here", "join two expressions with and or or"),
        (
            "1 < wells",
            1,
            1,
            "a number can't stand here",
            "write the score or the age first: age_years >= 16",
        ),
        (
            "1 < wells < 3",
            1,
            1,
            "a number can't stand here",
            "write the score or the age first: age_years >= 16",
        ),
        ("wells > 1 > 3", 1, 11, "comparisons can't be chained", "write a >= 1 and a < 3"),
        ("wells > b", 1, 9, "wells is compared with a whole number", "write wells > 2"),
        ("wells > 1.5", 1, 10, "'.' means nothing here", "numbers are whole"),
        (
            "wells > 99999999999999999999",
            1,
            9,
            "the number is too large",
            "use a whole number up to 9999",
        ),
        ("age_years", 1, 1, "age_years must be compared with a number", "write age_years < 16"),
        ("sex", 1, 4, "sex can only be compared", "write sex == female or sex == male"),
        ("sex < male", 1, 5, "sex can only be compared", "write sex == female or sex == male"),
        (
            "sex == other",
            1,
            8,
            "sex can't be compared with other",
            "write sex == female or sex == male",
        ),
        (
            "sex == ",
            1,
            8,
            "sex can't be compared with nothing",
            "write sex == female or sex == male",
        ),
        ("sex == male == a", 1, 13, "comparisons can't be chained", "write a >= 1 and a < 3"),
        (
            "at_least 2, a",
            1,
            10,
            "at_least needs parentheses",
            "write at_least(2, first_finding, second_finding, third_finding)",
        ),
        (
            "at_least(a, b)",
            1,
            10,
            "at_least needs a whole number first",
            "write at_least(2, first_finding, second_finding, third_finding)",
        ),
        ("at_least(0, a)", 1, 1, "at_least needs a whole number of 1 or more first, not 0", ""),
        ("at_least(2, a, b", 1, 9, "this parenthesis is never closed", "add )"),
        ("female", 1, 1, "'female' is a word of the expression language and can't be an id", ""),
        (
            "a" * 81,
            1,
            1,
            f"{'a' * 81!r} is no id: use lower-case letters, digits and _, starting with a letter",
            "",
        ),
    ],
)
def test_it_refuses(text: str, line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text)

    error = refusal.value
    assert (error.line, error.column) == (line, column)
    assert (error.message, error.hint) == (message, hint)
    assert str(error) == f"line {line}, column {column}: {message}" + (f" ({hint})" if hint else "")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("calf_sweling", "there is no finding 'calf_sweling'", "did you mean calf_swelling?"),
        ("zzz", "there is no finding 'zzz'", "add it first, or choose one that exists"),
        ("wells_dtv >= 2", "there is no score 'wells_dtv'", "did you mean wells_dvt?"),
        ("age_year < 2", "there is no score 'age_year'", "did you mean age_years?"),
        ("wells_dvt", "wells_dvt is a score", "compare it: wells_dvt >= 2"),
        (
            "both_legs >= 2",
            "both_legs is a finding and has no number",
            "write both_legs or not both_legs",
        ),
    ],
)
def test_it_names_the_closest_known_id(text: str, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text, VOCABULARY)

    assert (refusal.value.message, refusal.value.hint) == (message, hint)


def test_it_accepts_what_the_vocabulary_has() -> None:
    text = "calf_swelling and not both_legs or wells_dvt >= 2 or age_years < 16"

    assert render(parse(text, VOCABULARY)) == text


@pytest.mark.parametrize(
    "text",
    ["(" * 5000 + "a" + ")" * 5000, "not " * 2000 + "a", "at_least(1," * 900, "(a or " * 1500],
)
def test_hostile_nesting_is_refused_and_not_followed(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"levels deep|longer than"):
        parse(text)


def test_a_long_flat_expression_is_no_nesting() -> None:
    parse(" and ".join(["a"] * 1500))


def test_depth_that_comes_from_joining_is_refused_with_a_place() -> None:
    text = "a or b and (" * 25 + "a" + ")" * 25

    with pytest.raises(ExpressionError, match="levels deep"):
        parse(text)


@given(expressions)
def test_rendering_and_parsing_give_the_same_expression(node: Expression) -> None:
    assert parse(render(node)) == node


@given(st.text(alphabet="ab()<>=!&,12 \n_notrdsexmal", max_size=40) | st.text(max_size=20))
def test_any_text_is_read_or_refused_politely(text: str) -> None:
    with suppress(ExpressionError):
        node = parse(text)

        assert parse(render(node)) == node
