"""The pages of one's own notices: everybody on the staff has them, and nobody sees another's."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.notices.actions.tell import tell
from calfcms.notices.admin.notice_page import SHOWN
from calfcms.notices.kinds import Kind
from calfcms.notices.models import Choice, Notice
from calfcms.notices.selectors import list_mailed_kinds
from calfcms.publishing.models import Document
from tests.notices.conftest import GLASS_ELBOW, make_colleague
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db
NOTICES, CHOICES = "/admin/notices/notice/", "/admin/notices/choice/"
BOTH = pytest.mark.parametrize("url", [NOTICES, CHOICES])


@pytest.fixture
def document(team: Workflow) -> Document:
    return team.save()


@pytest.fixture
def colleague(db: None) -> User:
    """On the staff, with no right at all."""
    return make_colleague("colleague")


@pytest.fixture
def browser(client: Client, colleague: User) -> Client:
    client.force_login(colleague)
    return client


def tell_of(document: Document, person: User, at: datetime, occasion: str = "event:1") -> Notice:
    tell(
        people=[person],
        kind=Kind.CHANGES_REQUESTED,
        occasion=occasion,
        document=document,
        facts={},
        happened_at=at,
        at=at,
    )
    return Notice.objects.get(key=f"{occasion}:{person.pk}")


@BOTH
def test_it_opens_for_everybody_on_the_staff(browser: Client, url: str) -> None:
    assert browser.get(url).status_code == 200


@BOTH
def test_it_is_closed_to_who_is_not_logged_in(client: Client, db: None, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 302
    assert "login" in response["Location"]


@BOTH
def test_it_is_closed_to_who_is_not_on_the_staff(client: Client, team: Workflow, url: str) -> None:
    client.force_login(User.objects.create_user("reader"))

    assert client.post(url).status_code == 302
    assert Choice.objects.count() == 0


@BOTH
@pytest.mark.parametrize("rest", ["add/", "1/change/", "1/delete/", "1/history/"])
def test_there_are_no_pages_of_rows(client: Client, db: None, url: str, rest: str) -> None:
    client.force_login(User.objects.create_superuser("root"))

    assert client.get(url + rest).status_code == 404


def test_the_one_is_in_the_navigation_and_leads_to_the_other(browser: Client) -> None:
    assert NOTICES in browser.get("/admin/").content.decode()
    assert CHOICES in browser.get(NOTICES).content.decode()


def test_a_notice_shows_what_happened_and_leads_there(
    browser: Client, colleague: User, document: Document, at: datetime
) -> None:
    tell_of(document, colleague, at)

    shown = browser.get(NOTICES).content.decode()

    assert f"{GLASS_ELBOW}: changes requested" in shown
    assert f"/admin/publishing/document/{document.pk}/review/" in shown
    assert "1 unread" in shown


def test_the_notices_of_others_are_not_shown_to_a_superuser_either(
    client: Client, team: Workflow, document: Document, at: datetime
) -> None:
    tell_of(document, team.editor, at)
    client.force_login(User.objects.create_superuser("root"))

    shown = client.get(NOTICES).content.decode()

    assert GLASS_ELBOW not in shown
    assert "There are no notices for you yet." in shown


def test_marking_as_read_reaches_what_was_shown_and_is_ones_own(
    browser: Client, colleague: User, team: Workflow, document: Document, at: datetime
) -> None:
    of_another = tell_of(document, team.editor, at)
    shown = tell_of(document, colleague, at)
    newer = tell_of(document, colleague, at, occasion="event:2")

    browser.post(NOTICES, {"newest": shown.pk})

    read = Notice.objects.exclude(read_at=None)
    assert list(read) == [shown]
    assert not {of_another, newer} & set(read)


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 30, "²"])
def test_nonsense_marks_nothing(
    browser: Client, colleague: User, document: Document, at: datetime, newest: str
) -> None:
    tell_of(document, colleague, at)

    response = browser.post(NOTICES, {"newest": newest})

    assert response.status_code == 302
    assert Notice.objects.get().read_at is None


def test_a_long_list_has_pages_and_asks_no_more(
    browser: Client,
    colleague: User,
    document: Document,
    at: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(SHOWN + 1):
        tell_of(document, colleague, at, occasion=f"event:{number}")

    with django_assert_max_num_queries(12):
        first = browser.get(NOTICES).content.decode()
    second = browser.get(f"{NOTICES}?page=2").content.decode()

    assert (first.count(f"{GLASS_ELBOW}:"), second.count(f"{GLASS_ELBOW}:")) == (SHOWN, 1)


def test_everything_is_mailed_until_somebody_chooses(browser: Client) -> None:
    shown = browser.get(CHOICES).content.decode()

    assert shown.count(" checked") == len(Kind)


def test_a_choice_is_kept_and_shown(browser: Client, colleague: User, team: Workflow) -> None:
    response = browser.post(CHOICES, {"mailed": ["submitted", "break_glass"]}, follow=True)

    assert response.content.decode().count(" checked") == 2
    assert list_mailed_kinds(colleague) == {"submitted", "break_glass"}
    assert list_mailed_kinds(team.editor) == set(Kind.values)


def test_a_choice_can_be_changed_back(browser: Client, colleague: User) -> None:
    browser.post(CHOICES, {})

    browser.post(CHOICES, {"mailed": list(Kind.values)})

    assert list_mailed_kinds(colleague) == set(Kind.values)


def test_what_is_no_kind_is_not_kept(browser: Client, colleague: User) -> None:
    browser.post(CHOICES, {"mailed": ["everything"]})

    assert list_mailed_kinds(colleague) == set()
    assert set(Choice.objects.values_list("kind", flat=True)) == set(Kind.values)


def test_nobody_can_choose_for_another(browser: Client, team: Workflow) -> None:
    browser.post(CHOICES, {"mailed": [], "person": team.editor.pk})

    assert list_mailed_kinds(team.editor) == set(Kind.values)


@BOTH
def test_a_form_from_elsewhere_is_refused(colleague: User, url: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(colleague)

    assert browser.post(url, {}).status_code == 403


def test_who_has_no_address_is_told_so(client: Client, db: None) -> None:
    person = make_colleague("colleague")
    User.objects.filter(pk=person.pk).update(email="")
    client.force_login(person)

    assert "has no e-mail address" in client.get(CHOICES).content.decode()


def test_a_title_is_text_and_no_html(
    browser: Client, colleague: User, document: Document, at: datetime
) -> None:
    notice = tell_of(document, colleague, at)
    Notice.objects.filter(pk=notice.pk).update(title="<script>alert(1)</script>")

    shown = browser.get(NOTICES).content

    assert b"<script>alert" not in shown
