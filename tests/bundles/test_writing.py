"""Writing YAML: one form for each value, and nothing lost on the way there and back."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from calfcms.bundles.reading import read_yaml
from calfcms.bundles.writing import write_yaml

TRAPS = [
    *("yes", "no", "on", "off", "y", "n", "true", "null", "~", "-", "=", "<<", "2026-11-22"),
    *("010", "1e5", "22:30", "1_000", ".5", "1.", "0x1F", ".inf"),
]
ODD = " \n\t\r:#-|>'\"@&*!%{}[],?~0123456789.e\x85\xa0\u2028\ufeff\x00\U0001f9b5"
WORDS = ["word", "a" * 120, ":", ": ", "#", " #", "- ", "\n", "\n\n", "  ", "no", "'", '"', "é"]

texts = st.one_of(
    st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"]))),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.sampled_from(TRAPS),
)
numbers = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
bundles = st.dictionaries(texts, values, max_size=3)


@given(bundles)
@settings(max_examples=50, deadline=None)
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    assert read_yaml(write_yaml(data), source="x").data == data


@given(bundles)
@settings(max_examples=50, deadline=None)
def test_writing_again_gives_the_same_text(data: dict[str, Any]) -> None:
    text = write_yaml(data)

    assert write_yaml(read_yaml(text, source="x").data) == text


@pytest.mark.parametrize("word", TRAPS)
def test_other_yaml_readers_read_no_word_as_something_else(word: str) -> None:
    read = yaml.safe_load(write_yaml({"word": word}))["word"]

    assert str(read) == word


def test_the_canonical_form() -> None:
    data = {
        "kind": "condition",
        "title": "Pain: what to do",
        "volume": "451",
        "answer": "no",
        "on_day": "2026-11-22",
        "given": "N",
        "flag": True,
        "months": 12,
        "summary": "One line with [@key].\n\n- a\n- b 👣\n",
        "unended": "a\nb",
        "topics": ["eyes"],
        "issued": {"date-parts": [[2008, 1]]},
        "line": "word " * 30 + "end",
    }

    text = write_yaml(data)

    assert text == (
        "kind: condition\n"
        "title: 'Pain: what to do'\n"
        "volume: '451'\n"
        "answer: 'no'\n"
        "on_day: 2026-11-22\n"
        "given: N\n"
        "flag: true\n"
        "months: 12\n"
        "summary: |\n  One line with [@key].\n\n  - a\n  - b 👣\n"
        "unended: |-\n  a\n  b\n"
        "topics:\n- eyes\n"
        "issued:\n  date-parts:\n  - - 2008\n    - 1\n"
        "line: " + "word " * 19 + "word\n  " + "word " * 10 + "end\n"
    )


def test_equal_lists_are_written_out_twice() -> None:
    codes = ["a"]

    assert write_yaml({"x": codes, "y": codes}) == "x:\n- a\ny:\n- a\n"


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="cannot hold nan"):
        write_yaml({"x": float("nan")})
