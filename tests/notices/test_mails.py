"""The e-mail of a notice: what it says, whom it goes to, and that sent again it is the same."""

from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.mail import EmailMessage

from calfcms.jobs.rounds import Worker
from calfcms.notices.actions.choose import choose
from calfcms.notices.actions.read_log import read_log
from calfcms.notices.actions.tell import tell
from calfcms.notices.kinds import Kind, get_headline, get_sentence
from calfcms.notices.mailing import mail_notice
from calfcms.notices.mails import LONGEST_TITLE, build_mail
from calfcms.notices.models import Notice
from calfcms.publishing.models import Standing
from tests.notices.conftest import GLASS_ELBOW
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def make_notice(team: Workflow, at: datetime, title: str = GLASS_ELBOW, **facts: Any) -> Notice:
    document = team.save()
    Standing.objects.update(title=title)
    tell(
        people=[team.publisher],
        kind=Kind.REVIEW_DUE,
        occasion="review:1:90",
        document=document,
        facts={"edition": 1, "due_on": "2028-11-21", **facts},
        happened_at=at,
        at=at,
    )
    return Notice.objects.get()


@pytest.fixture
def notice(team: Workflow, at: datetime) -> Notice:
    return make_notice(team, at)


def send(notice: Notice, at: datetime) -> None:
    mail_notice({"notice": notice.pk}, at=at)


def test_it_says_the_title_what_happened_and_where(
    notice: Notice, at: datetime, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.SITE_URL = "https://cms.example.org"

    send(notice, at)

    (mail,) = mailoutbox
    page = f"https://cms.example.org/admin/publishing/document/{notice.document_id}/overview/"
    assert mail.to == ["publisher@example.org"]
    assert mail.subject == f"{GLASS_ELBOW}: review due on 2028-11-21"
    assert str(mail.body).splitlines() == [
        f"{GLASS_ELBOW} (condition, en)",
        "",
        "The review of edition 1 is due on 2028-11-21.",
        "",
        page,
        "",
        "--",
        "Which of these are mailed to you is your choice:",
        "https://cms.example.org/admin/notices/choice/",
    ]


def test_built_again_it_is_the_same_to_the_last_byte(notice: Notice) -> None:
    first = build_mail(notice).message().as_bytes()

    second = build_mail(Notice.objects.get()).message().as_bytes()

    assert first == second
    headers = message_from_bytes(first, policy=policy.default)
    assert headers["Message-ID"].endswith("@127.0.0.1>")
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Date"].datetime == notice.made_at


def test_its_id_tells_neither_who_nor_what(notice: Notice) -> None:
    local, _, _ = build_mail(notice).extra_headers["Message-ID"].partition("@")

    assert "review" not in local
    assert len(local) == 1 + 40


def test_a_title_cannot_forge_headers(team: Workflow, at: datetime) -> None:
    notice = make_notice(team, at, title="Elbow\r\nBcc: everybody@example.org\n\nHello")

    message = message_from_bytes(build_mail(notice).message().as_bytes(), policy=policy.default)

    assert message["Bcc"] is None
    assert message["Subject"].startswith("Elbow Bcc: everybody@example.org Hello: ")


def test_a_long_title_is_cut_in_the_subject_and_whole_in_the_text(
    team: Workflow, at: datetime
) -> None:
    mail = build_mail(make_notice(team, at, title="é" * 500))

    assert mail.subject == "é" * (LONGEST_TITLE - 1) + "…: review due on 2028-11-21"
    assert "é" * 500 in mail.body


def test_a_title_is_not_escaped_as_in_html(team: Workflow, at: datetime) -> None:
    assert 'Salt & "pepper" <b>' in build_mail(make_notice(team, at, 'Salt & "pepper" <b>')).body


def test_it_is_sent_once_however_often_the_job_runs(
    notice: Notice, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    send(notice, at)
    send(notice, at)

    assert len(mailoutbox) == 1
    assert Notice.objects.get().mailed_at == at


@pytest.mark.parametrize(
    "columns", [{"is_active": False}, {"email": ""}], ids=["left", "no address"]
)
def test_who_has_left_or_has_no_address_gets_none(
    team: Workflow,
    notice: Notice,
    at: datetime,
    mailoutbox: list[EmailMessage],
    columns: dict[str, Any],
) -> None:
    type(team.publisher).objects.filter(pk=team.publisher.pk).update(**columns)

    send(notice, at)

    assert mailoutbox == []
    assert Notice.objects.get().mailed_at is None


def test_a_kind_that_was_turned_off_is_not_mailed(
    team: Workflow, notice: Notice, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    choose(person=team.publisher, mailed=[kind for kind in Kind if kind != Kind.REVIEW_DUE])

    send(notice, at)

    assert mailoutbox == []


def test_who_need_not_sign_any_more_is_not_asked_to(
    team: Workflow, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    document = team.save()
    team.submit(document)
    read_log(at=at)
    asked = Notice.objects.get(kind=Kind.SUBMITTED)
    team.sign(document)

    send(asked, at)

    assert mailoutbox == []


def test_the_choice_of_one_person_is_nobody_elses(
    team: Workflow, notice: Notice, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    choose(person=team.editor, mailed=[])

    send(notice, at)

    assert len(mailoutbox) == 1


def test_the_worker_mails_it(notice: Notice, at: datetime, mailoutbox: list[EmailMessage]) -> None:
    worker = Worker(clock=lambda: at)

    worker.do_round()

    assert "publisher@example.org" in [mail.to[0] for mail in mailoutbox]
    assert worker.failures == 0


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words(kind: Kind) -> None:
    facts = {
        "edition": 4,
        "due_on": "2028-11-21",
        "due_at": "2028-11-21T12:00:00Z",
        "verb": "publish",
        "change_class": "clinical",
        "source": "en/1",
    }

    said = get_headline(kind, facts) + get_sentence(kind, facts)

    assert "?" not in said
    assert "{" not in said


def test_a_missing_fact_leaves_a_question_mark_and_not_an_error() -> None:
    assert get_sentence(Kind.REVIEW_DUE, {}) == "The review of edition ? is due on ?."


def test_letters_of_every_script_arrive(team: Workflow, at: datetime) -> None:
    notice = make_notice(team, at, title="Ellbogen: ärztlich · 肘 · מרפק")

    message = message_from_bytes(build_mail(notice).message().as_bytes(), policy=policy.default)

    assert "Ellbogen: ärztlich · 肘 · מרפק (condition, en)" in message.get_content()
    assert message["Subject"].strip().startswith("Ellbogen: ärztlich · 肘 · מרפק: ")
