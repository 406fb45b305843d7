"""One line for each kind of source, in the manner of NLM/Vancouver."""

from typing import Any

import pytest

from conditions.citations import format_citation, link_doi, list_identifiers, number_citations
from conditions.references import Csl

ITO = {"family": "Ito", "given": "Hana M"}
DATE = {"date-parts": [[2019, 5, 7]]}

LINES: list[tuple[dict[str, Any], str]] = [
    (
        {
            "type": "article-journal",
            "title": "Glow in the ear",
            "author": [ITO, {"family": "Berg", "given": "Jean-Paul", "suffix": "Jr"}],
            "container-title": "J Imaginary Med",
            "issued": {"date-parts": [[2019]]},
            "volume": "12",
            "issue": "3 Suppl",
            "page": "45-51",
        },
        "Ito HM, Berg JP Jr. Glow in the ear. J Imaginary Med. 2019;12(3 Suppl):45-51.",
    ),
    (
        {
            "type": "webpage",
            "title": "Does the ear glow?",
            "author": [{"literal": "Ear Board"}],
            "publisher": "Ear Board",
            "publisher-place": "Oslo",
            "issued": DATE,
            "accessed": {"date-parts": [[2026, 11, 20]]},
        },
        "Ear Board. Does the ear glow? [Internet]. "
        "Oslo: Ear Board; 2019 May 7 [cited 2026 Nov 20].",
    ),
    (
        {
            "type": "chapter",
            "title": "Light",
            "author": [ITO],
            "editor": [{"family": "Berg", "given": "J"}, {"family": "Dahl", "given": "K"}],
            "container-title": "The ear",
            "edition": "2nd",
            "publisher": "Press",
            "issued": {"date-parts": [[2019]]},
            "page": "7-9",
        },
        "Ito HM. Light. In: Berg J, Dahl K, editors. The ear. 2nd ed. Press; 2019. p. 7-9.",
    ),
    (
        {
            "type": "book",
            "title": "The ear",
            "editor": [{"family": "Berg", "given": "J"}],
            "publisher": "Press",
            "issued": {"date-parts": [[2019]]},
        },
        "Berg J, editor. The ear. Press; 2019.",
    ),
    (
        {"type": "report", "title": "Ears", "publisher": "WHO", "issued": DATE, "number": "7"},
        "Ears. WHO; 2019 May 7. Report No.: 7.",
    ),
    (
        {"type": "thesis", "title": "Ears", "author": [ITO], "publisher": "University"},
        "Ito HM. Ears [dissertation]. University.",
    ),
    (
        {"type": "article", "title": "Ears", "author": [ITO], "publisher": "PreArchive"},
        "Ito HM. Ears [Preprint]. PreArchive.",
    ),
    (
        {"type": "post", "title": "Ears", "author": [ITO], "container-title": "Forum"},
        "Ito HM. Ears [Internet]. Forum.",
    ),
]


@pytest.mark.parametrize(("csl", "line"), LINES, ids=[csl["type"] for csl, _ in LINES])
def test_it_writes_one_line(csl: dict[str, Any], line: str) -> None:
    assert Csl.model_validate(csl).model_dump(mode="json") == csl

    assert format_citation(csl) == line


def test_it_names_six_authors_and_no_more() -> None:
    authors = [{"family": f"Author{letter}"} for letter in "ABCDEFG"]

    line = format_citation({"type": "book", "title": "T", "author": authors})

    assert line == "AuthorA, AuthorB, AuthorC, AuthorD, AuthorE, AuthorF, et al. T."


def test_it_keeps_initials_that_are_given_as_such() -> None:
    authors = [
        {"family": "Allen", "given": "RE"},
        {"family": "Berg", "non-dropping-particle": "van"},
    ]

    assert format_citation({"type": "book", "title": "T", "author": authors}) == (
        "Allen RE, van Berg. T."
    )


def test_it_writes_a_span_of_days() -> None:
    issued = {"date-parts": [[2019, 5, 7], [2019, 5, 9]]}

    assert format_citation({"type": "book", "title": "T", "issued": issued}) == (
        "T. 2019 May 7-2019 May 9."
    )


def test_it_numbers_in_order_of_first_citation_what_exists() -> None:
    numbers = number_citations(["b", "a", "missing", "b", "c"], known=["a", "b", "c", "uncited"])

    assert numbers == {"b": 1, "a": 2, "c": 3}


def test_it_lists_every_way_to_a_source() -> None:
    csl = {"DOI": "10.1234/x", "PMID": "123", "URL": "https://e.org/x"}

    assert list_identifiers(csl) == [
        ("https://doi.org/10.1234/x", "doi:10.1234/x"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "PMID 123"),
        ("https://e.org/x", "https://e.org/x"),
    ]


def test_the_address_of_a_doi_holds_nothing_that_html_could_read() -> None:
    assert link_doi('10.1002/a<b>"c') == "https://doi.org/10.1002/a%3Cb%3E%22c"
