"""Sixty queries and the page that each should find first, the same on every database."""

from pathlib import Path

import pytest
import yaml

from tests.search.conftest import CORPUS, FIXTURES, list_found, load

QUERIES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "queries.yaml").read_text()
)


@pytest.mark.slow
def test_each_query_finds_the_page_that_is_meant_first(db: None) -> None:
    load(FIXTURES)
    load(CORPUS)

    wanted = {query: slug for queries in QUERIES.values() for query, slug in queries.items()}
    found = {query: next(iter(list_found(query)), None) for query in wanted}

    assert len(wanted) >= 60
    assert found == wanted
