"""Facets and internal renditions: frozen with the edition, offered to nobody as a format."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from calfcms.publishing.actions.live_periods import go_live
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.facets import MAX_LENGTH, fit_value
from calfcms.publishing.kinds import Kind, list_kinds
from calfcms.publishing.models import Facet, LiveFacet, Rendition
from conditions.draft import Coding
from tests.api.problems import read_problem
from tests.publishing.conftest import Clock, Workflow


def list_facets(number: int) -> set[tuple[str, str]]:
    return set(Facet.objects.filter(edition__number=number).values_list("name", "value"))


def test_an_edition_keeps_the_facets_that_it_was_published_with(workflow: Workflow) -> None:
    codes = [{"system": "icd10cm", "code": code} for code in ("A1", "B2")]
    workflow.publish_whole(codes=_make_codes(codes[:1]))
    workflow.publish_whole(codes=_make_codes(codes))

    assert list_facets(1) == {("code", "icd10cm:A1"), ("urgency", "urgent")}
    assert list_facets(2) == list_facets(1) | {("code", "icd10cm:B2")}


def _make_codes(codes: list[dict[str, str]]) -> tuple[Coding, ...]:
    return tuple(Coding.model_validate(code) for code in codes)


ALWAYS = {("all", ""), ("locale", "en"), ("urgency", "urgent")}


def list_live_facets() -> set[tuple[str, str]]:
    """What lists find now; each row must be of an open period, and in its place in the order."""
    rows = LiveFacet.objects.select_related("period", "period__document")
    assert all(row.period.ended_at is None for row in rows)
    assert all(row.started_at == row.period.started_at for row in rows)
    assert all(row.kind == row.period.document.kind for row in rows)
    return set(rows.values_list("name", "value"))


def test_lists_walk_the_facets_of_what_is_live_and_no_others(
    workflow: Workflow, clock: Clock
) -> None:
    one, two = (_make_codes([{"system": "icd10cm", "code": code}]) for code in ("A1", "B2"))
    people = workflow.publisher

    first = workflow.publish_whole(codes=one)
    after_first = list_live_facets()
    workflow.publish_whole(codes=two)
    after_second = list_live_facets()
    go_live(first, by=people, at=clock(), reason="The second one lapsed.")
    after_lapse = list_live_facets()
    withdraw(document=first.document, by=people, at=clock(), reason="It was wrong.")

    assert after_first == after_lapse == ALWAYS | {("code", "icd10cm:A1")}
    assert after_second == ALWAYS | {("code", "icd10cm:B2")}
    assert list_live_facets() == set()


def test_editions_of_several_documents_are_walked_side_by_side(workflow: Workflow) -> None:
    workflow.publish_whole()
    workflow.publish_whole(slug="tin-knee")

    assert LiveFacet.objects.filter(name="all").count() == 2
    assert list_live_facets() == ALWAYS


def test_internal_renditions_are_stored_and_are_no_format(
    client: Client, workflow: Workflow
) -> None:
    workflow.publish_whole()

    response = client.get("/api/v1/conditions/glass-elbow?format=citations")

    assert Rendition.objects.filter(format="citations").count() == 1
    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?format"


@pytest.mark.parametrize("kind", list_kinds(), ids=lambda kind: kind.name)
def test_no_format_has_the_name_of_a_card(kind: Kind) -> None:
    assert "card" not in kind.formats
    assert all(len(name) <= 10 for name in kind.formats)


@given(st.text(max_size=400))
def test_a_value_fits_its_column_and_short_ones_stay_as_they_are(value: str) -> None:
    fitted = fit_value(value)

    assert len(fitted) <= MAX_LENGTH
    assert fitted == value or len(value) > MAX_LENGTH


def test_long_values_that_begin_alike_stay_apart() -> None:
    assert fit_value("a" * 300) != fit_value("a" * 299 + "b")
