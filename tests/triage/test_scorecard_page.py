"""The scorecard page of a protocol: the draft beside what is live."""

from typing import Any

import pytest
from django.test import Client

from calfcms.publishing.models import Document, Edition
from calfcms.urgency import Urgency
from tests.publishing.admin.desk import seat, url_of
from tests.triage.conftest import Press
from tests.triage.examples import CASES, change_part, make_case_set, make_content
from triage.confusion_picture import draw_matrix
from triage.scorecard import score_content

SETS = make_case_set(*CASES.values(), must_pass=False)


@pytest.fixture
def desk(press: Press) -> Client:
    return seat(press.reviewer)


def open_page(desk: Client, document: Document) -> str:
    return str(desk.get(url_of("scorecard", document)).content.decode())


def test_it_shows_the_draft_beside_the_live_edition(desk: Client, press: Press) -> None:
    edition = press.publish_both(**SETS)
    press.save_protocol(**SETS, **change_part("rules", "smoke_seen", when="smoke and fever"))

    response = desk.get(url_of("scorecard", edition.document))
    draft, live = response.context["scored"]

    assert (draft.title, live.title) == ("The draft", "Edition 1, which readers get now")
    assert (draft.card.total.hazardous, live.card.total.hazardous) == (1, 0)
    assert response.content.decode().count("<svg role=") == 2


def test_the_picture_and_the_table_have_the_same_numbers(desk: Client, press: Press) -> None:
    page = open_page(desk, press.publish_both(**SETS).document)

    assert page.count('class="confusion-exact"') == 2 * 3
    assert "confusion-under" not in page
    assert "3 of 3 (100.0%)" in page


def test_every_rule_has_its_cases_and_dead_ones_are_flagged(desk: Client, press: Press) -> None:
    page = open_page(desk, press.publish_both(**SETS).document)

    assert "<code>smoke_seen</code>" in page
    assert "True in no case:" in page
    assert page.count("<tr data-dead>") == 3
    assert "Present in no case:" in page


def test_without_cases_there_are_no_figures(desk: Client, published: Edition) -> None:
    page = open_page(desk, published.document)

    assert "It has no cases." in page
    assert "<svg role=" not in page


def test_a_draft_that_cannot_be_read_says_so(desk: Client, press: Press) -> None:
    broken: dict[str, Any] = change_part("rules", "smoke_seen", when="smoke and")
    document = press.save_protocol(**broken)

    assert "It cannot be scored" in open_page(desk, document)


def test_pages_about_conditions_have_no_scorecard(desk: Client, press: Press) -> None:
    page = press.save_page()
    protocol = press.save_protocol()

    assert desk.get(url_of("scorecard", page)).status_code == 404
    assert url_of("scorecard", page) not in desk.get(url_of("overview", page)).content.decode()
    assert url_of("scorecard", protocol) in desk.get(url_of("overview", protocol)).content.decode()


def test_a_square_says_how_far_off_it_is_and_how_common() -> None:
    narrow = change_part("rules", "smoke_seen", when="smoke and fever")
    rows = draw_matrix(score_content(make_content(**SETS, **narrow)).total)
    squares = {(s.expected, s.answered): s for row in rows for s in row.squares}

    missed = squares[Urgency.EMERGENCY, Urgency.ROUTINE]
    assert (missed.count, missed.kind, missed.strength) == (1, "under", 1.0)
    assert squares[Urgency.SELF_CARE, Urgency.SELF_CARE].kind == "exact"
    assert squares[Urgency.URGENT, Urgency.EMERGENCY].kind == "over"
    assert squares[Urgency.URGENT, Urgency.EMERGENCY].strength == 0
