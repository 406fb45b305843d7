"""One text as readers will see it, while it is being written."""

from typing import Any

import pytest

from tests.conditions.admin.editor_scene import Desk

pytestmark = pytest.mark.django_db


def preview(desk: Desk, *pointers: str, **changes: Any) -> Any:
    draft = desk.read() | changes
    response = desk.post("preview", {"draft": draft, "pointers": list(pointers)})
    assert response.status_code == 200
    return response.json()["html"]


def test_citations_have_the_numbers_of_the_page(desk: Desk) -> None:
    html = preview(desk, "/faqs/0/answer", "/summary")

    assert '<a href="#ref-2" class="citation"' in html["/faqs/0/answer"]
    assert '<a href="#ref-1" class="citation"' in html["/summary"]


def test_a_source_that_is_not_there_stays_as_it_was_written(desk: Desk) -> None:
    assert preview(desk, "/summary", summary="So [@nobody].") == {
        "/summary": "<p>So [@nobody].</p>"
    }


def test_headings_stand_below_those_around_them(desk: Desk) -> None:
    inner = {"id": "b", "aspect": "overview", "headline": "B", "body": "# In"}
    outer = {"id": "a", "aspect": "overview", "headline": "A", "body": "# Out"}
    sections = [outer | {"sections": [inner]}]

    html = preview(
        desk,
        *("/sections/0/body", "/sections/0/sections/0/body", "/summary"),
        sections=sections,
        summary="# Top",
    )

    assert html == {
        "/sections/0/body": "<h3>Out</h3>",
        "/sections/0/sections/0/body": "<h4>In</h4>",
        "/summary": "<h3>Top</h3>",
    }


def test_the_disclaimer_is_shown_as_the_plain_text_that_readers_get(desk: Desk) -> None:
    assert preview(desk, "/disclaimer", disclaimer="**Not** a <b>diagnosis</b>.") == {
        "/disclaimer": "<p>Not a &lt;b&gt;diagnosis&lt;/b&gt;.</p>"
    }


def test_a_link_to_a_page_that_is_not_published_leads_nowhere(desk: Desk) -> None:
    html = preview(
        desk, "/summary", summary="[hum](condition:ear-hum) [here](condition:ear-glow#smoke)"
    )

    assert "ear-hum" not in html["/summary"]
    assert '<a href="#smoke"' in html["/summary"]


def test_a_draft_with_faults_is_previewed_all_the_same(desk: Desk) -> None:
    html = preview(desk, "/summary", title="", summary="**So** [@ito-2019]")

    assert "<strong>So</strong>" in html["/summary"]
    assert "#ref-1" in html["/summary"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html,<script>)",
    ],
)
def test_nothing_that_runs_gets_through(desk: Desk, text: str) -> None:
    html = preview(desk, "/summary", summary=text)["/summary"]

    assert "<script" not in html
    assert "<img" not in html
    assert "<a" not in html


@pytest.mark.parametrize("pointer", ["/lost", "/sections/99/body", "/sections/x", "/title/0", ""])
def test_places_without_text_are_left_out(desk: Desk, pointer: str) -> None:
    assert preview(desk, pointer) == {}


def test_it_refuses_what_no_editor_sends(desk: Desk) -> None:
    assert desk.post("preview", {"draft": {}, "pointers": "x"}).status_code == 400
