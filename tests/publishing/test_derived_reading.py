"""Answers that are made from stored JSON, once."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from calfcms.publishing.derived_reading import derive, derived_bodies
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.reading import StoredRendition
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _forget_bodies() -> Iterator[None]:
    derived_bodies.clear()
    yield
    derived_bodies.clear()


def make_rendition(value: dict[str, Any]) -> StoredRendition:
    content = json.dumps(value).encode()
    return StoredRendition(
        locale="en",
        number=1,
        media_type="application/json",
        since=NOON,
        digest=digest_of_bytes(content),
        review_due_on=date(2027, 1, 1),
        content=content,
    )


def test_the_bytes_and_their_digest_are_of_what_was_made() -> None:
    derived = derive(
        make_rendition({"a": 1, "b": "ä"}), name="b", build=lambda value: {"b": value["b"]}
    )

    assert derived.content == '{"b":"ä"}'.encode()
    assert derived.digest == digest_of_bytes(derived.content)
    assert derived.number == 1


def test_it_is_made_once_for_the_same_bytes_and_the_same_name() -> None:
    calls = []

    def build(value: dict[str, Any]) -> dict[str, Any]:
        calls.append(value["a"])
        return value

    for number, name in [(1, "x"), (1, "x"), (1, "y"), (2, "x"), (2, "x")]:
        derive(make_rendition({"a": number}), name=name, build=build)

    assert calls == [1, 1, 2]


def test_what_could_not_be_made_is_not_kept() -> None:
    def refuse(_value: dict[str, Any]) -> dict[str, Any]:
        raise LookupError("not there")

    for _ in range(2):
        with pytest.raises(LookupError):
            derive(make_rendition({}), name="x", build=refuse)

    assert derived_bodies.size == 0
