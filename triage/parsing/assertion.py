"""Whether what is mentioned is there, is not there, or cannot be told.

After NegEx and ConText (Chapman 2001, Harkema 2009), but a denial has to be plain: between it and
what it denies, and after that, only words that leave it one.
"""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Final

from triage.parsing import english
from triage.parsing.mentions import Mention
from triage.parsing.times import count_days_ago
from triage.parsing.tokens import Statement, Token, is_negation
from triage.parsing.vocabulary import Times

LONG_AGO: Final = 90
"""Days after which what somebody had is a thing of the past."""


class Assertion(StrEnum):
    """What is said about a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCERTAIN = "uncertain"


def _compile(phrases: Collection[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\S)(?:{listed})(?!\S)")


_OPEN: Final = _compile(english.OPEN)
_LIKE: Final = _compile(english.LIKE)
_NOT_DENIED: Final = _compile(english.NOT_DENIED)
_PLAIN: Final = frozenset({"no", "not", "neither", "nor", "without", "none"})
_DENIES: Final = frozenset({"deny", "denies", "denied", "denying"})
_JOINS: Final = frozenset({"or", "nor"})
_BREAKS: Final = frozenset({"and", "when", "where", "which", "who", "since", "than"})


class Context:
    """A statement with all that it mentions."""

    def __init__(
        self, statement: Statement, mentions: Sequence[Mention], *, is_open: bool, has_speaker: bool
    ) -> None:
        self._tokens = statement.tokens
        self._asked = statement.asked
        self._mentions = mentions
        self._forms = [token.form for token in statement.tokens]
        self._text = " ".join(self._forms)
        self._taken_back = statement.taken_back
        self._answered = statement.answered
        self._open = is_open or opens(statement.tokens)
        self._has_speaker = has_speaker
        self._spent = {place for mention in mentions for place in mention.places}
        self._negations = self._list_negations()
        self._days_ago = count_days_ago(statement.tokens)

    def judge(self, mention: Mention, times: Times) -> tuple[Assertion, tuple[int, ...]]:
        """What is said of it, and the places of the words that say so."""
        if self._asked or self._open or self._answered or self._is_of_somebody_else(mention):
            return Assertion.UNCERTAIN, mention.places
        if self._is_over(times):
            return Assertion.UNCERTAIN, mention.places
        before = [place for place in self._negations if place < mention.last]
        if before:
            return self._judge_denial(mention, before)
        if after := self._find_denial_after(mention):
            places = (*mention.places, after)
            denies = mention.pattern.denies and not self._is_narrowed(mention)
            return (Assertion.ABSENT if denies else Assertion.UNCERTAIN), places
        follows = mention.last + 1
        if follows in self._negations:
            return Assertion.UNCERTAIN, mention.places
        return Assertion.PRESENT, mention.places

    def _list_negations(self) -> list[int]:
        harmless = {
            self._text[: match.start()].count(" ") + n
            for match in _NOT_DENIED.finditer(self._text)
            for n in range(match[0].count(" ") + 1)
        }
        # Places are counted in words of the text; a merged token is several of them.
        starts, count = [], 0
        for form in self._forms:
            starts.append(count)
            count += form.count(" ") + 1
        return [
            place
            for place, token in enumerate(self._tokens)
            if is_negation(token) and place not in self._spent and starts[place] not in harmless
        ]

    def _judge_denial(
        self, mention: Mention, before: Sequence[int]
    ) -> tuple[Assertion, tuple[int, ...]]:
        nearest = before[-1]
        others = [place for place in before[:-1] if self._forms[place] not in ("neither", "nor")]
        plain = (
            mention.pattern.denies
            and (not others or self._forms[nearest] == "nor")
            and self._is_sure(nearest)
            and self._reaches(nearest, mention)
            and self._ends_plainly(mention)
            and not self._is_narrowed(mention)
        )
        if plain:
            return Assertion.ABSENT, tuple(sorted({nearest, *mention.places}))
        return Assertion.UNCERTAIN, mention.places

    def _is_sure(self, negation: int) -> bool:
        token = self._tokens[negation]
        if token.key == english.CANNOT or token.form in english.UNSURE_NEGATIONS:
            return False
        return not self._taken_back

    def _reaches(self, negation: int, mention: Mention) -> bool:
        """Whether only words that leave the denial plain stand up to the end of the mention."""
        waits_for_join = False
        for place in range(negation + 1, mention.last + 1):
            if self._joins(place, negation):
                waits_for_join = False
            if place in mention.places:
                if waits_for_join:
                    return False
            elif place in self._spent:
                waits_for_join = True
            elif not (self._joins(place, negation) or self._is_transparent(place, mention)):
                return False
        return not self._has_loose_comma(negation, mention)

    def _joins(self, place: int, negation: int) -> bool:
        """Whether a denial goes on after this word: 'no fever, cough or pain'."""
        form = self._forms[place]
        if form in _JOINS or (form == "and" and self._forms[negation] in _DENIES):
            return True
        return any(mark in self._tokens[place].before for mark in ",/")

    def _is_transparent(self, place: int, mention: Mention) -> bool:
        token = self._tokens[place]
        if token.form in english.TRANSPARENT:
            return True
        within = mention.first < place < mention.last
        return within and not token.key and token.form not in _BREAKS

    def _has_loose_comma(self, negation: int, mention: Mention) -> bool:
        """'No fever, pain' says nothing sure of the pain; 'no fever, pain or cough' does."""
        commas = [
            place
            for place in range(negation + 1, mention.last + 1)
            if "," in self._tokens[place].before
        ]
        joined = any(form in _JOINS for form in self._forms[negation:])
        return bool(commas) and not joined and self._forms[negation] not in _DENIES

    def _ends_plainly(self, mention: Mention) -> bool:
        for place in range(mention.last + 1, len(self._tokens)):
            token = self._tokens[place]
            if place in self._spent or token.form in english.AFTER_DENIAL:
                continue
            if "," in token.before or is_negation(token):
                return self._forms[place] not in ("yet", "until")
            return token.form == "and"
        return True

    def _is_narrowed(self, mention: Mention) -> bool:
        """Whether a denial speaks of one side only, or of the past."""
        others = {form for place, form in enumerate(self._forms) if place not in mention.places}
        return bool(others & (english.SIDES | english.PAST_DENIAL))

    def _find_denial_after(self, mention: Mention) -> int | None:
        place = mention.last + 1
        if place >= len(self._tokens) or self._forms[place] not in english.DENIALS_AFTER:
            return None
        following = place + 1
        ends = following == len(self._tokens) or "," in self._tokens[following].before
        marked = any(mark in self._tokens[place].before for mark in ":-=(")
        return place if ends and marked else None

    def _is_of_somebody_else(self, mention: Mention) -> bool:
        own = {self._forms[place] for place in mention.places}
        others = {form.removesuffix("'s") for form in self._forms} & _PERSONS
        if not others or own & _PERSONS:
            return False
        return self._has_speaker or bool(set(self._forms) & {"had", "died"})

    def _is_over(self, times: Times) -> bool:
        if self._days_ago is None or times.lifelong:
            return False
        return self._days_ago > (times.limit or LONG_AGO)


_PERSONS: Final = (
    english.PEOPLE | english.ALIKE["~relative"] | english.ALIKE["~child"]
) - frozenset({"family"})


def opens(tokens: Sequence[Token]) -> bool:
    """Whether a statement asks, fears, supposes, or speaks of what is over."""
    if _asks_without_a_mark(tokens):
        return True
    forms = [english.CANNOT if token.key == english.CANNOT else token.form for token in tokens]
    if forms[-1] in english.ENDS_OPEN:
        return True
    return bool(_OPEN.search(_LIKE.sub(" ", " ".join(forms))))


def _asks_without_a_mark(tokens: Sequence[Token]) -> bool:
    """'Isn't my calf …'."""
    first, second = (*tokens[:2], None, None)[:2]
    if not first or not second or first.form in _PLAIN:
        return False
    return is_negation(first) and second.form in english.ASKED


def is_speaker(token: Token) -> bool:
    """Whether somebody speaks of themselves here."""
    return token.form in english.FIRST_PERSON
