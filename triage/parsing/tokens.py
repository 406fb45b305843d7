"""A text as statements of words, each with what it counts as when words are compared.

Nothing here remembers a word between two texts: no cache may hold what somebody wrote.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import Stemmer

from triage.parsing import english

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_STEMMER: Final = Stemmer.Stemmer("english", 0)
MAX_STATEMENT: Final = 60
"""Words read at once; who writes on without a stop is read piece by piece."""
_REACH: Final = 8
_STOPS: Final = re.compile(r"[.!?;\n…]|\s[-–—]+\s")
_CLASSES: Final = {form: key for key, forms in english.ALIKE.items() for form in forms}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or several that are read as one."""

    start: int
    end: int
    form: str
    """Small letters; several words with spaces between."""
    stem: str
    key: str
    """What it counts as; empty for a word that carries nothing of its own."""
    before: str
    """What stands between it and the word before."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that a negation can reach."""

    tokens: tuple[Token, ...]
    sentence: int
    asked: bool
    """Whether its sentence ends with a question mark."""
    turns: bool
    """Whether it begins with 'but' or the like."""
    taken_back: bool = False
    """Whether the next statement excepts something: 'unless …'."""
    answered: bool = False
    """Whether the next statement is no more than 'no' or 'yes'."""


def list_tokens(text: str, correct: Callable[[Token], Token] = lambda token: token) -> list[Token]:
    """The words of a text in their order, corrected, and phrases read as one."""
    return list(_merge([correct(token) for token in _split(text)]))


def list_statements(text: str, tokens: Sequence[Token]) -> list[Statement]:
    """The tokens by what is said at once."""
    statements: list[Statement] = []
    held: list[Token] = []
    sentence, turns = 0, False
    for place, token in enumerate(tokens):
        ends = bool(_STOPS.search(token.before))
        turn = token.form in english.TURNS
        if held and (ends or turn or _begins_another(tokens, place)):
            statements.append(_make_statement(text, held, sentence, turns))
            held, turns = [], False
        elif len(held) == MAX_STATEMENT:
            kept = _count_kept(held)
            statements.append(_make_statement(text, held[:kept], sentence, turns))
            held, turns = held[kept:], False
        sentence += ends
        turns = turns or turn
        held.append(token)
    if held:
        statements.append(_make_statement(text, held, sentence, turns))
    return list(_carry(list(_look_ahead(statements))))


def is_negation(token: Token) -> bool:
    """Whether a word says that something is not, or cannot be."""
    return token.key in (english.NOT, english.CANNOT, english.WITHOUT)


def describe_word(form: str) -> tuple[str, str]:
    """The stem of a word and its key."""
    bare = form.removesuffix("'s")
    stem = _stem(bare)
    if form in english.NEGATIONS:
        return stem, english.NOT
    if form == english.WITHOUT:
        return stem, english.WITHOUT
    if form in english.SILENT:
        return stem, ""
    return stem, _CLASSES.get(bare, stem)


def _split(text: str) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        form = match[0].lower().replace("’", "'")
        stem, key = describe_word(form)
        yield Token(match.start(), match.end(), form, stem, key, text[end : match.start()])
        end = match.end()


def _stem(form: str) -> str:
    if len(form) > 4:  # British and American spelling alike: haematoma, colour
        form = form.replace("ae", "e").replace("oe", "e").replace("our", "or")
    stem: str = _STEMMER.stemWord(form)
    return stem


def _list_phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, texts in english.PHRASES.items():
        for text in texts:
            words = tuple(text.split())
            phrases.setdefault(words[0], []).append((words, key))
    for listed in phrases.values():
        listed.sort(key=lambda phrase: -len(phrase[0]))
    return phrases


_PHRASES: Final = _list_phrases()


def _merge(tokens: Sequence[Token]) -> Iterator[Token]:
    place = 0
    while place < len(tokens):
        token, length = _read_phrase(tokens, place)
        yield token
        place += length


def _read_phrase(tokens: Sequence[Token], place: int) -> tuple[Token, int]:
    first = tokens[place]
    for words, key in _PHRASES.get(first.form, ()):
        found = tokens[place : place + len(words)]
        if tuple(token.form for token in found) != words:
            continue
        if all(token.before.isspace() for token in found[1:]):
            form = " ".join(words)
            return replace(first, end=found[-1].end, form=form, stem=key, key=key), len(words)
    return first, 1


def _begins_another(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    starts = token.form in english.STARTERS or token.key == english.CANNOT
    if token.form == "and":
        following = tokens[place + 1].form if place + 1 < len(tokens) else ""
        return following in english.STARTERS or following in _PHRASES_OF_CANNOT
    answered = place > 0 and tokens[place - 1].form in english.ANSWERS
    return (starts or answered) and "," in token.before


_PHRASES_OF_CANNOT: Final = frozenset(english.PHRASES[english.CANNOT])


def _look_ahead(statements: Sequence[Statement]) -> Iterator[Statement]:
    for place, statement in enumerate(statements):
        after = statements[place + 1] if place + 1 < len(statements) else None
        if after is None or after.sentence != statement.sentence:
            yield statement
            continue
        yield replace(
            statement,
            taken_back=after.tokens[0].form in english.EXCEPTIONS,
            answered=all(token.form in english.ANSWERS for token in after.tokens),
        )


def _count_kept(tokens: Sequence[Token]) -> int:
    """How many words to cut off: a negation stays with the words after it."""
    late = range(len(tokens) - _REACH, len(tokens))
    return next((place for place in late if is_negation(tokens[place])), len(tokens))


def _carry(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Give a statement such as 'it is cold' the part of the body that the last one was about."""
    about: tuple[Token, ...] = ()
    for statement in statements:
        part = _find_part(statement.tokens)
        if part:
            about = part
        elif about and _is_about_the_last(statement.tokens):
            yield replace(statement, tokens=(*about, *statement.tokens))
            continue
        yield statement


def _find_part(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The last part of the body, with its side."""
    for place in range(len(tokens) - 1, -1, -1):
        if tokens[place].stem in english.BODY:
            sided = place and tokens[place - 1].form in english.SIDES
            return tuple(tokens[place - bool(sided) : place + 1])
    return ()


def _is_about_the_last(tokens: Sequence[Token]) -> bool:
    words = [token.form for token in tokens[:2]]
    return (words[1:] if words[0] in _LINKS else words)[:1] in _CARRIERS


_LINKS: Final = english.TURNS | {"and"}
_CARRIERS: Final = [[word] for word in english.CARRIERS]


def _make_statement(text: str, tokens: list[Token], sentence: int, turns: bool) -> Statement:
    end = re.search(r"[.!?;\n]", text[tokens[-1].end :])
    asked = bool(end and end[0] == "?")
    return Statement(tuple(tokens), sentence, asked, turns)
