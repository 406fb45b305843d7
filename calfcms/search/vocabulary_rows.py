"""The words of a collection as rows: how many live documents have each."""

import json
from collections.abc import Collection as Some
from typing import Any, Final

from django.db import connection

from calfcms.search.models import Collection

_INCREASE: Final = (
    "INSERT INTO search_vocabularyword (collection_id, word, documents, changed_in) "
    "SELECT %s, {word}, 1, %s FROM {words} WHERE true "  # else SQLite takes ON for a join's
    "ON CONFLICT (collection_id, word) DO UPDATE SET "
    "documents = search_vocabularyword.documents + 1, changed_in = excluded.changed_in"
)
_DECREASE: Final = (
    "UPDATE search_vocabularyword SET documents = documents - 1, changed_in = %s "
    "WHERE collection_id = %s AND word IN (SELECT {word} FROM {words})"
)
_GIVEN: Final = {
    "postgresql": {"word": "given.word", "words": "unnest(%s::text[]) AS given(word)"},
    "sqlite": {"word": "given.value", "words": "json_each(%s) AS given"},
}
"""A list of words as a table."""


def count_words(
    collection: Collection, *, before: Some[str], after: Some[str], version: int
) -> None:
    """One document had these words before, and has those after. Only what changed is written."""
    gone = sorted(set(before) - set(after))
    come = sorted(set(after) - set(before))
    given = _GIVEN[connection.vendor]
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(_DECREASE.format(**given), [version, collection.pk, _write(gone)])
        if come:
            cursor.execute(_INCREASE.format(**given), [collection.pk, version, _write(come)])


def _write(words: list[str]) -> Any:
    return words if connection.vendor == "postgresql" else json.dumps(words, ensure_ascii=False)
