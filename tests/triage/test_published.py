"""Published protocols: read in one query, compiled once for each edition."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calfcms.publishing.models import Edition
from tests.triage.conftest import Press
from triage import published as module
from triage.compilation import compile_definition
from triage.core.protocol import Protocol
from triage.published import PublishedProtocol, find_protocol, get_address, list_live_pages
from triage.question import LivePage


def find(slug: str = "tooth-hum", **moment: object) -> PublishedProtocol | None:
    return find_protocol(get_address(slug, ("en",), **moment), at=timezone.now())


def with_pages(*slugs: str, **changes: Any) -> PublishedProtocol:
    """The published protocol, as if it answered for these pages."""
    published = find()
    assert published is not None
    return replace(published, protocol=replace(published.protocol, conditions=slugs), **changes)


def test_it_finds_the_live_edition_ready_to_evaluate(published: Edition) -> None:
    found = find()

    assert found is not None
    assert (found.edition, found.digest, found.locale) == (1, published.digest, "en")
    assert found.protocol == compile_definition(published.read_content())
    assert set(found.references) == {"ito-2019", "tooth-board"}
    assert [finding["id"] for finding in found.findings][:2] == ["hum", "smoke"]
    assert found.disclaimer == "This is information, not a diagnosis."


def test_it_finds_nothing_where_nothing_is_published(press: Press) -> None:
    press.save_protocol()

    assert find() is None
    assert find("gum-fire") is None
    assert find(number=1) is None


def test_it_takes_one_query(published: Edition) -> None:
    with CaptureQueriesContext(connection) as first:
        find()
    with CaptureQueriesContext(connection) as second:
        find()

    assert (len(first), len(second)) == (1, 1)


def test_an_edition_is_compiled_once_however_it_is_asked_for(
    published: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []

    def compile_and_tell(edition: dict[str, Any]) -> Protocol:
        compiled.append(edition["digest"])
        return compile_definition(edition)

    module.compile_edition.cache_clear()
    monkeypatch.setattr(module, "compile_definition", compile_and_tell)

    found = [find(), find(number=1), find(as_of=published.published_at)]

    assert compiled == [published.digest]
    assert found[0] is found[1] is found[2]


def test_a_new_edition_is_compiled_and_the_old_one_stays(press: Press, published: Edition) -> None:
    before = find()

    press.publish_protocol(title="Another title")
    now, then = find(), find(number=1)

    assert now is not None
    assert (now.edition, now.protocol.title) == (2, "Another title")
    assert then is before


def test_a_withdrawn_protocol_is_found_by_number_only(press: Press, published: Edition) -> None:
    press.withdraw()

    assert find() is None
    assert find(number=1) is not None


def test_live_pages_come_in_the_order_of_the_protocol(press: Press, published: Edition) -> None:
    press.publish_page(slug="gum-fire")
    press.publish_page(slug="gum-fire", title="Another title")

    assert list_live_pages(with_pages("gum-fire", "lost", "tooth-hum")) == (
        LivePage("gum-fire", "en", 2),
        LivePage("tooth-hum", "en", 1),
    )


def test_pages_that_are_not_live_in_this_locale_are_left_out(
    press: Press, published: Edition
) -> None:
    elsewhere = list_live_pages(with_pages("tooth-hum", locale="hi"))
    press.withdraw("condition")

    assert elsewhere == ()
    assert list_live_pages(with_pages("tooth-hum")) == ()


def test_a_translation_names_the_page_of_its_source_where_it_has_none_of_its_own(
    press: Press, published: Edition
) -> None:
    press.publish_page(slug="gum-fire", locale="hi")

    translated = with_pages("gum-fire", "tooth-hum", locale="hi", source_locale="en")

    assert list_live_pages(translated) == (
        LivePage("gum-fire", "hi", 1),
        LivePage("tooth-hum", "en", 1),
    )
