"""`GET /api/v1/triage/protocols/{slug}/editions/{number}/diff`: what changed between two editions.

What holds for any kind of content is in `tests/api/test_get_condition_edition_diff.py`.
"""

import copy
from collections.abc import Iterator

import pytest
from django.test import Client

from calfcms.publishing.api.diff_shapes import EditionDifferences
from calfcms.publishing.edition_differences import comparisons
from calfcms.publishing.models import Edition
from calfcms.publishing.patching import apply
from tests.api.problems import read_problem
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import DRAFT
from triage.content import public_content

URL = "/api/v1/triage/protocols/tooth-hum/editions/2/diff"
FIRST = "/api/v1/triage/protocols/tooth-hum/editions/1/diff"


@pytest.fixture(autouse=True)
def _forget_comparisons() -> Iterator[None]:
    comparisons.clear()
    yield
    comparisons.clear()


def test_a_rule_in_other_words_is_a_safety_change(
    client: Client, press: Press, published: Edition
) -> None:
    rules = copy.deepcopy(DRAFT["rules"])
    rules[0]["reason"] = "Because it burns."
    press.publish_protocol(rules=rules)

    differences = client.get(URL).json()

    [part] = differences["parts"]
    assert part["address"] == f"rules/{rules[0]['id']}"
    assert (part["change"], part["safety"], part["safety_change"]) == ("changed", False, True)
    assert [member["name"] for member in part["members"]] == ["reason"]


def test_a_cause_that_is_gone_is_marked(client: Client, press: Press, published: Edition) -> None:
    press.publish_protocol(causes=DRAFT["causes"][:1])

    differences = client.get(URL).json()

    [part] = differences["parts"]
    assert (part["address"], part["change"], part["safety"]) == (
        "causes/sweet-hum",
        "removed",
        True,
    )
    assert differences["safety"]


def test_its_cases_are_no_part_of_what_readers_get(
    client: Client, press: Press, published: Edition
) -> None:
    differences = client.get(FIRST).json()

    assert "case_sets" not in differences["part_lists"]
    assert all(not part["address"].startswith("case_sets") for part in differences["parts"])


def test_an_edition_is_the_one_before_with_its_differences(
    client: Client, press: Press, published: Edition
) -> None:
    second = press.publish_protocol(title="Another title", summary="Shorter.")

    first = apply({}, client.get(FIRST).json())
    content = apply(first, client.get(URL).json())

    assert first == public_content(published.read_content())
    assert content == public_content(second.read_content())


def test_it_fits_its_shape(client: Client, press: Press, published: Edition) -> None:
    press.publish_protocol(title="Another title")

    assert list_faults(EditionDifferences, client.get(FIRST).json()) == []
    assert list_faults(EditionDifferences, client.get(URL).json()) == []


def test_an_edition_that_is_not_there_names_the_last(client: Client, published: Edition) -> None:
    problem = read_problem(client.get(URL), 404, "not_found")

    assert "Its last edition is 1." in problem["detail"]


def test_a_protocol_that_is_not_there_is_404(client: Client, db: None) -> None:
    read_problem(client.get(FIRST), 404, "not_found")


@pytest.mark.parametrize("query", ["against=0", "as_of=2026-11-21T12:00:00Z", "locale=EN"])
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, published: Edition, query: str
) -> None:
    read_problem(client.get(f"{FIRST}?{query}"), 400, "invalid_parameters")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
