"""What ranking needs to know of the documents that were found: read once, then held by the process.

An entry is made of an edition, which never changes, and its key is that of a live period, which no
other edition ever has. So what is held is right for as long as words are analysed in the same way.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from calfcms.api.recent import Recent
from calfcms.publishing.prepared import fetch_rows
from calfcms.search.languages import ANALYSIS
from calfcms.search.ranking import Profile, read_profile

MAX_BYTES: Final = 64 * 1024 * 1024
"""Some five thousand documents; of more, those that are found most often are held."""
_TIMES: Final = 6
"""A profile takes so many times the memory of the text that it is read from."""

profiles: Recent[Profile] = Recent(max_size=MAX_BYTES)


def get_profiles(keys: Sequence[int]) -> Mapping[int, Profile]:
    """By the keys of their entries; of what has gone meanwhile, none. One query if any is new."""
    found = profiles.find_all(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        found.update(_read(missing))
    return found


def _read(keys: Sequence[int]) -> dict[int, Profile]:
    read = {}
    for *row, analysis in fetch_rows(_compose(len(keys)), keys):
        profile = read[row[0]] = read_profile(*row)
        if analysis == ANALYSIS:  # another is about to be replaced under the same key
            profiles.keep(profile.key, profile, size=_TIMES * len(row[5]))
    return read


@lru_cache(maxsize=512)
def _compose(keys: int) -> str:
    return (
        "SELECT e.period_id, e.collection_id, e.slug, e.locale, e.length, e.levels, e.names, "  # noqa: S608
        f"e.analysis FROM search_entry e WHERE e.period_id IN ({', '.join(['%s'] * keys)})"
    )
