"""A protocol's own words, made ready to be found: phrases, short questions and synonyms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage.parsing import english
from triage.parsing.tokens import Token, list_tokens

MAX_SLOTS: Final = 6
"""Longer descriptions are nobody's words."""
MAX_QUESTION: Final = 3

_LIMIT: Final = re.compile(r"in the last (\w+) (day|week|month|year)s?")
_LASTED: Final = re.compile(r"(?:lasted|gone on) (?:for )?more than (\w+) (day|week|month|year)s?")
_LIFELONG: Final = re.compile(r"\b(ever|previous|past|known|told|many years)\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a finding: words that stand near each other in any order."""

    finding: int
    slots: tuple[frozenset[str], ...]
    """For each word, the keys that will do."""
    literal: tuple[str, ...] = ()
    """Instead of slots: these very words in this order."""
    denies: bool = False
    """Whether denying these words denies the whole finding."""
    as_thing: bool = False
    """Whether the word means this only as a thing: 'a pop'."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long ago a finding may have been."""

    limit: int | None
    """In days, where the protocol says 'in the last …'."""
    lifelong: bool
    """Whether it counts however long ago it was."""
    lasted: int | None
    """In days, where the finding is that something has lasted for more."""


def list_patterns(place: int, finding: Mapping[str, Any]) -> Iterator[Pattern]:
    """How the finding at that place of the vocabulary may be said, each way once."""
    whole = _Whole(finding)
    seen: set[object] = set()
    for text in (finding["phrase"], *_short(finding["question"]), *finding["synonyms"]):
        pattern = _make_pattern(place, text, whole)
        if pattern and (kind := (pattern.slots, pattern.literal)) not in seen:
            seen.add(kind)
            yield pattern


def read_times(finding: Mapping[str, Any]) -> Times:
    """What phrase and question say about when it may have been."""
    text = f"{finding['phrase']} {finding['question']}".lower()
    limits = [_count_days(number, unit) for number, unit in _LIMIT.findall(text)]
    lasted = [_count_days(number, unit) for number, unit in _LASTED.findall(text)]
    return Times(
        limit=max(limits, default=None),
        lifelong=bool(_LIFELONG.search(text)),
        lasted=max(lasted, default=None),
    )


def list_keys(text: str) -> list[str]:
    """What the words of a text count as, without the silent ones."""
    return [token.key for token in list_tokens(text) if token.key]


def _count_days(number: str, unit: str) -> int:
    count = int(number) if number.isdigit() else english.NUMBERS.get(number, 1)
    return count * english.DAYS[unit]


class _Whole:
    """What has to be denied for a finding to be absent: all that its phrase or question says."""

    def __init__(self, finding: Mapping[str, Any]) -> None:
        self._phrase = frozenset(list_keys(finding["phrase"]))
        self._question = frozenset(list_keys(finding["question"]))
        self._alternatives = _list_alternatives(finding["phrase"])
        self._asked_alternatives = _list_alternatives(finding["question"])

    def is_denied_by(self, keys: frozenset[str]) -> bool:
        """Whether denying these words leaves nothing of the finding.

        'No blisters' does not deny 'blisters or black skin', nor 'not wheezy' 'short of breath'.
        """
        if keys <= self._phrase and not keys & self._alternatives:
            return keys == self._phrase or not keys & self._asked_alternatives
        return keys <= self._question and not self._asked_alternatives


def _list_alternatives(text: str) -> frozenset[str]:
    """The words joined by 'or' or commas, of which each alone would be enough."""
    tokens = list_tokens(text)
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token.form == "or" or "," in token.before:
            found |= _run(tokens[:place][::-1]) | _run(tokens[place + (token.form == "or") :])
    return frozenset(found)


def _run(tokens: Sequence[Token]) -> set[str]:
    keys: set[str] = set()
    for token in tokens:
        if not token.key:
            if keys:
                break
            continue
        keys.add(token.key)
    return keys


def _short(question: str) -> Sequence[str]:
    plain = question.rstrip("?")
    counts = any(token.form in english.NUMBERS for token in list_tokens(plain))
    is_long = len(list_keys(plain)) > MAX_QUESTION
    return () if counts or is_long or _list_alternatives(plain) else (plain,)


def _make_pattern(place: int, text: str, whole: _Whole) -> Pattern | None:
    tokens = list_tokens(text)
    slots = _list_slots(tokens)
    keys = frozenset(token.key for token in tokens if token.key)
    if len(slots) > MAX_SLOTS or not tokens:
        return None
    positive = keys - {english.NOT, english.CANNOT, english.WITHOUT}
    if len(slots) > 1 and positive:
        return Pattern(place, slots, denies=positive == keys and whole.is_denied_by(keys))
    if len(tokens) > 1:
        forms = tuple(token.form for token in tokens)
        return Pattern(place, (), forms, denies=whole.is_denied_by(keys) and bool(keys))
    stem = tokens[0].stem
    if not tokens[0].key or (stem in english.AMBIGUOUS and tokens[0].form in english.SILENT):
        return None
    alone = frozenset({_alone(tokens[0])})
    ambiguous = stem in english.AMBIGUOUS
    return Pattern(
        place, (alone,), denies=not ambiguous and whole.is_denied_by(keys), as_thing=ambiguous
    )


def _alone(token: Token) -> str:
    """A word alone is found by its stem: 'warm' is not 'heat' without a neighbour that says so."""
    return token.stem


def _list_slots(tokens: Sequence[Token]) -> tuple[frozenset[str], ...]:
    """One slot for each word; words joined by 'or' share one."""
    slots: list[set[str]] = []
    joined = False
    for place, token in enumerate(tokens):
        if token.form == "or":
            joined = bool(slots)
        elif token.key:
            listed = "," in token.before and any(one.form == "or" for one in tokens[place:])
            if slots and (joined or listed):
                slots[-1].add(token.key)
            else:
                slots.append({token.key})
            joined = False
    return tuple(frozenset(slot) for slot in slots)
