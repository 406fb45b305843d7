"""The identifiers that sources go by, brought to one form: as they are stored, and as people write
them. Pure."""

import re
from typing import Final
from urllib.parse import unquote

from conditions.references import find_doi_fault

EXAMPLE_DOI: Final = "10.1000/182"
EXAMPLE_PMID: Final = "31018962"

_DOI_ADDRESS: Final = re.compile(r"https?://(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_DOI_PREFIX: Final = re.compile(r"doi:\s*", re.IGNORECASE)
_PMID: Final = re.compile(r"(?:pmid:?\s*)?([1-9][0-9]{0,8})", re.ASCII | re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_MAX_DOI: Final = 300


def normalise_doi(doi: str) -> str:
    """The DOI in lower case: its letters count the same in either (DOI Handbook, 2.4)."""
    return doi.lower()


def read_doi(given: str) -> str:
    """The normalised DOI in what somebody wrote: bare, with `doi:`, or as an address.

    Raises `ValueError` with a sentence.
    """
    text = given.strip()
    address = _DOI_ADDRESS.match(text)
    doi = unquote(text[address.end() :]) if address else _DOI_PREFIX.sub("", text, count=1)
    if len(doi) > _MAX_DOI or _CONTROL.search(doi) or find_doi_fault(doi):
        raise ValueError(
            f"'{given[:80]}' is not a DOI such as {EXAMPLE_DOI}, bare, as doi:{EXAMPLE_DOI} or as "
            f"https://doi.org/{EXAMPLE_DOI}."
        )
    return normalise_doi(doi)


def read_pmid(given: str) -> str:
    """The PMID in what somebody wrote: bare, or with `PMID`. Raises `ValueError`."""
    match = _PMID.fullmatch(given.strip())
    if not match:
        raise ValueError(
            f"'{given[:80]}' is not a PMID: up to nine digits, such as {EXAMPLE_PMID}."
        )
    return match[1]
