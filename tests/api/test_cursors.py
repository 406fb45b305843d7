"""Cursors and instants: what clients send back is read strictly."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.api.cursors import read_cursor, write_cursor
from calfcms.api.instants import parse_instant


@given(st.text(max_size=30), st.integers())
def test_a_cursor_comes_back_as_it_was(text: str, number: int) -> None:
    assert read_cursor(write_cursor(text, number), str, int) == [text, number]


@given(st.text(max_size=30))
def test_anything_else_is_a_value_error(cursor: str) -> None:
    with suppress(ValueError):
        assert len(read_cursor(cursor, str, int)) == 2


@pytest.mark.parametrize("cursor", [write_cursor(True), write_cursor("1"), write_cursor(1, 2)])
def test_parts_of_another_type_are_refused(cursor: str) -> None:
    with pytest.raises(ValueError, match="Start again"):
        read_cursor(cursor, int)


@pytest.mark.parametrize(
    ("given_", "microsecond"),
    [
        ("2026-11-21T09:30:00Z", 0),
        ("2026-11-21T09:30:00.5Z", 500_000),
        ("2026-11-21T11:30:00.123456789+02:00", 123_456),
        ("2026-11-21t09:30:00z", 0),
    ],
)
def test_timestamps_are_read_in_utc(given_: str, microsecond: int) -> None:
    assert parse_instant(given_) == datetime(2026, 11, 21, 9, 30, 0, microsecond, UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_timestamp_or_refused(given_: str) -> None:
    with suppress(ValueError):
        assert parse_instant(given_).tzinfo is UTC
