"""What a model refuses, told with the line in the file and what to do."""

from enum import StrEnum
from typing import Annotated, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
)

from calfcms.bundles.explaining import explain, list_repeated
from calfcms.bundles.reading import read_yaml


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"
    GREEN = "green"


def _refuse_odd(text: str) -> str:
    if text == "odd":
        raise ValueError("this is odd: write it evenly")
    return text


class Leaf(BaseModel):
    """Something in a list."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[StrictStr, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    note: Annotated[StrictStr, AfterValidator(_refuse_odd), Field(max_length=5)] = ""
    months: Annotated[StrictInt, Field(ge=1, le=60)] | None = None
    fresh: StrictBool = False
    doi: StrictStr | None = Field(default=None, alias="DOI")


class Tree(BaseModel):
    """Something with a list."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[StrictStr, Field(min_length=1)]
    leaves: tuple[Leaf, ...] = ()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("leaves: []\n", "x:1: `title` is missing. Add `title: …` here."),
        ("title: 451\n", "x:1: `title` must be text, not 451. Put it in quotes: '451'."),
        ("title: {a: b}\n", "x:1: `title` must be text. Write one line, or a block"),
        ("title: ''\n", "x:1: `title` is empty. Write something"),
        ("title: a\ntitel: b\n", "x:2: `titel` is not a key here. Did you mean `title`?"),
        ("title: a\nqqq: b\n", "x:2: `qqq` is not a key here. The keys here are title, leaves."),
        ("title: a\nleaves:\n", "x:2: `leaves` has no value. Write one, or leave the key out."),
        ("title: a\nleaves: b\n", "x:2: `leaves` must be a list. Begin each entry on a line"),
        ("title: a\nleaves:\n- b\n", "x:3: Entry 1 of `leaves` must be a mapping."),
        ("title: a\nleaves:\n- note: b\n", "x:3: `id` is missing. Add `id: …` here."),
        ("title: a\nleaves:\n- id: A b\n", "x:3: `id` cannot be 'A b'. Use lower-case letters"),
    ],
)
def test_it_explains(text: str, error: str) -> None:
    assert explain_errors(text)[0].startswith(error)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("colour: gren", "`colour` cannot be 'gren'. Write one of 'red' or 'green'. Did you mean"),
        ("size: smal", "`size` cannot be 'smal'. Write one of 'small' or 'large'. Did you mean"),
        ("note: odd", "`note`: this is odd: write it evenly."),
        ("note: 'too long'", "`note` has more than 5 characters. Shorten it."),
        ("months: 61", "`months` must be 60 or less, not 61. Correct the number."),
        ("months: 0", "`months` must be 1 or more, not 0. Correct the number."),
        ("months: '1'", "`months` must be a whole number, not '1'. Write digits without quotes."),
        ("fresh: 'true'", "`fresh` must be true or false, not 'true'. Write true without quotes."),
        ("doi: a", "`doi` is not a key here. Did you mean `DOI`?"),
        ("DOI: 10", "`DOI` must be text, not 10. Put it in quotes: '10'."),
    ],
)
def test_it_explains_members_of_entries_on_their_line(line: str, error: str) -> None:
    errors = explain_errors(f"title: a\nleaves:\n- id: b\n- id: c\n  {line}\n")

    assert len(errors) == 1
    assert errors[0].startswith(f"x:5: {error}")


def test_errors_come_in_the_order_of_the_lines() -> None:
    errors = explain_errors("title: 1\nleaves:\n- id: A\n- colour: b\nother: c\n")

    assert [error.split(": ")[0] for error in errors] == ["x:1", "x:3", "x:4", "x:4", "x:5"]


def test_repeated_values_are_errors_on_their_lines() -> None:
    bundle = read_yaml("a: one\nb: two\nc: one\n", source="x")

    errors = list_repeated(bundle, [("one", "/a"), ("two", "/b"), ("one", "/c")])

    assert [str(error) for error in errors] == [
        "x:3: `one` is used twice. Choose another; the first is on line 1."
    ]


def explain_errors(text: str) -> list[str]:
    """What `Tree` has against a text."""
    bundle = read_yaml(text, source="x")
    with pytest.raises(ValidationError) as refused:
        Tree.model_validate(bundle.data)
    return [str(error) for error in explain(refused.value, bundle, Tree)]
