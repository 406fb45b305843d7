"""Reads texts with the words of one protocol."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from triage.parsing import english
from triage.parsing.assertion import Assertion, Context, is_speaker, opens
from triage.parsing.mentions import Index, Mention
from triage.parsing.times import find_lasting
from triage.parsing.tokens import (
    Statement,
    Token,
    describe_word,
    list_statements,
    list_tokens,
)
from triage.parsing.vocabulary import Pattern, list_patterns, read_times

SHORTEST_MISSPELT: Final = 6
"""Shorter words are taken as they are: one letter makes another word of them."""
LONG: Final = 11
"""From this length on, two letters may be wrong."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text as they stand there; places count Unicode code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A finding that the text says is there or not, to be confirmed."""

    finding: str
    value: str
    words: tuple[Words, ...]


class Reader:
    """The vocabulary of a protocol, compiled once."""

    def __init__(self, findings: Sequence[Mapping[str, Any]]) -> None:
        self._ids = [finding["id"] for finding in findings]
        self._times = [read_times(finding) for finding in findings]
        self._index = Index(
            [one for place, finding in enumerate(findings) for one in list_patterns(place, finding)]
        )
        words = {
            token.form: token
            for finding in findings
            for text in (finding["phrase"], *finding["synonyms"])
            for token in list_tokens(text)
        }
        alike = [form for forms in english.ALIKE.values() for form in forms]
        self._known = {*words, *alike, *english.ALL_WORDS}
        self._spellings = sorted(
            form
            for form in {*words, *alike}
            if len(form) >= SHORTEST_MISSPELT - 1 and " " not in form and form not in english.SILENT
        )
        self._stems = {describe_word(form)[0] for form in self._known}

    def read(self, text: str) -> list[Suggestion]:
        """What the text says, in the order of the vocabulary. What is uncertain is left out."""
        tokens = list_tokens(text, self._correct)
        statements = list_statements(text, tokens)
        has_speaker = any(map(is_speaker, tokens))
        said: dict[int, dict[Assertion, list[Token]]] = {}
        for statement, is_open in zip(statements, _list_open(statements), strict=True):
            mentions = self._list_mentions(statement)
            context = Context(statement, mentions, is_open=is_open, has_speaker=has_speaker)
            for mention in mentions:
                times = self._times[mention.pattern.finding]
                assertion, places = context.judge(mention, times)
                if assertion is not Assertion.UNCERTAIN:
                    found = said.setdefault(mention.pattern.finding, {}).setdefault(assertion, [])
                    found += [statement.tokens[place] for place in places]
        return [
            Suggestion(
                self._ids[place], next(iter(values)), _join(text, next(iter(values.values())))
            )
            for place, values in sorted(said.items())
            if len(values) == 1  # who says both has to be asked
        ]

    def _list_mentions(self, statement: Statement) -> list[Mention]:
        return [*self._index.list_mentions(statement.tokens), *self._list_lasting(statement)]

    def _list_lasting(self, statement: Statement) -> Iterator[Mention]:
        lasting = find_lasting(statement.tokens)
        for finding, times in enumerate(self._times):
            if lasting and times.lasted and lasting.days > times.lasted:
                yield Mention(Pattern(finding, ()), lasting.places)

    def _correct(self, token: Token) -> Token:
        """The word that was meant, where it is spelt almost like one of the protocol's."""
        form = token.form
        if len(form) < SHORTEST_MISSPELT or form in self._known or token.stem in self._stems:
            return token
        cutoff = 2 if len(form) >= LONG else 1
        found = process.extractOne(form, self._spellings, scorer=OSA.distance, score_cutoff=cutoff)
        if found is None or found[0][0] != form[0]:
            return token
        stem, key = describe_word(found[0])
        return replace(token, form=found[0], stem=stem, key=key)


def _list_open(statements: Sequence[Statement]) -> list[bool]:
    """Whether what an earlier statement of the sentence supposes still holds in each."""
    found: list[bool] = []
    supposes, sentence = False, -1
    for statement in statements:
        if statement.sentence != sentence or statement.turns:
            supposes, sentence = False, statement.sentence
        found.append(supposes)
        supposes = supposes or opens(statement.tokens)
    return found


def _join(text: str, tokens: Sequence[Token]) -> tuple[Words, ...]:
    """The words as they stand in the text, neighbours together."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted({(token.start, token.end) for token in tokens}):
        if spans and text[spans[-1][1] : start].isspace():
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(Words(text[start:end], start, end) for start, end in spans)
