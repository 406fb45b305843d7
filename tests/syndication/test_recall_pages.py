"""The admin's pages about recalls: making one, its answers, what a partner holds, the home page."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from calfcms.accounts.groups import AUDITOR, PARTNER_MANAGER, PUBLISHER
from calfcms.publishing.models import Document, Recall
from calfcms.publishing.selectors import get_live_edition
from calfcms.syndication.actions.follow_log import follow_log
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.models import Delivery, Partner
from tests.api.conftest import PublishPage, after_noon
from tests.api.conftest import publish_page as publish_page  # a fixture
from tests.api.keys import bearer, make_key
from tests.api.reading import fetch
from tests.api.recalling import REASON, recall_page
from tests.publishing.pages import count_queries
from tests.syndication.conftest import join_group

pytestmark = pytest.mark.django_db

FORM = {"edition": "1", "severity": "critical", "reason": REASON}


def log_in(client: Client, group: str) -> User:
    person = join_group(f"a-{group}", group)
    client.force_login(person)
    return person


def url_of(document: Document) -> str:
    return reverse("admin:document_recall", args=[document.pk])


def answers_of(recall: Recall) -> str:
    return reverse("admin:publishing_recall_change", args=[recall.pk])


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def list_states(response: Any) -> list[tuple[str, str, bool]]:
    return [
        (answer.holder.partner.slug, answer.answer, answer.is_open)
        for answer, _ in response.context["answers"]
    ]


def test_it_shows_beforehand_who_holds_which_edition(
    client: Client, publish_page: PublishPage
) -> None:
    document = publish_page().document
    fetch(client, "conditions/ear-glow", make_key("read", partner="old-clinic"), minutes=5)
    publish_page(minutes=10, title="Changed")
    fetch(client, "conditions/ear-glow", make_key("read", partner="new-clinic"), minutes=15)
    log_in(client, PUBLISHER)

    response = client.get(url_of(document))

    held = {
        edition.number: [holder.partner.slug for holder in holders]
        for edition, holders in response.context["rows"]
    }
    assert held == {2: ["new-clinic"], 1: ["old-clinic"]}
    assert 'data-partner="old-clinic" data-holds' in response.content.decode()


def test_it_says_who_has_fetched_a_newer_one_since(
    client: Client, publish_page: PublishPage
) -> None:
    document = publish_page().document
    secret = make_key("read")
    fetch(client, "conditions/ear-glow", secret, minutes=5)
    publish_page(minutes=10, title="Changed")
    fetch(client, "conditions/ear-glow", secret, minutes=15)
    log_in(client, PUBLISHER)

    text = read(client, url_of(document))

    assert "has fetched edition 2 since" in text


def test_who_may_not_see_the_ledger_recalls_without_it(
    client: Client, publish_page: PublishPage
) -> None:
    document = publish_page().document
    fetch(client, "conditions/ear-glow", make_key("read"), minutes=5)
    person = User.objects.create_user("recaller", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="recall"))
    client.force_login(person)

    assert "acme-clinic" not in read(client, url_of(document))


def test_it_recalls_and_shows_the_answers(client: Client, publish_page: PublishPage) -> None:
    document = publish_page(minutes=-100_000).document
    person = log_in(client, PUBLISHER)

    response = client.post(url_of(document), FORM, follow=True)

    made = Recall.objects.get()
    assert (made.recalled_by, made.severity, made.reason) == (person, "critical", REASON)
    assert get_live_edition(document) is None
    assert response.request["PATH_INFO"] == answers_of(made)
    assert "Edition 1 is recalled." in response.content.decode()


def test_a_refusal_shows_the_reasons_and_keeps_what_was_typed(
    client: Client, publish_page: PublishPage
) -> None:
    document = publish_page(minutes=-100_000).document
    log_in(client, PUBLISHER)

    response = client.post(url_of(document), {"edition": "1", "reason": "Wrong dose."})

    text = response.content.decode()
    assert response.status_code == 409
    assert 'data-code="severity_unknown"' in text
    assert "Wrong dose.</textarea>" in text
    assert '<option value="1" selected>' in text


def test_a_form_without_an_edition_is_refused(client: Client, publish_page: PublishPage) -> None:
    document = publish_page().document
    log_in(client, PUBLISHER)

    response = client.post(url_of(document), {**FORM, "edition": ""})

    assert response.status_code == 409
    assert not Recall.objects.exists()


def test_a_recalled_edition_is_not_offered_again(client: Client, publish_page: PublishPage) -> None:
    document = publish_page().document
    made = recall_page()
    log_in(client, PUBLISHER)

    text = read(client, url_of(document))

    assert '<option value="1"' not in text
    assert answers_of(made) in text


def test_it_costs_no_more_queries_with_more_partners(
    client: Client, publish_page: PublishPage
) -> None:
    document = publish_page().document
    log_in(client, PUBLISHER)
    fetch(client, "conditions/ear-glow", make_key("read"), minutes=5)
    few = count_queries(lambda: client.get(url_of(document)))
    for number in range(5):
        secret = make_key("read", partner=f"clinic-{number}")
        fetch(client, "conditions/ear-glow", secret, minutes=5)

    assert count_queries(lambda: client.get(url_of(document))) == few


def test_those_who_may_show_it_still_come_first(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    secrets = {
        name: make_key("read", partner=name) for name in ("gone", "moved-on", "quiet", "seen")
    }
    for secret in secrets.values():
        fetch(client, "conditions/ear-glow", secret, minutes=5)
    publish_page(minutes=10, title="Changed")
    fetch(client, "conditions/ear-glow", secrets["moved-on"], minutes=15)
    made = recall_page()
    acknowledge(client, made, secrets["seen"])
    acknowledge(client, made, secrets["gone"], edition_removed=True, note="All clear.")
    log_in(client, PARTNER_MANAGER)

    response = client.get(answers_of(made))

    assert list_states(response) == [
        ("quiet", "none", True),
        ("seen", "seen", True),
        ("moved-on", "none", False),
        ("gone", "removed", False),
    ]
    assert "“All clear.”" in response.content.decode()


def test_it_says_whom_to_write_to(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    fetch(client, "conditions/ear-glow", make_key("read"), minutes=5)
    Partner.objects.update(contact_email="web@acme.example")
    made = recall_page()
    log_in(client, PUBLISHER)

    assert "mailto:web@acme.example" in read(client, answers_of(made))


def test_it_says_who_was_told_by_webhook_and_when(
    client: Client, publish_page: PublishPage, manager: User
) -> None:
    publish_page()
    fetch(client, "conditions/ear-glow", make_key("read"), minutes=5)
    add_endpoint(
        partner=Partner.objects.get(),
        url="https://partner.example/hook",
        event_types=["edition.recalled"],
        by=manager,
        at=after_noon(6),
    )
    made = recall_page()
    follow_log(at=after_noon(91))
    Delivery.objects.update(delivered_at=after_noon(92))
    log_in(client, PUBLISHER)

    response = client.get(answers_of(made))

    assert [told_at for _, told_at in response.context["answers"]] == [after_noon(92)]
    assert "21 Nov 2026, 13:32 UTC" in response.content.decode()


def test_one_site_of_a_partner_that_lags_behind_is_enough_to_be_open(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    sites = [make_key("read"), make_key("read")]
    for secret in sites:
        fetch(client, "conditions/ear-glow", secret, minutes=5)
    publish_page(minutes=10, title="Changed")
    fetch(client, "conditions/ear-glow", sites[0], minutes=15)
    made = recall_page()
    log_in(client, PUBLISHER)

    response = client.get(answers_of(made))

    assert list_states(response) == [("acme-clinic", "none", True)]


def test_an_older_edition_fetched_since_proves_nothing(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    secret = make_key("read")
    fetch(client, "conditions/ear-glow", secret, minutes=5)
    fetch(client, "conditions/ear-glow/editions/1", secret, minutes=6)
    made = recall_page(number=2)
    log_in(client, PUBLISHER)

    assert list_states(client.get(answers_of(made))) == [("acme-clinic", "none", True)]


def test_it_takes_no_form(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    made = recall_page()
    log_in(client, PUBLISHER)

    assert client.post(answers_of(made)).status_code == 403


@pytest.mark.parametrize("name", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_recall_is_404(client: Client, name: str) -> None:
    log_in(client, PUBLISHER)

    url = reverse("admin:publishing_recall_change", args=[name])

    assert client.get(url).status_code == 404


def acknowledge(client: Client, recall: Recall, secret: str, **body: Any) -> None:
    url = f"/api/v1/recalls/{recall.pk}/ack"
    response = client.post(url, body, "application/json", headers=bearer(secret))
    assert response.status_code == 201, response.content


def test_the_list_counts_the_partners_that_may_show_it_still(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    first, second = make_key("read", partner="one"), make_key("read", partner="two")
    for secret in (first, second, make_key("read", partner="two")):
        fetch(client, "conditions/ear-glow", secret, minutes=5)
    made = recall_page()
    acknowledge(client, made, first, edition_removed=True)
    log_in(client, AUDITOR)

    response = client.get(reverse("admin:publishing_recall_changelist"))

    assert [row._waiting for row in response.context["cl"].result_list] == [1]


def test_the_home_page_shows_critical_recalls_until_all_partners_have_answered(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(slug="ear-hum", minutes=1)
    secret = make_key("read")
    for slug in ("ear-glow", "ear-hum"):
        fetch(client, f"conditions/{slug}", secret, minutes=5)
    made = recall_page()
    recall_page("ear-hum", severity="minor")
    log_in(client, PARTNER_MANAGER)

    def list_rows() -> list[str]:
        panels = client.get(reverse("admin:index")).context["panels"]
        [panel] = [panel for panel in panels if panel.title.startswith("Critical recalls")]
        assert panel.total == len(panel.rows)
        return [row.title for row in panel.rows]

    assert list_rows() == ["ear-glow, edition 1"]
    acknowledge(client, made, secret, edition_removed=True)
    assert list_rows() == []


def test_the_page_of_a_partner_shows_what_each_key_holds_now(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    secret = make_key("read")
    fetch(client, "conditions/ear-glow", secret, minutes=5)
    publish_page(minutes=10, title="Changed")
    publish_page(slug="ear-hum", minutes=11)
    fetch(client, "conditions/ear-glow", secret, minutes=15)
    fetch(client, "conditions/ear-hum", secret, minutes=16)
    fetch(client, "conditions/ear-glow", make_key("read", partner="other"), minutes=17)
    recall_page("ear-hum")
    log_in(client, AUDITOR)
    partner = Partner.objects.get(slug="acme-clinic")

    response = client.get(reverse("admin:partner_holdings", args=[partner.pk]))

    held = [
        (row.edition.document.slug, row.edition.number, row.is_live)
        for row in response.context["holdings"]
    ]
    assert held == [("ear-hum", 1, False), ("ear-glow", 2, True)]
    assert "recalled</a>" in response.content.decode()
