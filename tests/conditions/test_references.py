"""The shape of references: what is refused, and what to do instead."""

from typing import Any

import pytest
from pydantic import ValidationError

from conditions.references import ReferenceDraft, find_doi_fault

CSL: dict[str, Any] = {"type": "article-journal", "title": "A title"}


def make_reference(**csl: Any) -> ReferenceDraft:
    return ReferenceDraft.model_validate({"key": "a-1", "csl": CSL | csl})


def list_faults(**csl: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        make_reference(**csl)
    return str(refusal.value)


def test_it_comes_back_as_csl_json_in_the_order_of_bundles() -> None:
    csl = {"DOI": "10.1234/x", "volume": "3", "issued": {"date-parts": [[2020, 2]]}} | CSL

    dumped = make_reference(**csl).model_dump(mode="json")["csl"]

    assert dumped == csl
    assert list(dumped) == ["type", "title", "issued", "volume", "DOI"]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1038/nature06797",
        "10.1249/JSR.0000000000000292",
        "10.1002/(SICI)1096-8628(19990101)82:1<1::AID-AJMG1>3.0.CO;2-B",
    ],
)
def test_it_takes_the_doi(doi: str) -> None:
    assert find_doi_fault(doi) is None


@pytest.mark.parametrize(
    "doi",
    [
        "10.21203/rs.3.rs-",
        "10.21203/rs.3.rs…",
        "10.21203/rs...",
        "10.21203/rs.3.",
        "10.21203/rs.3,",
        "10.21203/",
        "10.21203",
        "10.1/x",
        "10.1234/a b",
        "10.1234/x\n",
        "10.1234/x(1",
        "doi:10.1234/x",
        "https://doi.org/10.1234/x",
        "",
    ],
)
def test_it_refuses_the_doi_and_says_what_to_do(doi: str) -> None:
    assert "give the reference by title and journal instead" in list_faults(DOI=doi)


@pytest.mark.parametrize("pmid", ["PMC123", "0123", "12 3", "", "1234567890", "１２"])
def test_it_refuses_the_pmid_and_says_what_to_do(pmid: str) -> None:
    assert "give the reference by title and journal instead" in list_faults(PMID=pmid)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//e.org", "https://", "https://e.org/a b"])
def test_it_refuses_the_url(url: str) -> None:
    assert "must be a complete web address" in list_faults(URL=url)


@pytest.mark.parametrize("member", ["doi", "container_title", "journal", "id"])
def test_it_refuses_a_member_that_csl_does_not_have_under_this_name(member: str) -> None:
    assert f"csl.{member}\n  Extra inputs are not permitted" in list_faults(**{member: "x"})


def test_it_refuses_an_unknown_type() -> None:
    assert "csl.type\n" in list_faults(type="paper")


def test_it_refuses_a_reference_without_title() -> None:
    assert "csl.title\n  Value error, must not be empty" in list_faults(title="")


def test_it_refuses_a_date_that_is_none() -> None:
    assert "[2020, 13] is not a date" in list_faults(issued={"date-parts": [[2020, 13]]})


def test_it_refuses_a_date_without_parts() -> None:
    assert "a list of one date" in list_faults(issued={"date-parts": []})


def test_it_refuses_a_name_that_is_both_person_and_organisation() -> None:
    assert "either 'family'" in list_faults(author=[{"family": "Ito", "literal": "Ear Board"}])


def test_it_refuses_a_given_name_beside_an_organisation() -> None:
    assert "stands alone" in list_faults(author=[{"given": "Hana", "literal": "Ear Board"}])


def test_it_refuses_a_check_that_nobody_made() -> None:
    with pytest.raises(ValidationError, match="both 'checked_on' and 'checked_by'"):
        ReferenceDraft.model_validate({"key": "a", "csl": CSL, "checked_on": "2026-11-20"})


@pytest.mark.parametrize("day", [0, "20 November", "2026-11-31", "2026-11-20T00:00:00"])
def test_it_refuses_a_check_on_no_day(day: object) -> None:
    with pytest.raises(ValidationError, match="checked_on"):
        ReferenceDraft.model_validate(
            {"key": "a", "csl": CSL, "checked_on": day, "checked_by": "Eda"}
        )
