"""Deleting what pages share: only what nothing names, with all of it in the log; and recovering."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from reversion.models import Version

from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, Event, Standing
from calfcms.publishing.policy import ChangeClass, Decision, Role
from calfcms.publishing.problem import Refused
from conditions.actions.delete_shared_row import delete_shared_row
from conditions.actions.recover_shared_row import recover_shared_row
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.deleted_rows import list_deleted_rows
from conditions.draft import ReferenceDraft, TopicDraft
from conditions.models import Publisher, Reference, Topic
from conditions.selectors import list_publishers, list_references, list_topics
from conditions.shared_tables import PUBLISHERS, REFERENCES, TOPICS
from tests.conditions import examples
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows

PAPER = examples.REFERENCES["ito-2019"]
BOARD = examples.REFERENCES["ear-board"]
UNCITED: dict[str, Any] = {
    "summary": "",
    "sections": [],
    "faqs": [],
    "red_flags": [],
    "causes": [],
    "related": [],
    "topics": [],
}


@pytest.fixture
def saved_page(editor: User, at: datetime) -> Document:
    save_shared_rows(by=editor, at=at)
    return save_page(make_draft(), by=editor, at=at)


def _publish(
    document: Document, editor: User, reviewer: User, publisher: User, at: datetime
) -> None:
    submit(
        document=document, by=editor, at=at, change_class=ChangeClass.CLINICAL, note="First version"
    )
    sign_off(
        document=document,
        content_digest=digest_of(get_kind("condition").read_content(document)),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=reviewer,
        at=at,
        conflicts_of_interest="none",
    )
    publish(document=document, by=publisher, at=at)


def test_a_reference_that_nothing_names_goes_and_the_log_keeps_it_whole(
    editor: User, at: datetime
) -> None:
    save_reference(reference=PAPER, by=editor, at=at)

    delete_shared_row(table=REFERENCES, key="ito-2019", by=editor, at=at)

    event = Event.objects.latest("seq")
    assert not Reference.objects.exists()
    assert (event.action, event.subject) == ("reference.deleted", "reference ito-2019")
    assert event.actor == "Eda Editor"
    assert ReferenceDraft.model_validate(event.details["reference"]) == PAPER


def test_topics_and_publishers_go_the_same_way(editor: User, at: datetime) -> None:
    save_publisher(publisher=examples.PUBLISHER, by=editor, at=at)
    save_topic(topic=examples.TOPICS["ears"], by=editor, at=at)

    delete_shared_row(table=PUBLISHERS, key="demo-library", by=editor, at=at)
    delete_shared_row(table=TOPICS, key="ears", by=editor, at=at)

    assert not Publisher.objects.exists()
    assert not Topic.objects.exists()
    assert [event.action for event in Event.objects.all()[2:]] == [
        "publisher.deleted",
        "topic.deleted",
    ]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (REFERENCES, "ito-2019"),
        (REFERENCES, "ear-board"),  # cited in texts only
        (PUBLISHERS, "demo-library"),
        (TOPICS, "ears"),
    ],
)
def test_it_refuses_while_a_draft_names_it(
    saved_page: Document, editor: User, at: datetime, table: Any, key: str
) -> None:
    before = Event.objects.count()

    with pytest.raises(Refused) as refused:
        delete_shared_row(table=table, key=key, by=editor, at=at)

    problem = refused.value.problems[0]
    assert problem.code == f"{table.one}_in_use"
    assert "condition ear-glow (en): its draft still names" in problem.message
    assert table.model._default_manager.filter(**{table.column: key}).exists()
    assert Event.objects.count() == before


def test_it_refuses_while_a_live_edition_names_it_although_the_draft_does_not(
    saved_page: Document, editor: User, reviewer: User, publisher: User, at: datetime
) -> None:
    sections = [{"id": "a", "aspect": "symptoms", "headline": "A", "body": "Seen [@ear-board]."}]
    changes = {"related": [], "causes": [], "sections": sections}
    save_page(make_draft(**changes), by=editor, at=at)
    _publish(saved_page, editor, reviewer, publisher, at)
    save_page(make_draft(**UNCITED), by=editor, at=at)

    with pytest.raises(Refused, match="its live edition 1 still names"):
        delete_shared_row(table=REFERENCES, key="ear-board", by=editor, at=at)


def test_a_longer_key_that_begins_like_it_does_not_hold_it(
    saved_page: Document, editor: User, at: datetime
) -> None:
    save_reference(reference=BOARD.model_copy(update={"key": "ear"}), by=editor, at=at)

    delete_shared_row(table=REFERENCES, key="ear", by=editor, at=at)

    assert [row.key for row in list_references()] == ["ear-board", "ito-2019"]


def test_it_refuses_somebody_without_the_right(editor: User, reviewer: User, at: datetime) -> None:
    save_reference(reference=PAPER, by=editor, at=at)

    with pytest.raises(Refused, match="edit_draft"):
        delete_shared_row(table=REFERENCES, key="ito-2019", by=reviewer, at=at)

    assert Reference.objects.exists()


def test_it_refuses_what_is_not_there(editor: User, at: datetime) -> None:
    with pytest.raises(Refused, match="no topic with the slug `noses`"):
        delete_shared_row(table=TOPICS, key="noses", by=editor, at=at)


def test_what_was_deleted_is_listed_as_it_was_last(editor: User, at: datetime) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Eers"), by=editor, at=at)
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=at + timedelta(hours=1))
    delete_shared_row(table=TOPICS, key="ears", by=editor, at=at)

    deleted = list_deleted_rows(TOPICS)

    assert [(row.key, row.says.title) for row in deleted] == [("ears", "Ears")]
    assert deleted[0].saved_at == at + timedelta(hours=1)


@pytest.mark.parametrize("name", ["reference", "publisher", "topic"])
def test_what_was_deleted_can_be_recovered(editor: User, at: datetime, name: str) -> None:
    save_shared_rows(by=editor, at=at)
    table, key, read = {
        "reference": (REFERENCES, "ito-2019", list_references),
        "publisher": (PUBLISHERS, "demo-library", list_publishers),
        "topic": (TOPICS, "ears", list_topics),
    }[name]
    before = read()  # type: ignore[operator]
    delete_shared_row(table=table, key=key, by=editor, at=at)

    [deleted] = list_deleted_rows(table)
    recovered = recover_shared_row(table=table, version=deleted.version, by=editor, at=at)

    event = Event.objects.latest("seq")
    assert recovered == key
    assert read() == before  # type: ignore[operator]
    assert (event.action, event.subject) == (f"{name}.recovered", f"{name} {key}")
    assert list_deleted_rows(table) == []


def test_a_draft_that_cites_a_recovered_reference_again_has_its_digest_back(
    saved_page: Document, editor: User, at: datetime
) -> None:
    digest = Standing.objects.get().content_digest
    row = Reference.objects.get(key="ear-board")
    version = _get_version(row)
    row.delete()  # as when a citation was saved at the same moment as the deletion

    recover_shared_row(table=REFERENCES, version=version, by=editor, at=at)

    standing = Standing.objects.get()
    assert (standing.content_digest, standing.broken_citations) == (digest, 0)


def _get_version(row: Reference) -> Any:
    return Version.objects.get_for_object(row)[0]


def test_it_does_not_recover_over_a_row_that_has_the_key_now(editor: User, at: datetime) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=at)
    delete_shared_row(table=TOPICS, key="ears", by=editor, at=at)
    [deleted] = list_deleted_rows(TOPICS)
    save_topic(topic=TopicDraft(slug="ears", title="New ears"), by=editor, at=at)

    with pytest.raises(Refused, match="already"):
        recover_shared_row(table=TOPICS, version=deleted.version, by=editor, at=at)

    assert list_deleted_rows(TOPICS) == []
    assert Topic.objects.get().title == "New ears"


def test_it_does_not_recover_without_the_right(editor: User, reviewer: User, at: datetime) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=at)
    delete_shared_row(table=TOPICS, key="ears", by=editor, at=at)
    [deleted] = list_deleted_rows(TOPICS)

    with pytest.raises(Refused, match="edit_draft"):
        recover_shared_row(table=TOPICS, version=deleted.version, by=reviewer, at=at)


def test_it_does_not_recover_a_row_of_another_list(editor: User, at: datetime) -> None:
    save_topic(topic=TopicDraft(slug="ears", title="Ears"), by=editor, at=at)
    delete_shared_row(table=TOPICS, key="ears", by=editor, at=at)
    [deleted] = list_deleted_rows(TOPICS)

    with pytest.raises(Refused, match="no reference"):
        recover_shared_row(table=REFERENCES, version=deleted.version, by=editor, at=at)
