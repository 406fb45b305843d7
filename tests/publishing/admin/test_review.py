"""The review page: what changed, comments on parts, and the signature."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.models import Comment, Document, SignOff
from calfcms.publishing.workflow import State
from calfcms.urgency import Urgency
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.draft import PublisherDraft, RedFlag
from tests.conditions.examples import REFERENCES
from tests.conftest import NOON, make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.conftest import Clock, Workflow, make_draft, read_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(workflow: Workflow) -> Document:
    """A page whose only red flag became less urgent, waiting for a signature."""
    workflow.publish_whole()
    [flag] = make_draft().red_flags
    document = workflow.save(red_flags=(flag.model_copy(update={"urgency": Urgency.ROUTINE}),))
    workflow.submit(document, note="Less alarming")
    return document


@pytest.fixture
def desk(reviewer: User) -> Client:
    return seat(reviewer, "comment")


def sign(client: Client, document: Document, **changes: Any) -> Any:
    form = {
        "do": "approved",
        "content_digest": read_digest(document),
        "role": "clinical",
        "conflicts_of_interest": "none declared",
        "comment": "",
    }
    return client.post(url_of("review", document), form | changes)


def test_it_shows_who_asks_for_what_and_what_weakens_safety(
    desk: Client, document: Document
) -> None:
    response = desk.get(url_of("review", document))

    page = response.content.decode()
    assert response.status_code == 200
    assert "Eda Editor" in page
    assert "Less alarming" in page
    assert "Urgency lowered from urgent to routine." in page
    assert "Compared with edition 1, which readers get now." in page
    assert [part.address for part in response.context["comparison"].weakened] == [
        "red_flags/numb-hand"
    ]


def test_the_form_names_the_digest_that_is_shown_and_the_role_that_is_needed(
    desk: Client, document: Document
) -> None:
    page = desk.get(url_of("review", document)).content.decode()

    assert f'name="content_digest" value="{read_digest(document)}"' in page
    assert 'name="role" value="clinical"' in page


def test_a_reviewer_signs(desk: Client, document: Document) -> None:
    response = sign(desk, document)

    assert response.status_code == 302
    signed = SignOff.objects.latest("pk")
    assert (signed.decision, signed.content_digest) == ("approved", read_digest(document))
    page = desk.get(url_of("review", document))
    assert page.context["sheet"].standing.state == State.APPROVED
    assert "deciding again replaces your last word" in page.content.decode()


def test_the_evidence_that_was_checked_goes_into_the_signature(
    workflow: Workflow, reviewer: User
) -> None:
    for reference in REFERENCES.values():
        save_reference(reference=reference, by=workflow.editor, at=NOON)
    document = workflow.save(summary="It tingles [@ito-2019; @ear-board].")
    workflow.submit(document)
    desk = seat(reviewer)

    page = desk.get(url_of("review", document)).content.decode()
    sign(desk, document, checked_references=["ito-2019", "ear-board"])

    assert page.count('name="checked_references"') == 2
    assert SignOff.objects.get().checked_references == ["ear-board", "ito-2019"]


def test_a_refusal_shows_every_reason_and_keeps_what_was_typed(
    desk: Client, document: Document
) -> None:
    response = sign(desk, document, do="changes_requested", conflicts_of_interest=" ", comment=" ")

    page = response.content.decode()
    assert response.status_code == 409
    assert 'data-code="conflicts_not_declared"' in page
    assert 'data-code="comment_missing"' in page
    assert not SignOff.objects.filter(content_digest=read_digest(document)).exists()


def test_changes_are_requested_with_what_should_change(desk: Client, document: Document) -> None:
    sign(desk, document, do="changes_requested", comment="Keep it urgent.")

    page = desk.get(url_of("review", document))
    assert page.context["sheet"].standing.state == State.CHANGES_REQUESTED
    assert "Keep it urgent." in page.content.decode()


def test_a_draft_that_changed_while_it_was_read_is_refused_with_what_changed(
    desk: Client, workflow: Workflow, document: Document
) -> None:
    read = read_digest(document)
    workflow.save(summary="It tingles all night.")

    response = sign(desk, document, content_digest=read, conflicts_of_interest="I own shares")

    page = response.content.decode()
    assert response.status_code == 409
    assert 'data-code="draft_changed"' in page
    assert {change.name for change in response.context["meanwhile"].fields} == {"summary"}
    assert [part.address for part in response.context["meanwhile"].parts] == ["red_flags/numb-hand"]
    assert "What changed since you opened the page" in page
    assert "It tingles all night." in page
    assert not SignOff.objects.filter(content_digest=read).exists()


def test_what_is_typed_stays_but_ticks_go_when_the_draft_has_changed(
    desk: Client, workflow: Workflow, document: Document
) -> None:
    read = read_digest(document)
    workflow.submit(workflow.save(summary="It tingles all night."), note="Again")

    response = sign(
        desk,
        document,
        content_digest=read,
        conflicts_of_interest="I own shares",
        checked_references=["ito-2019"],
    )

    assert response.context["conflicts"] == "I own shares"
    assert response.context["checked"] == []


def test_a_wording_that_a_shared_row_changed_is_refused_in_words(
    desk: Client, workflow: Workflow, document: Document
) -> None:
    read = read_digest(document)
    renamed = PublisherDraft(slug="demo", name="Renamed", url="https://example.org/")
    save_publisher(publisher=renamed, by=workflow.editor, at=NOON)

    response = sign(desk, document, content_digest=read)

    assert response.status_code == 409
    assert "A reference, a topic or the publisher" in response.content.decode()


def test_an_editor_of_the_draft_is_told_before_trying(document: Document, editor: User) -> None:
    page = seat(editor, "sign_off").get(url_of("review", document)).content.decode()

    assert "You cannot sign this" in page
    assert "four eyes" in page
    assert 'value="approved"' not in page


def test_an_editor_cannot_sign_by_hand_either(document: Document, editor: User) -> None:
    response = sign(seat(editor, "sign_off"), document)

    assert response.status_code == 409
    assert 'data-code="own_work"' in response.content.decode()


def test_what_was_not_submitted_cannot_be_signed(
    desk: Client, workflow: Workflow, document: Document
) -> None:
    workflow.save(summary="Not submitted again.")

    page = desk.get(url_of("review", document)).content.decode()

    assert "has to be submitted" in page
    assert 'value="approved"' not in page


def test_a_comment_stands_under_its_part_and_can_be_resolved(
    desk: Client, document: Document
) -> None:
    desk.post(
        url_of("review", document),
        {
            "do": "comment",
            "part": "red_flags/numb-hand",
            "body": "Why <less>?",
            "content_digest": read_digest(document),
        },
    )
    written = Comment.objects.get()

    page = desk.get(url_of("review", document)).content.decode()
    desk.post(url_of("review", document), {"do": "resolve", "comment": written.pk})

    assert "Why &lt;less&gt;?" in page
    assert page.index("part-red_flags/numb-hand") < page.index("Why &lt;less&gt;?")
    written.refresh_from_db()
    assert written.resolved_at is not None


def test_the_enter_key_signs_nothing(desk: Client, document: Document) -> None:
    page = desk.get(url_of("review", document)).content.decode()
    form = page[page.index('<form method="post" class="sign"') :]
    first_button = form[form.index("<button") :].split(">")[0]

    response = sign(desk, document, do="enter")

    assert 'value="enter"' in first_button  # a browser presses the first one for Enter
    assert response.status_code == 409
    assert 'data-code="not_signed"' in response.content.decode()
    assert not SignOff.objects.filter(content_digest=read_digest(document)).exists()


def test_a_refused_comment_keeps_its_text(desk: Client, document: Document) -> None:
    response = desk.post(
        url_of("review", document),
        {"do": "comment", "part": "", "body": "I think so", "content_digest": "sha256:0"},
    )

    assert response.status_code == 409
    assert "I think so</textarea>" in response.content.decode()


def test_a_comment_of_another_document_is_not_found(
    desk: Client, workflow: Workflow, document: Document, reviewer: User
) -> None:
    other = Document.objects.create(
        kind="condition",
        slug="other",
        locale="en",
        content_id=document.pk,
        created_at=NOON,
        created_by=reviewer,
    )
    foreign = Comment.objects.create(
        document=other,
        content_digest="sha256:0",
        body="Elsewhere",
        written_at=NOON,
        written_by=reviewer,
    )

    response = desk.post(url_of("review", document), {"do": "resolve", "comment": foreign.pk})

    assert response.status_code == 404


@pytest.mark.parametrize("do", ["approved", "changes_requested", "comment", "resolve", "", "else"])
def test_whoever_may_only_look_can_do_nothing(document: Document, do: str) -> None:
    looker = seat(make_person("looker"))

    response = looker.post(
        url_of("review", document), {"do": do, "content_digest": read_digest(document)}
    )

    assert response.status_code == 403
    assert looker.get(url_of("review", document)).status_code == 200


def test_it_is_closed_to_whoever_may_not_see_reviews(document: Document, client: Client) -> None:
    stranger = make_person("stranger", "view_document")
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)

    assert client.get(url_of("review", document)).status_code == 403


def test_what_went_out_unsigned_is_said_and_compared_with_what_was_signed_before(
    workflow: Workflow, desk: Client, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    workflow.save(summary="Sent out in a hurry.")
    now = clock()
    break_glass(
        document=document,
        by=make_person("breaker", "break_glass"),
        at=now,
        reason="A recall.",
        deadline_at=now + timedelta(hours=2),
    )
    workflow.submit(document, note="To be signed after the fact")

    response = desk.get(url_of("review", document))

    page = response.content.decode()
    assert "Readers get edition 2 now, which nobody has signed" in page
    assert "Compared with edition 1, the last signed one (not live)." in page
    assert [change.name for change in response.context["comparison"].fields] == ["summary"]
    assert 'value="approved"' in page


def test_a_first_edition_is_shown_as_all_new(workflow: Workflow, reviewer: User) -> None:
    document = workflow.save(
        red_flags=(RedFlag(id="cold", sign="It is cold", urgency=Urgency.EMERGENCY),)
    )
    workflow.submit(document)

    response = seat(reviewer).get(url_of("review", document))

    assert response.context["comparison"].is_first
    assert "A first edition: all of it is new" in response.content.decode()


def test_a_document_without_a_draft_has_a_page_that_says_so(
    document: Document, desk: Client, reviewer: User
) -> None:
    empty = Document.objects.create(
        kind="condition",
        slug="empty",
        locale="en",
        content_id=document.pk,
        created_at=NOON,
        created_by=reviewer,
    )

    for page in ("review", "compare", "history"):
        assert desk.get(url_of(page, empty)).status_code in (200, 404)
    assert "no draft to review" in desk.get(url_of("review", empty)).content.decode()
