"""How a reader tells present from absent from what cannot be told, with a vocabulary of its own."""

import gc
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.parsing import Reader


def finding(name: str, phrase: str, *synonyms: str, question: str = "") -> dict[str, Any]:
    return {
        "id": name,
        "phrase": phrase,
        "question": question or f"Is it so that {phrase} was seen anywhere near the beak?",
        "synonyms": synonyms,
    }


FINDINGS = [
    finding("glow", "glowing beak", "shiny beak"),
    finding("fever", "fever"),
    finding("soot", "soot or smoke"),
    finding("mute", "cannot sing", "no song"),
    finding("moult", "moulting", question="Has it been moulting in the last six weeks?"),
    finding("crash", "previous crash", question="Has it ever had a crash?"),
    finding("long", "has lasted more than three weeks"),
    finding("pop", "a pop was heard", "pop"),
]
READER = Reader(FINDINGS)


def read(text: str) -> dict[str, str]:
    return {one.finding: one.value for one in READER.read(text)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fever", {"fever": "present"}),
        ("The beak is glowing.", {"glow": "present"}),
        ("no fever", {"fever": "absent"}),
        ("The beak isn't glowing", {"glow": "absent"}),
        ("neither fever nor a glowing beak", {"fever": "absent", "glow": "absent"}),
        ("no fever but a glowing beak", {"fever": "absent", "glow": "present"}),
        ("fever: none", {"fever": "absent"}),
        ("it can't sing", {"mute": "present"}),
        ("no longer able to sing", {"mute": "present"}),
        ("it can sing", {}),
        ("cannot sing well", {}),
        ("there was a loud pop", {"pop": "present"}),
        ("it eats pop corn", {}),
        ("The beak hurts and it is glowing", {}),
    ],
)
def test_what_is_said_plainly(text: str, said: dict[str, str]) -> None:
    assert read(text) == said


@pytest.mark.parametrize("text", ["no soot", "no smoke", "not shiny, the beak"])
def test_who_denies_a_part_does_not_deny_the_whole(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "if it has a fever",
        "Is it a fever?",
        "isn't it a fever",
        "worried about fever",
        "not sure about the fever",
        "not without fever",
        "no fever yesterday",
        "no fever except at night",
        "no medicine helps the fever",
        "I take nothing for the fever",
        "I can't stand the fever, my sister says",
        "my sister had a fever, I am well",
        "last year it had a fever",
        "the fever has gone away",
        "fever, no",
        "No fever. Later: fever!",
    ],
)
def test_what_cannot_be_told_is_left_out(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("moulting four weeks ago", {"moult": "present"}),
        ("moulting eight weeks ago", {}),
        ("moulting last year", {}),
        ("moulting in 2015", {}),
        ("it had a crash in 2015", {"crash": "present"}),
        ("for four weeks now", {"long": "present"}),
        ("for 2 weeks now", {}),
    ],
)
def test_time_counts_as_the_finding_says(text: str, said: dict[str, str]) -> None:
    assert read(text) == said


def test_words_are_given_as_they_stand_in_the_text() -> None:
    text = "🌙 Its BEAK, oddly, glowing. Nó… no  fever"

    found = {one.finding: one.words for one in READER.read(text)}

    assert [words.text for words in found["glow"]] == ["BEAK", "glowing"]
    assert [words.text for words in found["fever"]] == ["no  fever"]


@given(st.text(alphabet=st.sampled_from(list(" .,?!'’\nabfeovrnlwigk🌙é")), max_size=300))
def test_any_text_is_read_and_its_words_are_its_own(text: str) -> None:
    for one in READER.read(text):
        assert one.words
        assert all(text[words.start : words.end] == words.text for words in one.words)


def test_misspelt_words_are_understood_and_short_ones_left_alone() -> None:
    assert read("moultign") == {"moult": "present"}
    assert read("fover") == {}


def test_the_longest_text_takes_no_time() -> None:
    worst = ("glowing beak fever soot smoke " * 100)[:2_000]

    began = time.perf_counter()
    READER.read(worst)

    assert time.perf_counter() - began < 1  # seconds; some 30 ms on an idle machine


def test_nothing_of_a_text_is_remembered() -> None:
    secret = "zebedeeish" + "x" * 7

    READER.read(f"the beak of {secret} is glowing")

    gc.collect()
    held = [value for one in gc.get_objects() if isinstance(one, dict) for value in _keys(one)]
    assert secret not in held


def _keys(one: dict[Any, Any]) -> list[Any]:
    return [key for key in list(one) if isinstance(key, str)] if len(one) < 200_000 else []
