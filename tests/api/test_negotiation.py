"""Choosing a media type and a locale from what a client accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.api.locales import list_accepted_locales, parse_locale
from calfcms.api.quality import choose_media_type, parse_quality_list

OFFERED = ("application/json", "text/html; charset=utf-8", "text/markdown; charset=utf-8")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", 0),
        ("*/*", 0),
        ("text/html", 1),
        ("TEXT/HTML", 1),
        ("text/*", 1),
        ("text/*, text/html;q=0.5", 2),
        ("text/html;q=0.5, application/json;q=0.5", 0),
        ("text/html;level=1", 1),
        ("application/json ; q=0.1 , text/markdown; q=0.2", 2),
        ("*/*;q=0.1, application/json;q=0", 1),
        ("application/json;q=2, text/html", 1),
        ("image/png", None),
        ("application/json;q=0.000", None),
        (",;,", None),
    ],
)
def test_the_best_offer_wins(accept: str, chosen: int | None) -> None:
    expected = None if chosen is None else OFFERED[chosen]

    assert choose_media_type(accept, OFFERED) == expected


@pytest.mark.parametrize(
    ("header", "locales"),
    [
        ("en", ("en", "en-*")),
        ("en-gb", ("en-GB", "en", "en-*")),
        ("zh-hant-tw", ("zh-Hant-TW", "zh-Hant", "zh", "zh-*", "en")),
        ("hi;q=0.5, fr", ("fr", "fr-*", "hi", "hi-*", "en")),
        ("hi;q=0, fr", ("fr", "fr-*", "en")),
        ("*", ("en",)),
        ("fr, *;q=0.5", ("fr", "fr-*", "en")),
        ("%, _, x' OR 1=1", ("en",)),
        ("", ("en",)),
    ],
)
def test_locales_come_in_order_of_preference(header: str, locales: tuple[str, ...]) -> None:
    assert list_accepted_locales(header, "en") == locales


def test_a_long_list_of_wishes_is_cut() -> None:
    header = ", ".join(f"a{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")

    assert len(list_accepted_locales(header, "en")) <= 9


@given(st.text(max_size=60))
def test_any_header_can_be_read(header: str) -> None:
    parse_quality_list(header)
    choose_media_type(header, OFFERED)
    assert "en" in list_accepted_locales(header, "en")


@pytest.mark.parametrize("given_", ["en", "hi", "en-GB", "zh-Hant", "zh-Hant-TW", "es-419"])
def test_locales_are_read_as_they_are_stored(given_: str) -> None:
    assert parse_locale(given_) == given_


@pytest.mark.parametrize("given_", ["", "EN", "en-gb", "en_GB", "english", "e", "en-", "en\n"])
def test_other_spellings_are_refused(given_: str) -> None:
    with pytest.raises(ValueError, match="is not a locale"):
        parse_locale(given_)
