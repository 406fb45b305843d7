"""Saving what pages share: each change one revision and one event, no change nothing."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from reversion.models import Revision, Version

from calfcms.publishing.bundles import Outcome
from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.draft import ReferenceDraft, TopicDraft
from conditions.models import Reference
from conditions.selectors import get_publisher, list_publishers, list_references, list_topics
from tests.conditions.examples import PUBLISHER, REFERENCES, TOPICS

PAPER = REFERENCES["ito-2019"]


def test_a_new_reference_is_one_revision_and_one_event(editor: User, at: datetime) -> None:
    outcome = save_reference(reference=PAPER, by=editor, at=at)

    revision, event = Revision.objects.get(), Event.objects.get()
    assert outcome == Outcome.CREATED
    assert (revision.user, revision.date_created) == (editor, at)
    assert (event.action, event.subject) == ("reference.saved", "reference ito-2019")
    assert (event.actor, event.details) == ("Eda Editor", {"outcome": "created"})
    assert event.content_digest.startswith("sha256:")


def test_a_reference_reads_back_the_same(editor: User, at: datetime) -> None:
    for reference in REFERENCES.values():
        save_reference(reference=reference, by=editor, at=at)

    assert list_references() == [REFERENCES["ear-board"], REFERENCES["ito-2019"]]
    assert list_references(["ito-2019"]) == [PAPER]


def test_identifiers_are_kept_in_columns_to_find_references_by(editor: User, at: datetime) -> None:
    save_reference(reference=PAPER, by=editor, at=at)

    assert Reference.objects.get(doi="10.1234/jim.2019.45").key == "ito-2019"


def test_saving_a_reference_again_changes_nothing(editor: User, at: datetime) -> None:
    save_reference(reference=PAPER, by=editor, at=at)

    outcome = save_reference(reference=PAPER, by=editor, at=at)

    assert outcome == Outcome.UNCHANGED
    assert (Revision.objects.count(), Event.objects.count()) == (1, 1)


def test_a_corrected_reference_keeps_its_row_and_its_past(editor: User, at: datetime) -> None:
    save_reference(reference=PAPER, by=editor, at=at)
    row = Reference.objects.get()

    unchecked = ReferenceDraft(key=PAPER.key, csl=PAPER.csl)
    outcome = save_reference(reference=unchecked, by=editor, at=at)

    versions = Version.objects.get_for_object(row)
    assert outcome == Outcome.CHANGED
    assert Reference.objects.get().pk == row.pk
    assert [version.field_dict["checked_by"] for version in versions] == ["", "Eda Editor"]


def test_publishers_and_topics_are_saved_the_same_way(editor: User, at: datetime) -> None:
    topic = TOPICS["ears"]
    first = [
        save_publisher(publisher=PUBLISHER, by=editor, at=at),
        save_topic(topic=topic, by=editor, at=at),
    ]
    again = [
        save_publisher(publisher=PUBLISHER, by=editor, at=at),
        save_topic(topic=topic, by=editor, at=at),
    ]
    renamed = save_topic(topic=TopicDraft(slug="ears", title="Both ears"), by=editor, at=at)

    assert (first, again) == ([Outcome.CREATED] * 2, [Outcome.UNCHANGED] * 2)
    assert renamed == Outcome.CHANGED
    assert list_publishers() == [PUBLISHER]
    assert get_publisher("demo-library") == PUBLISHER
    assert [topic.title for topic in list_topics()] == ["Both ears"]
    assert [event.action for event in Event.objects.all()] == [
        "publisher.saved",
        "topic.saved",
        "topic.saved",
    ]


def test_somebody_without_the_right_saves_nothing(publisher: User, at: datetime) -> None:
    with pytest.raises(Refused, match="edit_draft"):
        save_reference(reference=PAPER, by=publisher, at=at)

    assert not Reference.objects.exists()
    assert not Event.objects.exists()
