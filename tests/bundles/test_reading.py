"""Reading YAML: what is understood, with which lines, and what is refused with which advice."""

import pytest

from calfcms.bundles.errors import BundleRefused
from calfcms.bundles.reading import MAX_BYTES, read_bytes, read_yaml


def refuse(text: str) -> list[str]:
    """The errors in a text, as they are printed."""
    with pytest.raises(BundleRefused) as refused:
        read_yaml(text, source="x.yaml")
    return [str(error) for error in refused.value.errors]


def test_it_reads_text_numbers_and_truth() -> None:
    bundle = read_yaml("kind: condition\nn: 12\nx: 1.5\nyes_or_no: true\nnothing:\n", source="x")

    assert bundle.data == {
        "kind": "condition",
        "n": 12,
        "x": 1.5,
        "yes_or_no": True,
        "nothing": None,
    }


def test_dates_and_times_stay_text() -> None:
    bundle = read_yaml("on_day: 2026-11-22\nat: 2026-11-22T09:30:00Z\n", source="x")

    assert bundle.data == {"on_day": "2026-11-22", "at": "2026-11-22T09:30:00Z"}


def test_quoted_words_are_text_whatever_they_look_like() -> None:
    bundle = read_yaml("a: '451'\nb: \"no\"\nc: 'null'\n'on': '1e5'\n", source="x")

    assert bundle.data == {"a": "451", "b": "no", "c": "null", "on": "1e5"}


def test_literal_blocks_keep_markdown_as_it_is() -> None:
    bundle = read_yaml("body: |\n  # One\n\n  - a: b\n    * c\n", source="x")

    assert bundle.data == {"body": "# One\n\n- a: b\n  * c\n"}


def test_every_key_and_entry_has_a_line() -> None:
    text = "kind: x\nparts:\n- id: a\n  body: |\n    long\n    text\n- id: b\n  a/b~c: 1\n"

    bundle = read_yaml(text, source="x")

    assert bundle.line_of("/kind") == 1
    assert bundle.line_of("/parts") == 2
    assert bundle.line_of("/parts/0/body") == 4
    assert bundle.line_of("/parts/1") == 7
    assert bundle.line_of("/parts/1/a~1b~0c") == 8


def test_what_is_not_in_the_file_has_the_line_of_what_is_around_it() -> None:
    bundle = read_yaml("kind: x\nparts:\n- id: a\n", source="x")

    assert bundle.line_of("/parts/0/title/text") == 3
    assert bundle.line_of("/title") == 1


def test_an_error_prints_file_line_message_and_hint() -> None:
    assert refuse("a: 1\nb: 2\na: 3\n") == [
        "x.yaml:3: `a` is given twice. Leave one; the first is on line 1."
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: &x 1\n", 1, "`&x` is an anchor"),
        ("a: 1\nb: *x\n", 2, "`*x` is an alias"),
        ("a: 1\nb: !!str 5\n", 2, "is a tag"),
        ("a: !ruby/object {}\n", 1, "is a tag"),
        ("a: no\n", 1, "Write 'false' without quotes"),
        ("a: Yes\n", 1, "Write 'true' without quotes"),
        ("a: ~\n", 1, "Leave the key out"),
        ("a: 010\n", 1, "'010'"),
        ("a: 22:30\n", 1, "'22:30'"),
        ("a: 1e5\n", 1, "'1e5'"),
        ("a: 0x1F\n", 1, "'0x1F'"),
        ("a: .nan\n", 1, "'.nan'"),
        ("a: 1\n2: b\n", 2, "The key `2` is not text"),
        ("on: b\n", 1, "The key `on` is not text"),
        ("<<: {a: 1}\n", 1, "The key `<<` is not text"),
        ("? [a]\n: b\n", 1, "cannot be a key"),
        ("a:\n\tb: 1\n", 2, "Indent with two spaces"),
        ("a:\n  b: 1\n c: 2\n", 3, "indentation"),
        ("a: b: c\n", 1, "Put the text in quotes"),
        ("a: @b\n", 1, "Put the text in quotes"),
        ("a: 1\nb: 'c\n", 2, "never closed"),
        ("a: [1\n", 1, "not closed"),
        ("a: 1\nb: \x07\n", 2, "U+0007"),
        ("a: 1\n---\nb: 1\n", 2, "A second document"),
        ("", 1, "A bundle is a mapping"),
        ("# only a comment\n", 1, "A bundle is a mapping"),
        ("- a\n", 1, "A bundle is a mapping"),
        ("a: " + "[" * 60 + "]" * 60, 1, "nested more than 40 deep"),
    ],
)
def test_it_refuses_with_a_line_and_advice(text: str, line: int, says: str) -> None:
    errors = refuse(text)

    assert len(errors) == 1
    assert errors[0].startswith(f"x.yaml:{line}: ")
    assert says in errors[0]


def test_all_errors_are_found_at_once() -> None:
    errors = refuse("a: no\nb: &x 1\nb: 010\n")

    assert [error.split(": ")[0] for error in errors] == [
        "x.yaml:1",
        "x.yaml:2",
        "x.yaml:3",
        "x.yaml:3",
    ]


def test_it_refuses_what_is_not_utf8_with_its_line() -> None:
    with pytest.raises(BundleRefused) as refused:
        read_bytes(b"a: 1\nb: caf\xe9\n", source="x.yaml")

    assert str(refused.value) == "x.yaml:2: The byte 0xE9 is not UTF-8. Save it as UTF-8."


def test_it_refuses_a_huge_file_without_reading_it() -> None:
    with pytest.raises(BundleRefused, match=r"x.yaml:1: .* Split it"):
        read_bytes(b"a" * (MAX_BYTES + 1), source="x.yaml")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    bundle = read_bytes("\ufeffa: b\r\nc: d\r\n".encode(), source="x")

    assert bundle.data == {"a": "b", "c": "d"}
