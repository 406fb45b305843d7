"""Text to be searched: words as often as in real text (Zipf's law), the same in every run."""

import random
from functools import lru_cache
from itertools import accumulate
from typing import Final

WORDS: Final = 6_000
REAL: Final = (
    *("pain", "leg", "calf", "muscle", "lower", "walk", "rest", "clot", "swollen", "doctor"),
    *("cramp", "night", "skin", "ankle", "strain", "fever", "stretch", "vein", "numb", "bruise"),
)
"""Words that people ask for, among the more frequent half."""
_SYLLABLES: Final = ("ba", "cor", "de", "fil", "gan", "hu", "jo", "kel", "lim", "mor", "nu", "pes")


@lru_cache(maxsize=1)
def _list_words() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Every word, the most frequent first, and the sums of their weights."""
    chance = random.Random(1)
    words = {"".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 4)))) for _ in range(9_000)}
    ordered = sorted(words)[: WORDS - len(REAL)]
    chance.shuffle(ordered)
    for rank, word in enumerate(REAL):
        ordered.insert(20 + rank * 240, word)
    return tuple(ordered), tuple(accumulate(1 / (rank + 10) for rank in range(len(ordered))))


def write_text(seed: int, characters: int) -> str:
    """Sentences of about that length; the same seed says the same."""
    chance = random.Random(seed)
    words, weights = _list_words()
    chosen = chance.choices(words, cum_weights=weights, k=characters // 7)
    sentences = [chosen[start : start + 12] for start in range(0, len(chosen), 12)]
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)
