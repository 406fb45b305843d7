"""Uploading a picture: files for readers, an event, and nothing without the right."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from conditions.actions.upload_figure import upload_figure
from tests.conditions.examples import make_draft
from tests.conditions.pictures import make_exif, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.MEDIA_URL = "http://testserver/media/"


def test_the_sources_fit_into_a_draft_and_readers_get_the_files(
    editor: User, at: datetime, client: Client
) -> None:
    data = make_picture(900, 500, exif=make_exif())

    sources = upload_figure(data=data, by=editor, at=at)

    draft = make_draft(figures=[{"id": "leg", "alt": "A leg", "sources": sources}])
    assert draft.figures[0].sources == tuple(sources)
    assert [source.width for source in sources] == [400, 500] * 2  # it was taken upright
    for source in sources:
        response = client.get(source.url)
        assert (response.status_code, response["Content-Type"]) == (200, source.type)
        assert b"Snoopmaker" not in response.content


def test_the_log_says_who_brought_which_files(editor: User, at: datetime, tmp_path: Path) -> None:
    upload_figure(data=make_picture(300, 200), by=editor, at=at)

    event = Event.objects.get()
    assert (event.action, event.actor, event.at) == ("figure.uploaded", "Eda Editor", at)
    assert event.subject.startswith("figure sha256:")
    assert sorted(event.details["files"]) == sorted(p.name for p in tmp_path.glob("figures/*"))


def test_it_refuses_somebody_without_the_right(
    reviewer: User, at: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="edit_draft"):
        upload_figure(data=make_picture(), by=reviewer, at=at)

    assert list(tmp_path.iterdir()) == []


def test_a_refused_picture_leaves_neither_file_nor_event(
    editor: User, at: datetime, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="no whole picture"):
        upload_figure(data=b"no picture", by=editor, at=at)

    assert list(tmp_path.iterdir()) == []
    assert not Event.objects.exists()


def test_it_refuses_where_readers_would_get_half_an_address(
    editor: User, at: datetime, settings: Any
) -> None:
    settings.MEDIA_URL = "/media/"

    with pytest.raises(Refused, match="does not know its own address"):
        upload_figure(data=make_picture(), by=editor, at=at)
