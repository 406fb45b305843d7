"""Snippets: the right stretch of a text, and HTML that is safe whatever the text is."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.search.entries import write_places
from calfcms.search.languages import list_terms
from calfcms.search.snippets import MAX_LENGTH, Snippet, make_snippet
from calfcms.search.words import list_forms

LONG = "Nothing of note here. " * 30
MARKUP = re.compile(r"</?mark>")


def make(text: str, *words: str, language: str = "en") -> Snippet:
    """The snippet of a text as it was indexed, for these words."""
    known = {form: list_terms(form, language) for form in list_forms(text)}
    terms = {term for word in words for term in list_terms(word, language)}
    return make_snippet(text, write_places(text, known), terms)


def test_a_short_text_is_shown_whole_with_its_words_marked() -> None:
    snippet = make("Pain in the joints.", "painful", "joint")

    assert snippet.html == "<mark>Pain</mark> in the <mark>joints</mark>."
    assert snippet.text == "Pain in the joints."


def test_a_long_text_is_cut_between_words_around_what_was_looked_for() -> None:
    snippet = make(f"{LONG}A painful joint. {LONG}", "pain", "joint")

    assert "A <mark>painful</mark> <mark>joint</mark>" in snippet.html
    assert len(snippet.text) <= MAX_LENGTH
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert set(snippet.text.strip("…").replace(".", "").split()) <= {
        *("Nothing", "of", "note", "here", "A", "painful", "joint")
    }


def test_it_shows_where_the_most_different_words_are() -> None:
    snippet = make(f"Pain, pain, pain. {LONG} Pain in a joint.", "pain", "joint")

    assert "<mark>joint</mark>" in snippet.html


def test_without_a_word_to_mark_it_is_the_beginning() -> None:
    snippet = make(f"First words. {LONG}", "absent")

    assert snippet.text.startswith("First words.")
    assert "<mark>" not in snippet.html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script> pain",
        "<mark onclick=x>pain</mark>",
        "pain & <b>more</b> \"quoted\" 'too'",
        "&lt;script&gt; pain",
    ],
)
def test_what_looks_like_markup_is_shown_as_text(hostile: str) -> None:
    snippet = make(hostile, "pain")

    inside = MARKUP.sub("", snippet.html)
    assert "<" not in inside
    assert "<mark>pain</mark>" in snippet.html
    assert html.unescape(inside) == snippet.text == hostile


def test_hindi_words_are_marked_whole() -> None:
    snippet = make("पिंडलियों में दर्द होता है।", "पिंडली", language="hi")

    assert snippet.html.startswith("<mark>पिंडलियों</mark> में")


def test_accents_need_not_be_typed() -> None:
    assert make("El corazón late.", "corazon", language="es").html == (
        "El <mark>corazón</mark> late."
    )


@given(st.text(max_size=2_000), st.lists(st.text(min_size=1, max_size=10), max_size=4))
def test_any_text_makes_a_snippet_that_is_safe_and_short(text: str, words: list[str]) -> None:
    line = " ".join(text.split())

    snippet = make(line, *words)

    inside = MARKUP.sub("", snippet.html)
    assert html.unescape(inside) == html.unescape(html.escape(snippet.text))
    assert "<" not in inside
    assert len(snippet.text) <= MAX_LENGTH
    assert snippet.html.count("<mark>") == snippet.html.count("</mark>")
    assert snippet.text.strip("…") in line
