"""The admin's pages for partners: what people see, and what they cannot do there."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.keys import hash_key
from calfcms.syndication.models import Key, Partner

pytestmark = pytest.mark.django_db
LIST = reverse("admin:syndication_partner_changelist")
ADD = reverse("admin:syndication_partner_add")
FORM = {
    "slug": "town-clinic",
    "name": "Town Clinic",
    "contact_email": "",
    "attribution": "",
    "allowed_origins": "https://town.example\n\nHTTPS://Town.example/\nhttps://b.example",
    "calls_per_minute": "300",
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    """The manager's browser."""
    client.force_login(manager)
    return client


@pytest.fixture
def key(partner: Partner, manager: User, at: datetime) -> Key:
    return make_key(
        partner=partner, name="web site", scopes=["read"], expires_at=None, by=manager, at=at
    ).key


def url(page: str, *args: Any) -> str:
    return reverse(f"admin:partner_{page}", args=args)


def read(response: Any) -> str:
    """The page's text as people see it, on one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def list_codes(response: Any) -> list[str]:
    """The reasons of a refusal, after checking that it is one."""
    assert response.status_code == 409
    return re.findall(r'data-code="(\w+)"', response.content.decode())


def test_a_partner_is_added_and_a_key_is_next(desk: Client) -> None:
    response = desk.post(ADD, FORM, follow=True)

    partner = Partner.objects.get()
    assert response.redirect_chain == [(url("keys", partner.pk), 302)]
    assert partner.allowed_origins == ["https://town.example", "https://b.example"]
    assert partner.calls_per_minute == 300
    assert "Added Town Clinic. Now make a key for it." in read(response)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "This field is required."),
        ("contact_email", "clinic", "Enter a valid email address."),
        ("allowed_origins", "http://town.example", "Keys are sent over https only"),
        ("calls_per_minute", "0", "greater than or equal to 1"),
    ],
)
def test_what_was_typed_wrong_is_said_at_the_field(
    desk: Client, field: str, typed: str, said: str
) -> None:
    response = desk.post(ADD, FORM | {field: typed})

    assert response.status_code == 200
    found = re.search(rf'id="id_{field}_error">(.*?)</span>', response.content.decode(), re.DOTALL)
    assert found
    assert said in html.unescape(found[1])
    assert not Partner.objects.exists()


def test_a_refusal_shows_the_form_again_with_what_was_typed(desk: Client) -> None:
    response = desk.post(ADD, FORM | {"slug": "Town Clinic"})

    assert list_codes(response) == ["slug_malformed"]
    assert 'value="Town Clinic"' in response.content.decode()


def test_the_list_says_how_each_stands(desk: Client, key: Key) -> None:
    page = read(desk.get(LIST))

    assert "City Clinic" in page
    assert "open" in page


def test_the_list_counts_no_keys_that_do_not_work(
    desk: Client, partner: Partner, manager: User, key: Key, at: datetime
) -> None:
    Key.objects.create(
        partner=partner,
        name="old",
        prefix="calf_old",
        hash="0",
        scopes=["read"],
        created_at=at,
        created_by=manager,
        expires_at=at + timedelta(seconds=1),
    )

    page = desk.get(LIST).content.decode()

    assert re.search(r"field-keys_now[^>]*>\s*1\s*<", page)


def test_what_is_known_is_changed(desk: Client, partner: Partner) -> None:
    form = {**FORM, "name": "City Clinic Group", "calls_per_minute": ""}

    response = desk.post(url("details", partner.pk), form, follow=True)

    partner.refresh_from_db()
    assert (partner.name, partner.slug, partner.calls_per_minute) == (
        "City Clinic Group",
        "city-clinic",
        None,
    )
    assert "changed what is known of the partner" in read(response)


def test_it_is_closed_and_opened_again_and_the_page_says_who_did(
    desk: Client, partner: Partner, key: Key
) -> None:
    overview = url("overview", partner.pk)

    closed = desk.post(overview, {"do": "close", "reason": "The contract ended."}, follow=True)

    assert not Partner.objects.get().is_active
    assert "manager closed the partner" in read(closed)
    assert "The contract ended." in read(closed)
    assert "stopped with its partner" in read(desk.get(url("keys", partner.pk)))

    desk.post(overview, {"do": "open"})

    assert Partner.objects.get().is_active


def test_closing_asks_for_a_reason(desk: Client, partner: Partner) -> None:
    response = desk.post(url("overview", partner.pk), {"do": "close", "reason": ""})

    assert list_codes(response) == ["reason_missing"]


def find_secret(response: Any) -> str:
    """The key on a page, which there must be."""
    found = re.search(r'value="(calf_\w{43})"', response.content.decode())
    assert found
    return found[1]


def test_a_key_is_shown_once_and_kept_by_nobody(desk: Client, partner: Partner) -> None:
    form = {"name": "web site", "scopes": ["read", "triage"], "days": "90"}

    response = desk.post(url("keys_new", partner.pk), form)

    secret, key = find_secret(response), Key.objects.get()
    assert key.hash == hash_key(secret)
    assert (key.scopes, key.expires_at - key.created_at) == (  # type: ignore[operator]
        ["read", "triage"],
        timedelta(days=90),
    )
    assert "no-store" in response["Cache-Control"]
    for page in (url("keys", partner.pk), url("key", partner.pk, key.pk)):
        again = desk.get(page).content.decode()
        assert secret not in again
        assert key.prefix in again
        assert key.hash not in again


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ({"name": "", "scopes": ["read"], "days": "90"}, ["name_missing"]),
        ({"name": "web", "days": "90"}, ["scopes_missing"]),
        ({"name": "web", "scopes": ["read"], "days": "7"}, ["expiry_unknown"]),
        ({"name": "web", "scopes": ["audit"], "days": "90"}, ["scope_not_yours"]),
    ],
)
def test_a_key_that_is_not_made_is_refused_with_what_was_typed(
    desk: Client, partner: Partner, form: dict[str, Any], codes: list[str]
) -> None:
    response = desk.post(url("keys_new", partner.pk), form)

    assert list_codes(response) == codes
    assert f'value="{form["name"]}"' in response.content.decode()
    assert not Key.objects.exists()


def test_a_key_may_be_made_to_never_expire(desk: Client, partner: Partner) -> None:
    desk.post(url("keys_new", partner.pk), {"name": "web", "scopes": ["read"], "days": ""})

    assert Key.objects.get().expires_at is None


def test_scopes_that_are_not_ones_own_to_give_cannot_be_chosen(
    desk: Client, partner: Partner, auditor: User
) -> None:
    for_manager = desk.get(url("keys_new", partner.pk)).content.decode()
    desk.force_login(auditor)
    for_auditor = desk.get(url("keys_new", partner.pk)).content.decode()

    assert list_disabled(for_manager) == ["audit"]
    assert list_disabled(for_auditor) == ["read", "triage", "preview"]


def list_disabled(page: str) -> list[str]:
    return re.findall(r'name="scopes" value="(\w+)"[^>]*disabled', page)


def test_a_key_is_revoked_by_whoever_says_that_they_know(
    desk: Client, partner: Partner, key: Key
) -> None:
    page = url("key", partner.pk, key.pk)

    assert list_codes(desk.post(page, {"do": "revoke", "reason": "Leaked"})) == ["not_confirmed"]
    response = desk.post(page, {"do": "revoke", "reason": "Leaked", "sure": "on"}, follow=True)

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert f'data-key="{key.prefix}" data-state="revoked"' in response.content.decode()
    assert "Leaked" in read(desk.get(url("overview", partner.pk)))


def test_a_key_is_replaced_without_a_gap(desk: Client, partner: Partner, key: Key) -> None:
    form = {"do": "replace", "overlap": "14", "days": "365"}

    response = desk.post(url("key", partner.pk, key.pk), form)

    new = Key.objects.get(hash=hash_key(find_secret(response)))
    key.refresh_from_db()
    assert (new.name, new.scopes) == (key.name, key.scopes)
    assert key.expires_at == new.created_at + timedelta(days=14)


@pytest.mark.parametrize("overlap", ["", "x", "0"])
def test_replacing_asks_for_how_long_the_old_one_goes_on(
    desk: Client, partner: Partner, key: Key, overlap: str
) -> None:
    response = desk.post(
        url("key", partner.pk, key.pk), {"do": "replace", "overlap": overlap, "days": "365"}
    )

    assert len(list_codes(response)) == 1
    assert Key.objects.count() == 1


def test_a_key_is_found_below_its_own_partner_only(
    desk: Client, partner: Partner, key: Key, manager: User, at: datetime
) -> None:
    other = Partner.objects.create(slug="b", name="B", created_at=at, created_by=manager)

    assert desk.get(url("key", other.pk, key.pk)).status_code == 404
    assert desk.get(url("key", partner.pk, key.pk + 1)).status_code == 404
    assert desk.get(url("overview", other.pk + 1)).status_code == 404


def test_whoever_only_looks_has_no_buttons(
    client: Client, partner: Partner, key: Key, auditor: User
) -> None:
    client.force_login(auditor)

    for page in (url("overview", partner.pk), url("key", partner.pk, key.pk)):
        assert '<form method="post">' not in client.get(page).content.decode()
    assert client.get(url("details", partner.pk)).status_code == 403


def test_what_people_typed_is_shown_as_text(desk: Client, partner: Partner) -> None:
    Partner.objects.update(name="<script>alert(1)</script>", attribution="<b>x</b>")

    for page in (LIST, url("overview", partner.pk), url("keys", partner.pk)):
        content = desk.get(page).content.decode()
        assert "<script>alert" not in content
        assert "<b>x</b>" not in content
