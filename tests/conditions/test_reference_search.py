"""References are found by what people remember of them."""

import pytest

from conditions.models import Reference
from conditions.reference_search import search_references

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _references(db: None) -> None:
    Reference.objects.create(
        key="mueller-2019",
        csl={
            "type": "article-journal",
            "title": "Über leuchtende Öhren",
            "author": [{"family": "Müller", "given": "Jana"}],
            "container-title": "J Imaginary Med",
            "issued": {"date-parts": [[2019, 5]]},
        },
        doi="10.1234/jim.2019.45",
    )
    Reference.objects.create(key="ear-board", csl={"type": "webpage", "title": "Glowing ears"})
    Reference.objects.create(key="old-ear", csl={"type": "book", "title": "Ears of old"})


@pytest.mark.parametrize(
    "query",
    [
        "müller",
        "MÜLLER",
        "Müller 2019",
        "öhren",
        "imaginary leuchtende",
        "10.1234/jim",
        "@mueller",
        "mueller-2019",
    ],
)
def test_a_reference_is_found_by(query: str) -> None:
    assert [row.key for row in search_references(query)] == ["mueller-2019"]


def test_every_word_must_be_found() -> None:
    assert not search_references("müller glowing").exists()


def test_the_best_fitting_key_comes_first() -> None:
    assert [row.key for row in search_references("ear")] == ["ear-board", "old-ear"]
    assert [row.key for row in search_references("old-ear")] == ["old-ear"]


def test_a_word_after_an_at_sign_is_looked_for_in_keys_only() -> None:
    assert not search_references("@glowing").exists()


def test_nothing_asked_lists_everything_by_key() -> None:
    assert [row.key for row in search_references(" ")] == ["ear-board", "mueller-2019", "old-ear"]


def test_signs_with_a_meaning_in_sql_mean_themselves() -> None:
    assert not search_references("%").exists()
    assert not search_references("_").exists()
