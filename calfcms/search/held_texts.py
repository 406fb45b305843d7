"""The passages that snippets are taken from: read once and then held, as profiles are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from calfcms.api.recent import Recent
from calfcms.publishing.prepared import fetch_rows
from calfcms.search.languages import ANALYSIS

MAX_BYTES: Final = 64 * 1024 * 1024
"""Some two thousand documents of 40 kB; of more, those that are shown most often are held."""


@dataclass(frozen=True, slots=True)
class Text:
    """The passages of a document, in lines that belong together (`models.EntryText`)."""

    parts: Sequence[str]
    terms: str
    passages: Sequence[str]


texts: Recent[Text] = Recent(max_size=MAX_BYTES)


def get_texts(keys: Sequence[int]) -> Mapping[int, Text]:
    """By the keys of their entries; of what has gone meanwhile, none. One query if any is new."""
    found = texts.find_all(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        found.update(_read(missing))
    return found


def _read(keys: Sequence[int]) -> dict[int, Text]:
    read = {}
    for key, analysis, parts, terms, passages in fetch_rows(_compose(len(keys)), keys):
        text = read[key] = Text(parts.split("\n"), f"{terms}\n", passages.split("\n"))
        if analysis == ANALYSIS:  # another is about to be replaced under the same key
            texts.keep(key, text, size=len(parts) + len(terms) + len(passages))
    return read


@lru_cache(maxsize=128)
def _compose(keys: int) -> str:
    return (
        "SELECT t.entry_id, n.analysis, t.parts, t.terms, t.passages FROM search_entrytext t "  # noqa: S608
        "JOIN search_entry n ON n.period_id = t.entry_id "
        f"WHERE t.entry_id IN ({', '.join(['%s'] * keys)})"
    )
