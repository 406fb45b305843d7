"""Identifiers of sources, however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.identifiers import normalise_doi, read_doi, read_pmid


@pytest.mark.parametrize(
    ("given_doi", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        (" 10.1000/ABC ", "10.1000/abc"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("HTTPS://DOI.ORG/10.1000/A%2FB", "10.1000/a/b"),
        ("10.1000/100%25", "10.1000/100%25"),
    ],
)
def test_a_doi_is_read_in_any_of_its_forms(given_doi: str, doi: str) -> None:
    assert read_doi(given_doi) == doi


@pytest.mark.parametrize(
    "nonsense", ["", "10.1000", "10.1000/", "11.1000/1", "https://doi.org/", "10.1000/a b", "doi:"]
)
def test_what_is_no_doi_is_refused_with_an_example(nonsense: str) -> None:
    with pytest.raises(ValueError, match=r"not a DOI such as 10\.1000/182"):
        read_doi(nonsense)


@given(st.from_regex(r"10\.[0-9]{4,9}/[A-Za-z0-9]{1,40}", fullmatch=True))
def test_every_form_of_a_doi_is_the_same_doi(doi: str) -> None:
    forms = (doi, doi.upper(), f"doi:{doi}", f"https://doi.org/{doi}")

    assert {read_doi(form) for form in forms} == {normalise_doi(doi)}


@pytest.mark.parametrize("form", ["31018962", "PMID 31018962", "pmid:31018962", "PMID: 31018962"])
def test_a_pmid_is_read_in_any_of_its_forms(form: str) -> None:
    assert read_pmid(form) == "31018962"


@pytest.mark.parametrize("nonsense", ["", "0", "012", "1234567890", "PMC31", "1 2", "٣١"])
def test_what_is_no_pmid_is_refused_with_an_example(nonsense: str) -> None:
    with pytest.raises(ValueError, match="not a PMID: up to nine digits, such as"):
        read_pmid(nonsense)
