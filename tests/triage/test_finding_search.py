"""Finding a finding by lay words, also misspelt ones."""

import time
from typing import Any

import pytest

from triage.finding_search import search_findings


def finding(name: str, phrase: str, *synonyms: str) -> dict[str, Any]:
    return {"id": name, "phrase": phrase, "question": f"Have you {phrase}?", "synonyms": synonyms}


FINDINGS = [
    finding("hum", "a humming tooth", "buzzing molar", "singing"),
    finding("swollen_gum", "a swollen gum", "puffy gums"),
    finding("swollen_lip", "a swollen lip", "größere Lippe"),
    finding("glow", "a glowing gum"),
    finding("dard", "dard", "दाँत में दर्द"),
]


def search(query: str) -> list[str]:
    return [found["id"] for found in search_findings(FINDINGS, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("humming", ["hum"]),
        ("HUMMING Tooth", ["hum"]),
        ("molar", ["hum"]),
        ("buzz", ["hum"]),
        ("swollen_gum", ["swollen_gum"]),
        ("gum", ["swollen_gum", "glow"]),
        ("swollen", ["swollen_gum", "swollen_lip"]),
        ("lip swollen", ["swollen_lip"]),
    ],
)
def test_it_finds_by_whole_words_and_by_how_they_begin(query: str, found: list[str]) -> None:
    assert search(query) == found


@pytest.mark.parametrize("query", ["swolen lip", "swollne lip", "swoolen lips", "sowllen lip"])
def test_it_forgives_a_slip(query: str) -> None:
    assert search(query) == ["swollen_lip"]


def test_the_likest_comes_first() -> None:
    findings = [finding("a", "glowing gums"), finding("b", "glow"), finding("c", "glows")]

    found = search_findings(findings, "glow")

    assert [one["id"] for one in found] == ["b", "a", "c"]


def test_every_word_must_occur() -> None:
    assert search("humming gum") == []


@pytest.mark.parametrize("query", ["xylophone", "gmu", "???", "", "_"])
def test_it_finds_nothing_for(query: str) -> None:
    assert search(query) == []


@pytest.mark.parametrize("query", ["großere", "GRÖSSERE", "grössere lippe", "दर्द"])
def test_accents_and_other_scripts_count_for_what_they_are(query: str) -> None:
    assert len(search(query)) == 1


def test_a_word_given_twice_counts_once() -> None:
    assert search("gum gum") == search("gum")


def test_it_gives_the_findings_themselves_in_their_order() -> None:
    assert search_findings(FINDINGS, "a")[0] is FINDINGS[0]
    assert search("a") == ["hum", "swollen_gum", "swollen_lip", "glow"]


def test_the_longest_query_over_a_large_vocabulary_takes_no_time() -> None:
    words = [f"{first}{second}{third}xyz" for first in "abc" for second in "def" for third in "gh"]
    findings = [finding(f"f{n}", " ".join([*words, f"word{n}"])) for n in range(300)]
    query = " ".join(f"w{n}rdz" for n in range(33))[:200]

    began = time.perf_counter()
    search_findings(findings, query)

    assert time.perf_counter() - began < 0.5  # seconds; one comparison for each word, not finding
