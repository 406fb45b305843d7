"""Topics in the admin: the shared pages, with the topics' own action behind them."""

import pytest
from django.test import Client

from calfcms.publishing.models import Event
from conditions.models import Topic
from tests.conditions.admin.people import log_in

pytestmark = pytest.mark.django_db

LIST = "/admin/conditions/topic/"


def test_a_topic_is_added_renamed_deleted_and_recovered(client: Client) -> None:
    log_in(client, "Editor")

    client.post(f"{LIST}add/", {"slug": "ears", "title": "Eers"})
    row = Topic.objects.get()
    client.post(f"{LIST}{row.pk}/change/", {"slug": "ears", "title": "Ears"})
    deleted = client.post(f"{LIST}{row.pk}/delete/", follow=True).content.decode()
    number = deleted.split('name="version" value="')[1].split('"')[0]
    client.post(f"{LIST}deleted/", {"version": number})

    assert Topic.objects.get().title == "Ears"
    assert [(event.action, event.details.get("outcome")) for event in Event.objects.all()] == [
        ("topic.saved", "created"),
        ("topic.saved", "changed"),
        ("topic.deleted", None),
        ("topic.recovered", "created"),
    ]


def test_a_slug_of_another_form_is_refused_at_its_field(client: Client) -> None:
    log_in(client, "Editor")

    page = client.post(f"{LIST}add/", {"slug": "My Ears", "title": "Ears"}).content.decode()

    assert "should match pattern" in page
    assert 'value="My Ears"' in page
    assert not Topic.objects.exists()


@pytest.mark.parametrize("group", ["Clinical reviewer", "Publisher", "Auditor", "Administrator"])
def test_others_may_read_and_do_nothing(client: Client, group: str) -> None:
    row = Topic.objects.create(slug="ears", title="Ears")
    log_in(client, group)

    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{row.pk}/change/").status_code == 200
    for page in ("add/", "deleted/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert client.post(LIST + page, {"slug": "a", "title": "A"}).status_code == 403
    assert Topic.objects.get().title == "Ears"


def test_somebody_without_rights_sees_nothing(client: Client) -> None:
    row = Topic.objects.create(slug="ears", title="Ears")
    log_in(client, "Partner manager")

    for page in ("", "add/", "deleted/", f"{row.pk}/change/", f"{row.pk}/history/"):
        assert client.get(LIST + page).status_code == 403
