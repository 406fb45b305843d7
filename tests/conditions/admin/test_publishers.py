"""Publishers in the admin: the shared pages, with the publishers' own action behind them."""

import pytest
from django.test import Client

from calfcms.publishing.models import Event
from conditions.models import Publisher
from conditions.selectors import get_publisher
from tests.conditions.admin.people import log_in
from tests.conditions.examples import PUBLISHER

pytestmark = pytest.mark.django_db

LIST = "/admin/conditions/publisher/"
TYPED = {
    "slug": "demo-library",
    "name": "Demo Library",
    "url": "https://library.example",
    "is_demonstration": "on",
}


def test_a_publisher_is_added_and_says_what_was_typed(client: Client) -> None:
    log_in(client, "Editor")

    response = client.post(f"{LIST}add/", TYPED)

    assert response.status_code == 302
    assert get_publisher("demo-library") == PUBLISHER
    assert Event.objects.get().subject == "publisher demo-library"


def test_the_demonstration_mark_can_be_taken_off(client: Client) -> None:
    log_in(client, "Editor")
    client.post(f"{LIST}add/", TYPED)
    row = Publisher.objects.get()

    page = client.get(f"{LIST}{row.pk}/change/").content.decode()
    client.post(f"{LIST}{row.pk}/change/", {**TYPED, "is_demonstration": ""})

    assert "checked" in page
    assert not Publisher.objects.get().is_demonstration


def test_half_an_address_is_refused_at_its_field(client: Client) -> None:
    log_in(client, "Editor")

    page = client.post(f"{LIST}add/", TYPED | {"url": "library.example"}).content.decode()

    assert "Must be a complete web address" in page
    assert not Publisher.objects.exists()


@pytest.mark.parametrize("group", ["Clinical reviewer", "Publisher", "Auditor", "Administrator"])
def test_others_may_read_and_do_nothing(client: Client, group: str) -> None:
    row = Publisher.objects.create(slug="demo", name="Demo", url="https://a.example")
    log_in(client, group)

    assert client.get(LIST).status_code == 200
    for page in ("add/", "deleted/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert client.post(LIST + page, TYPED).status_code == 403
    assert Publisher.objects.get().name == "Demo"
