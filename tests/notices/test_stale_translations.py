"""Whoever wrote a translation is told when its source moves on."""

import pytest
from django.contrib.auth.models import User

from calfcms.notices.kinds import get_headline, get_sentence
from calfcms.notices.models import Notice
from calfcms.publishing.models import Document
from conditions.draft import TranslationOf
from tests.notices.conftest import list_told, make_colleague, read_and_list, record
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> User:
    """Writes translations, and nothing else."""
    return make_colleague("translator", "edit_draft")


@pytest.fixture
def translation(team: Workflow, translator: User, clock: Clock) -> Document:
    """A live translation of a live page, on which the translator worked once."""
    team.publish_whole()
    pin = TranslationOf(locale="en", edition=1)
    document = team.publish_whole(locale="hi", translation_of=pin).document
    record("draft.saved", document=document, by=translator, at=clock())
    read_and_list(clock())
    Notice.objects.all().delete()
    return document


def test_everybody_who_wrote_it_is_told(
    team: Workflow, translation: Document, clock: Clock
) -> None:
    team.publish_whole(summary="New.")

    assert read_and_list(clock())["translation_stale"] == ["editor", "translator"]
    notice = Notice.objects.filter(kind="translation_stale")[0]
    assert notice.document == translation
    assert get_headline(notice.kind, notice.facts) == "stale translation of en/1"
    assert "Edition 1 is a translation of en/1" in get_sentence(notice.kind, notice.facts)


def test_once_is_enough(team: Workflow, translation: Document, clock: Clock) -> None:
    team.publish_whole(summary="New.")
    team.publish_whole(summary="Newer.")
    read_and_list(clock())

    assert Notice.objects.filter(kind="translation_stale").count() == 2


def test_whoever_may_not_write_any_more_is_not_told(
    team: Workflow, translation: Document, translator: User, clock: Clock
) -> None:
    translator.user_permissions.clear()

    team.publish_whole(summary="New.")

    assert read_and_list(clock())["translation_stale"] == ["editor"]


def test_nobody_is_told_that_it_is_current_again(
    team: Workflow, translation: Document, clock: Clock
) -> None:
    record("translation.current", document=translation, by=team.publisher, at=clock())

    read_and_list(clock())

    assert list_told() == {}
