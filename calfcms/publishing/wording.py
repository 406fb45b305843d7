"""What changed between two texts, word by word. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final


class Op(StrEnum):
    """What happened to a run of text. A gap is equal text that may be folded away."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    GAP = "gap"


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, was inserted, or was deleted."""

    op: Op
    text: str


MAX_PAIRS: Final = 2_000_000
"""Pairs of equal words that may be looked at; beyond, texts are compared line by line."""
LEAST_IN_COMMON: Final = 0.4
"""The share of words that must have stayed; with fewer the text counts as written anew."""
CONTEXT_WORDS: Final = 25
"""How many unchanged words stay in sight on each side of a change."""

_WORDS = re.compile(r"\w+|[^\w\s]|\s+")
_LINES = re.compile(r"[^\n]+|\n+")


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """The runs that lead from one text to the other.

    The equal and deleted runs together are `before`, the equal and inserted ones are `after`.
    """
    for split in (_WORDS.findall, _LINES.findall):
        old, new = split(before), split(after)
        if _count_pairs(old, new) <= MAX_PAIRS:
            return _tidy(_match(old, new))
    return _replace(before, after)


def fold(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same runs with the middle of long unchanged stretches turned into gaps."""
    return tuple(
        piece
        for position, run in enumerate(runs)
        for piece in _fold_run(run, keeps_start=position > 0, keeps_end=position < len(runs) - 1)
    )


def _count_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    there = Counter(new)
    return sum(count * there[word] for word, count in Counter(old).items() if not word.isspace())


def _match(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    matcher = SequenceMatcher(_is_space, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    kept = [word for op, i, j, _, _ in codes if op == "equal" for word in old[i:j]]
    if _count_words(kept) < LEAST_IN_COMMON * min(_count_words(old), _count_words(new)):
        return _replace("".join(old), "".join(new))
    runs = []
    for op, i, j, k, m in codes:
        if op == "equal":
            runs.append(Run(Op.EQUAL, "".join(old[i:j])))
        else:
            runs += [Run(Op.DELETE, "".join(old[i:j])), Run(Op.INSERT, "".join(new[k:m]))]
    return tuple(runs)


def _replace(before: str, after: str) -> tuple[Run, ...]:
    runs = (Run(Op.DELETE, before), Run(Op.INSERT, after))
    return tuple(run for run in runs if run.text)


def _is_space(word: str) -> bool:
    return word.isspace()


def _count_words(tokens: Sequence[str]) -> int:
    return sum(1 for token in tokens if token[0].isalnum())


def _tidy(runs: Sequence[Run]) -> tuple[Run, ...]:
    """One deletion and one insertion between two equal runs. White space alone between two changes
    is no equal run: it would tear a phrase to pieces."""
    tidied: list[Run] = []
    deleted = inserted = ""
    last_change = max((n for n, run in enumerate(runs) if run.op != Op.EQUAL), default=0)
    for position, run in enumerate(runs):
        is_glue = run.text in (" ", "") and bool(deleted or inserted) and position < last_change
        if run.op == Op.EQUAL and not is_glue:
            tidied += [*_replace(deleted, inserted), run]
            deleted = inserted = ""
            continue
        deleted += "" if run.op == Op.INSERT else run.text
        inserted += "" if run.op == Op.DELETE else run.text
    return (*tidied, *_replace(deleted, inserted))


def _fold_run(run: Run, *, keeps_start: bool, keeps_end: bool) -> list[Run]:
    words = re.findall(r"\s*\S+\s*", run.text)
    kept = CONTEXT_WORDS * (keeps_start + keeps_end)
    if run.op != Op.EQUAL or len(words) <= kept + CONTEXT_WORDS:
        return [run]
    start = CONTEXT_WORDS if keeps_start else 0
    end = len(words) - (CONTEXT_WORDS if keeps_end else 0)
    pieces = [
        Run(Op.EQUAL, "".join(words[:start])),
        Run(Op.GAP, "".join(words[start:end])),
        Run(Op.EQUAL, "".join(words[end:])),
    ]
    return [piece for piece in pieces if piece.text]
