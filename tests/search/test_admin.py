"""Synonyms in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from calfcms.accounts.groups import EDITOR
from calfcms.publishing.models import Event
from calfcms.search.models import SynonymGroup
from tests.api.conftest import PublishPage
from tests.search.conftest import list_found

LIST = "admin:search_synonymgroup_changelist"
ADD = "admin:search_synonymgroup_add"


@pytest.fixture
def writer(db: None, client: Client) -> Client:
    """The browser of an editor."""
    person = User.objects.create_user("writer", is_staff=True)
    person.groups.add(Group.objects.get(name=EDITOR))
    client.force_login(person)
    return client


def save(client: Client, address: str, **fields: str) -> Any:
    typed = {"slug": "glow", "locale": "en", "words": "glow\nshine\n\n light up "} | fields
    return client.post(address, typed)


def test_an_editor_adds_a_group_and_searches_heed_it(
    writer: Client, publish_page: PublishPage
) -> None:
    publish_page()

    response = save(writer, reverse(ADD))

    assert response.status_code == 302
    assert SynonymGroup.objects.get().words == ["glow", "shine", "light up"]
    assert Event.objects.filter(action="synonyms.saved").exists()
    assert list_found("shining") == ["ear-glow"]


def test_the_words_change_and_the_name_stays(writer: Client) -> None:
    save(writer, reverse(ADD))
    page = reverse("admin:search_synonymgroup_change", args=[SynonymGroup.objects.get().pk])

    shown = writer.get(page).content.decode()
    save(writer, page, slug="other", locale="es", words="glow\nbeam")

    assert "glow\nshine\nlight up" in shown
    group = SynonymGroup.objects.get()
    assert (group.slug, group.locale, group.words) == ("glow", "en", ["glow", "beam"])


def test_a_deleted_group_counts_no_more(writer: Client, publish_page: PublishPage) -> None:
    publish_page()
    save(writer, reverse(ADD))
    page = reverse("admin:search_synonymgroup_delete", args=[SynonymGroup.objects.get().pk])

    writer.post(page, {"post": "yes"})

    assert list_found("shining") == []
    assert Event.objects.filter(action="synonyms.deleted").exists()


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"words": "alone"}, "needs two words or phrases at least"),
        ({"words": ""}, "This field is required"),
        ({"slug": "Two Words"}, "valid"),
        ({"locale": "english"}, "is not a locale"),
    ],
)
def test_it_says_what_is_wrong_at_the_field(
    writer: Client, fields: dict[str, str], complaint: str
) -> None:
    response = save(writer, reverse(ADD), **fields)

    assert response.status_code == 200
    assert complaint in response.content.decode()
    assert not SynonymGroup.objects.exists()


def test_a_second_group_of_that_name_is_refused(writer: Client) -> None:
    save(writer, reverse(ADD))

    response = save(writer, reverse(ADD), words="a\nb")

    assert "already exists" in response.content.decode()


def test_the_list_shows_the_words(writer: Client) -> None:
    save(writer, reverse(ADD))

    assert "glow, shine, light up" in writer.get(reverse(LIST)).content.decode()
    assert writer.get(reverse(LIST), {"q": "shine"}).status_code == 200
