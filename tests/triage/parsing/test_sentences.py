"""The labelled sentences: floors a little below what was measured, and no false all-clear."""

import pytest

from tests.triage.parsing.sentences import list_findings, list_sentences, score
from triage.parsing import Reader

FINDINGS = list_findings("calf-pain")
READER = Reader(FINDINGS)


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_no_warning_sign_is_called_absent_that_was_not_denied(part: str) -> None:
    result = score(READER, list_sentences(part), FINDINGS)

    assert result.false_absents == []


def test_what_it_was_made_with_is_read_about_as_well_as_published() -> None:
    result = score(READER, list_sentences("development"), FINDINGS)

    assert result.overall.precision >= 0.98
    assert result.overall.recall >= 0.94
    assert result.present.precision >= 0.98
    assert result.present.recall >= 0.94
    assert result.absent.precision >= 0.98
    assert result.absent.recall >= 0.91


def test_the_sentences_are_as_many_as_published_and_no_two_the_same() -> None:
    development, held_out = list_sentences("development"), list_sentences("held_out")

    texts = {one.text.casefold() for one in (*development, *held_out)}

    assert len(held_out) >= 100
    assert len(texts) == len(development) + len(held_out)


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_labels_name_findings_of_the_protocol(part: str) -> None:
    known = {finding["id"] for finding in FINDINGS}

    named = {name for one in list_sentences(part) for name in one.present | one.absent | one.may}

    assert named <= known
