"""References in the admin: found, written from plain fields, checked, deleted and recovered."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Event
from conditions.actions.save_reference import save_reference
from conditions.models import Reference
from conditions.selectors import list_references
from tests.conditions.admin.people import log_in
from tests.conditions.examples import REFERENCES, make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows

pytestmark = pytest.mark.django_db

LIST = "/admin/conditions/reference/"
SEARCH = f"{LIST}search/"
PAPER = REFERENCES["ito-2019"]
ARTICLE = {
    "key": "ito-2019",
    "type": "article-journal",
    "title": "Glow in the ear",
    "author": "Ito, Hana M\r\n",
    "issued": "2019-05",
    "container_title": "J Imaginary Med",
    "volume": "12",
    "issue": "3",
    "page": "45-51",
    "doi": "10.1234/jim.2019.45",
    "checked_on": "2026-11-20",
    "checked_by": "Eda Editor",
}


def _url(key: str, page: str = "change") -> str:
    return f"{LIST}{Reference.objects.get(key=key).pk}/{page}/"


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_the_picker_finds_references_with_what_it_shows(
    client: Client, editor: User, at: datetime
) -> None:
    save_shared_rows(by=editor, at=at)
    log_in(client, "Editor")

    found = client.get(SEARCH, {"q": "glow"}).json()

    assert [item["key"] for item in found["items"]] == ["ear-board", "ito-2019"]
    assert found["items"][1] == {
        "key": "ito-2019",
        "citation": "Ito HM. Glow in the ear. J Imaginary Med. 2019 May;12(3):45-51.",
        "checked_on": "2026-11-20",
    }
    assert found["items"][0]["checked_on"] is None


def test_the_picker_shows_twenty_at_most(client: Client) -> None:
    csl = {"type": "book", "title": "Ears"}
    Reference.objects.bulk_create(Reference(key=f"ear-{n}", csl=csl) for n in range(30))
    log_in(client, "Editor")

    assert len(client.get(SEARCH).json()["items"]) == 20


def test_the_picker_is_closed_to_staff_without_any_right(client: Client) -> None:
    log_in(client, "Partner manager")

    assert client.get(SEARCH).status_code == 403


def test_an_article_is_written_from_plain_fields(client: Client) -> None:
    person = log_in(client, "Editor")

    response = client.post(f"{LIST}add/", ARTICLE)

    assert response.status_code == 302
    assert list_references() == [PAPER]
    event = Event.objects.get()
    assert (event.action, event.actor_id) == ("reference.saved", str(person.pk))


def test_a_website_and_a_book_are_written_the_same_way(client: Client) -> None:
    log_in(client, "Editor")
    site = {
        "key": "ear-board",
        "type": "webpage",
        "title": "Glowing ears",
        "author": "Ear Board",
        "url": "https://ears.example/glow?a=1&b=2",
    }
    book = {
        "key": "old-ears",
        "type": "book",
        "title": "Ears of old",
        "publisher": "Ear Press",
        "publisher_place": "Earford",
        "edition": "2",
        "issued": "1999",
        "other": '{"ISBN": "978-0", "editor": [{"family": "Ōta"}]}',
    }

    assert client.post(f"{LIST}add/", site).status_code == 302
    assert client.post(f"{LIST}add/", book).status_code == 302

    assert list_references()[0] == REFERENCES["ear-board"]
    assert Reference.objects.get(key="old-ears").csl == {
        "type": "book",
        "title": "Ears of old",
        "publisher": "Ear Press",
        "publisher-place": "Earford",
        "edition": "2",
        "issued": {"date-parts": [[1999]]},
        "ISBN": "978-0",
        "editor": [{"family": "Ōta"}],
    }


def test_the_form_shows_what_the_reference_says_and_saving_it_changes_nothing(
    client: Client, editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Editor")

    page = _text(client.get(_url("ito-2019")))
    response = client.post(_url("ito-2019"), ARTICLE)

    assert "Ito HM. Glow in the ear." in page
    assert "Ito, Hana M</textarea>" in page
    assert response.status_code == 302
    assert Event.objects.count() == 1


def test_the_key_of_a_reference_cannot_be_changed(
    client: Client, editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Editor")

    client.post(_url("ito-2019"), ARTICLE | {"key": "other", "volume": "13"})

    [row] = list_references()
    assert (row.key, row.csl.volume) == ("ito-2019", "13")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("key", "Ito 2019", "should match pattern"),
        ("title", "", "This field is required"),
        ("doi", "doi:10.1234/jim", "is not a DOI of the form"),
        ("pmid", "x", "one to nine digits"),
        ("url", "ears.example", "complete web address"),
        ("issued", "May 2019", "write a year, 2019-05"),
        ("issued", "2019-13", "is not a date"),
        ("checked_by", "", "give both"),
        ("author", ", Hana", "must not be empty"),
        ("other", "{", "is not JSON"),
        ("other", "[]", "must be an object"),
        ("other", '{"volume": "1"}', "has a field of its own"),
        ("other", '{"colour": "red"}', "not permitted"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_stays(
    client: Client, field: str, value: str, said: str
) -> None:
    log_in(client, "Editor")

    response = client.post(f"{LIST}add/", ARTICLE | {field: value})

    assert response.status_code == 200
    assert said.lower() in _text(response).lower()
    assert 'aria-invalid="true"' in _text(response)
    assert "J Imaginary Med" in _text(response)
    assert not Reference.objects.exists()


def test_a_new_reference_does_not_overwrite_one_of_its_key(
    client: Client, editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Editor")

    response = client.post(f"{LIST}add/", ARTICLE | {"title": "Another"})

    assert "There is a reference with this key already" in _text(response)
    assert list_references() == [PAPER]


def test_checking_a_source_is_one_click(client: Client, editor: User, at: datetime) -> None:
    save_reference(reference=REFERENCES["ear-board"], by=editor, at=at)
    person = log_in(client, "Editor")

    response = client.post(_url("ear-board"), {"do": "check"}, follow=True)

    assert "Noted: you checked ear-board today." in _text(response)
    assert Reference.objects.get().checked_by == person.username
    assert Event.objects.latest("seq").action == "reference.checked"


def test_a_button_that_is_not_there_does_nothing(
    client: Client, editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Editor")

    assert client.post(_url("ito-2019"), {"do": "burn"}).status_code == 403


def test_the_list_is_searched_like_the_picker_and_filtered_by_the_last_check(
    client: Client, editor: User, at: datetime
) -> None:
    save_shared_rows(by=editor, at=at)
    log_in(client, "Editor")

    assert "ito-2019" in _text(client.get(LIST, {"q": "Hana imaginary"}))
    assert "ear-board" not in _text(client.get(LIST, {"q": "Hana imaginary"}))
    due = _text(client.get(LIST, {"check": "due"}))
    assert "ear-board" in due
    assert "ito-2019" not in due
    done = _text(client.get(LIST, {"check": "done"}))
    assert "ito-2019" in done
    assert "ear-board" not in done


def test_the_page_names_the_documents_that_a_change_changes(
    client: Client, editor: User, at: datetime
) -> None:
    save_shared_rows(by=editor, at=at)
    document = save_page(make_draft(), by=editor, at=at)
    log_in(client, "Auditor")

    page = _text(client.get(_url("ear-board")))

    assert f"/admin/publishing/document/{document.pk}/overview/" in page
    assert "its draft" in page


def test_a_reference_in_use_is_not_deleted_and_what_uses_it_is_named(
    client: Client, editor: User, at: datetime
) -> None:
    save_shared_rows(by=editor, at=at)
    save_page(make_draft(), by=editor, at=at)
    log_in(client, "Editor")

    page = client.get(_url("ear-board", "delete"))
    response = client.post(_url("ear-board", "delete"))

    assert "It cannot go while these name it" in _text(page)
    assert response.status_code == 409
    assert "condition ear-glow (en): its draft still names" in _text(response)
    assert Reference.objects.filter(key="ear-board").exists()


def test_a_deleted_reference_is_recovered_from_the_list_of_deleted_ones(
    client: Client, editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Editor")

    page = client.post(_url("ito-2019", "delete"), follow=True)
    gone = not Reference.objects.exists()
    number = _text(page).split('name="version" value="')[1].split('"')[0]
    response = client.post(f"{LIST}deleted/", {"version": number}, follow=True)

    assert gone
    assert "Glow in the ear" in _text(page)
    assert "Recovered ito-2019." in _text(response)
    assert list_references() == [PAPER]


def test_what_is_not_among_the_copies_is_not_found(client: Client) -> None:
    log_in(client, "Editor")

    assert client.post(f"{LIST}deleted/", {"version": "999"}).status_code == 404
    assert client.post(f"{LIST}deleted/", {"version": "x"}).status_code == 404


def test_the_history_says_who_did_what(client: Client, editor: User, at: datetime) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, "Auditor")

    page = _text(client.get(_url("ito-2019", "history")))

    assert "<strong>Added</strong> by Eda Editor" in page
    assert "J Imaginary Med" in page


@pytest.mark.parametrize("group", ["Clinical reviewer", "Publisher", "Auditor", "Administrator"])
def test_others_may_read_and_do_nothing(
    client: Client, editor: User, at: datetime, group: str
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    log_in(client, group)

    change, delete = _url("ito-2019"), _url("ito-2019", "delete")

    assert [client.get(url).status_code for url in (LIST, change, SEARCH)] == [200, 200, 200]
    assert 'data-kind="main"' not in _text(client.get(change))
    for url in (f"{LIST}add/", delete, f"{LIST}deleted/"):
        assert client.get(url).status_code == 403
    for url in (change, f"{LIST}add/", delete, f"{LIST}deleted/"):
        assert client.post(url, ARTICLE).status_code == 403
    assert client.post(change, {"do": "check"}).status_code == 403
    assert Event.objects.count() == 1


def test_a_reference_that_is_not_there_is_not_found(client: Client) -> None:
    log_in(client, "Editor")

    for page in ("change", "delete", "history"):
        assert client.get(f"{LIST}999/{page}/").status_code == 404
        assert client.get(f"{LIST}x/{page}/").status_code == 404


def test_what_is_shown_cannot_be_a_script(client: Client, editor: User, at: datetime) -> None:
    evil = PAPER.model_copy(
        update={"csl": PAPER.csl.model_copy(update={"title": "<script>alert(1)</script>"})}
    )
    save_reference(reference=evil, by=editor, at=at)
    log_in(client, "Editor")

    for url in (LIST, _url("ito-2019"), _url("ito-2019", "history"), _url("ito-2019", "delete")):
        assert "<script>alert(1)" not in _text(client.get(url))
    assert "alert(1)" in json.dumps(client.get(SEARCH).json())
