"""What a process knows of the words in the index, and how it learns what is new.

All of it is read once. After that, only the words that changed are, when a search says that the
index has another version. So it is never stale, and costs a search no query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from calfcms.publishing.prepared import fetch_rows
from calfcms.search.languages import get_language, list_terms
from calfcms.search.models import SynonymGroup
from calfcms.search.questions import Lexicon
from calfcms.search.synonyms import join_synonyms

VERSION: Final = "COALESCE((SELECT i.version FROM search_index i), 0)"
"""The version of the index, in SQL."""


@dataclass(frozen=True)
class Vocabulary:
    """The collections and their words, as of one version of the index."""

    version: int = -1
    lexicons: Mapping[tuple[str, str], Lexicon] = field(default_factory=dict)
    """By kind and locale."""

    def list_lexicons(self, *, kind: str, locale: str | None) -> tuple[Lexicon, ...]:
        """Those in which documents of a kind are searched: one locale's, or all."""
        return tuple(
            lexicon
            for (its_kind, its_locale), lexicon in self.lexicons.items()
            if its_kind == kind and locale in (None, its_locale) and lexicon.documents
        )


class _Held:
    """The vocabulary of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.vocabulary = Vocabulary()

    def renew(self) -> Vocabulary:
        with self._lock:
            self.vocabulary = read_vocabulary(self.vocabulary)
            return self.vocabulary

    def clear(self) -> None:
        self.vocabulary = Vocabulary()


held = _Held()


def get_vocabulary() -> Vocabulary:
    """What this process knows; at first it has to read it."""
    return held.vocabulary if held.vocabulary.version >= 0 else held.renew()


def read_vocabulary(known: Vocabulary) -> Vocabulary:
    """The vocabulary as it is now, of which this much was known before."""
    # The version first: what is committed meanwhile is then read again next time.
    version = fetch_rows(f"SELECT {VERSION}", [])[0][0]
    if version < known.version:
        known = Vocabulary()  # another database: a backup was put back
    collections = fetch_rows(
        "SELECT id, kind, locale, documents FROM search_collection ORDER BY kind, locale", []
    )
    words = _read_words(known.version)
    groups = _read_synonyms()
    lexicons = {
        (kind, locale): _make_lexicon(
            (key, locale, documents),
            known.lexicons.get((kind, locale)),
            words.get(key, ()),
            groups,
        )
        for key, kind, locale, documents in collections
    }
    return Vocabulary(version, lexicons)


def _read_words(since: int) -> dict[int, list[tuple[str, int]]]:
    rows = fetch_rows(
        "SELECT collection_id, word, documents FROM search_vocabularyword WHERE changed_in > %s",
        [since],
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for collection, word, documents in rows:
        found.setdefault(collection, []).append((word, documents))
    return found


def _read_synonyms() -> list[tuple[str, Sequence[str]]]:
    groups = SynonymGroup.objects.order_by("locale", "slug")
    return [(group.locale, group.words) for group in groups]


def _make_lexicon(
    head: tuple[int, str, int],
    known: Lexicon | None,
    changed: Iterable[tuple[str, int]],
    groups: Sequence[tuple[str, Sequence[str]]],
) -> Lexicon:
    key, locale, documents = head
    words = dict(known.words) if known else {}
    counts = dict(known.counts) if known else {}
    for word, now in changed:
        before = words.pop(word, 0)
        if now:
            words[word] = now
        for term in list_terms(word, get_language(locale)):
            counts[term] = counts.get(term, 0) + now - before
    return Lexicon(key, locale, documents, counts, words, join_synonyms(groups, locale=locale))
