"""Word-level differences: nothing is lost, nothing is made up, and phrases stay whole."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfcms.publishing.wording import Op, Run, compare_words, fold

texts = st.lists(
    st.sampled_from(["be", "seen", "today", "not", "now", " ", "  ", "\n", "\n\n", ".", ",", "é"]),
    max_size=40,
).map("".join)


def read(runs: tuple[Run, ...], *ops: Op) -> str:
    return "".join(run.text for run in runs if run.op in ops)


@settings(deadline=None)
@given(texts, texts)
def test_the_runs_say_both_texts_whole(before: str, after: str) -> None:
    runs = compare_words(before, after)

    assert read(runs, Op.EQUAL, Op.DELETE) == before
    assert read(runs, Op.EQUAL, Op.INSERT) == after


@settings(deadline=None)
@given(texts)
def test_a_text_is_equal_to_itself(text: str) -> None:
    assert all(run.op == Op.EQUAL for run in compare_words(text, text))


@settings(deadline=None)
@given(texts, texts)
def test_folding_hides_nothing_that_changed(before: str, after: str) -> None:
    runs = compare_words(before, after)

    folded = fold(runs)

    assert "".join(run.text for run in folded) == "".join(run.text for run in runs)
    assert [run for run in folded if run.op in (Op.INSERT, Op.DELETE)] == [
        run for run in runs if run.op in (Op.INSERT, Op.DELETE)
    ]


def test_one_changed_word_is_one_change() -> None:
    runs = compare_words("Be seen today, not later.", "Be seen now, not later.")

    assert runs == (
        Run(Op.EQUAL, "Be seen "),
        Run(Op.DELETE, "today"),
        Run(Op.INSERT, "now"),
        Run(Op.EQUAL, ", not later."),
    )


def test_a_changed_phrase_is_not_torn_at_its_spaces() -> None:
    runs = compare_words(
        "Rest the leg and call your own doctor today.", "Rest the leg and see any nurse today."
    )

    assert [run.text for run in runs if run.op == Op.DELETE] == ["call your own doctor"]
    assert [run.text for run in runs if run.op == Op.INSERT] == ["see any nurse"]


def test_a_text_written_anew_is_shown_whole() -> None:
    before, after = "Put ice on it and rest.", "Walking every day makes the muscle strong."

    assert compare_words(before, after) == (Run(Op.DELETE, before), Run(Op.INSERT, after))


def test_the_unchanged_middle_of_a_long_text_can_be_folded() -> None:
    middle = "word " * 200
    runs = compare_words(f"start {middle}end", f"Start {middle}End")

    gaps = [run for run in fold(runs) if run.op == Op.GAP]

    assert len(gaps) == 1
    assert gaps[0].text.count("word") == 150


@pytest.mark.parametrize("unit", ["a ", "a\n"])
def test_a_text_made_to_be_slow_is_compared_in_time(unit: str) -> None:
    started = time.monotonic()

    runs = compare_words(unit * 50_000 + "x", "y" + unit * 50_001)

    assert time.monotonic() - started < 5  # seconds; by words it would be many minutes
    assert read(runs, Op.EQUAL, Op.INSERT) == "y" + unit * 50_001
