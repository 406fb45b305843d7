"""Recalling: an edition is called back from everybody who holds it, for ever."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from calfcms.publishing import live_changes
from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.evidence.pack import build_pack
from calfcms.publishing.models import Document, Edition, Event, LivePeriod, Recall, Schedule, Verb
from calfcms.publishing.narration import narrate
from calfcms.publishing.selectors import find_audit_break, get_edition_as_of, get_live_edition
from calfcms.publishing.standings import get_standing
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Clock, Workflow
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db

ONE = timedelta(seconds=1)
LATER = NOON + timedelta(hours=6)
DEADLINE = LATER + timedelta(hours=20)
REASON = "The dose was wrong by a factor of ten."


@pytest.fixture
def recaller(db: None) -> User:
    """May recall, and nothing else."""
    return make_person("recaller", "recall", first_name="Rita", last_name="Recaller")


@pytest.fixture
def document(workflow: Workflow) -> Document:
    """A live page."""
    return workflow.publish_whole().document


def recall_one(document: Document, by: User, **changes: Any) -> Recall:
    asked: dict[str, Any] = {
        "number": 1,
        "severity": "critical",
        "reason": REASON,
        "at": LATER,
    } | changes
    return recall(document=document, by=by, **asked)


def get_last_event(action: str = "edition.recalled") -> Event:
    event = Event.objects.filter(action=action).order_by("-seq").first()
    assert event is not None
    return event


def test_the_live_edition_is_taken_from_readers_with_the_reason(
    document: Document, recaller: User
) -> None:
    made = recall_one(document, recaller, reason=f"  {REASON} ")

    assert get_live_edition(document) is None
    period = LivePeriod.objects.get(document=document)
    assert (period.ending, period.reason, period.ended_at) == ("withdrawn", REASON, LATER)
    assert (made.severity, made.reason, made.recalled_at, made.recalled_by) == (
        "critical",
        REASON,
        LATER,
        recaller,
    )


def test_readers_can_be_sent_to_another_page(
    document: Document, workflow: Workflow, recaller: User
) -> None:
    workflow.publish_whole(slug="stone-knee", name="Stone knee")

    recall_one(document, recaller, replacement="stone-knee")

    assert LivePeriod.objects.get(document=document).replacement == "stone-knee"
    assert get_last_event().details["replacement"] == "stone-knee"


def test_the_event_says_all_that_partners_must_know(document: Document, recaller: User) -> None:
    made = recall_one(document, recaller)

    event = get_last_event()
    assert (event.actor, event.edition) == ("Rita Recaller", 1)
    assert event.content_digest == made.edition.content_digest
    assert event.details == {
        "reason": REASON,
        "replacement": "",
        "recall": str(made.pk),
        "severity": "critical",
        "was_live": True,
    }
    assert find_audit_break() is None


def test_the_history_tells_it_in_words(document: Document, recaller: User) -> None:
    recall_one(document, recaller)

    told = narrate(get_last_event())

    assert told.title == "called back from everybody who holds it: edition 1"
    assert (told.why, told.tone) == (REASON, "danger")
    assert ("severity", "critical") in told.facts


def test_a_past_edition_is_recalled_and_the_live_one_stays(
    document: Document, workflow: Workflow, recaller: User
) -> None:
    live = workflow.publish_whole(summary="Right words.")

    recall_one(document, recaller, number=1)

    assert get_live_edition(document) == live
    assert get_last_event().details["was_live"] is False


def test_what_was_planned_for_the_live_edition_is_cancelled(
    document: Document, recaller: User, publisher: User
) -> None:
    schedule(
        document=document,
        verb=Verb.WITHDRAW,
        due_at=LATER + ONE,
        by=publisher,
        at=LATER - ONE,
        reason="Later.",
    )

    recall_one(document, recaller)

    assert Schedule.objects.get().outcome == "cancelled"


def test_what_was_live_then_stays_known(document: Document, recaller: User) -> None:
    edition = get_live_edition(document)

    recall_one(document, recaller)

    assert get_edition_as_of(document=document, at=LATER - ONE) == edition
    assert get_edition_as_of(document=document, at=LATER) is None


def test_the_evidence_pack_has_it(document: Document, recaller: User) -> None:
    made = recall_one(document, recaller)

    [edition] = build_pack(document, at=LATER)["editions"]

    assert edition["recall"] == {
        "id": str(made.pk),
        "severity": "critical",
        "reason": REASON,
        "recalled_at": "2026-11-21T18:00:00Z",
    }


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"number": 2}, ["not_published"]),
        ({"severity": "dreadful"}, ["severity_unknown"]),
        ({"severity": ""}, ["severity_unknown"]),
        ({"reason": " \n"}, ["reason_missing"]),
        ({"replacement": "nowhere"}, ["replacement_not_live"]),
        ({"replacement": "glass-elbow"}, ["replacement_not_live"]),
        ({"severity": "", "reason": ""}, ["severity_unknown", "reason_missing"]),
    ],
)
def test_it_refuses_with_every_reason_at_once(
    document: Document, recaller: User, changes: dict[str, Any], codes: list[str]
) -> None:
    refusals = list_refusals(lambda: recall_one(document, recaller, **changes))

    assert refusals == codes
    assert get_live_edition(document) is not None
    assert not Recall.objects.exists()


def test_it_refuses_what_was_never_published(workflow: Workflow, recaller: User) -> None:
    assert list_refusals(lambda: recall_one(workflow.save(), recaller)) == ["not_published"]


def test_it_refuses_a_second_time(document: Document, recaller: User) -> None:
    recall_one(document, recaller)

    again = list_refusals(lambda: recall_one(document, recaller, at=LATER + ONE))

    assert again == ["recalled_already"]
    assert Event.objects.filter(action="edition.recalled").count() == 1


def test_it_refuses_a_replacement_for_what_is_not_live(
    document: Document, workflow: Workflow, recaller: User
) -> None:
    workflow.publish_whole(summary="Right words.")
    workflow.publish_whole(slug="stone-knee", name="Stone knee")

    refusals = list_refusals(lambda: recall_one(document, recaller, replacement="stone-knee"))

    assert refusals == ["not_live"]


def test_it_refuses_somebody_without_the_right(document: Document, publisher: User) -> None:
    assert list_refusals(lambda: recall_one(document, publisher)) == ["not_allowed"]


def test_it_cannot_be_taken_back_or_changed(document: Document, recaller: User) -> None:
    made = recall_one(document, recaller)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Recall.objects.filter(pk=made.pk).update(severity="minor")
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        made.delete()


def test_other_words_can_be_published_after_it(
    document: Document, workflow: Workflow, recaller: User, clock: Clock
) -> None:
    recall_one(document, recaller, at=clock())

    edition = workflow.publish_whole(summary="Right words.")

    assert edition.number == 2
    assert get_live_edition(document) == edition


def test_the_same_words_need_a_signature_that_knows_of_the_recall(
    document: Document, workflow: Workflow, recaller: User, clock: Clock
) -> None:
    recall_one(document, recaller, at=clock())

    refusals = list_refusals(lambda: workflow.publish(document))
    workflow.sign(document)

    assert refusals == ["recalled_words"]
    assert workflow.publish(document).number == 2


def test_the_same_words_as_an_edition_long_ago_are_refused_too(
    document: Document, workflow: Workflow, recaller: User, clock: Clock
) -> None:
    workflow.publish_whole(summary="Other words.")
    recall_one(document, recaller, number=1, at=clock())
    workflow.save()
    workflow.submit(document)

    assert list_refusals(lambda: workflow.publish(document)) == ["recalled_words"]


def test_a_change_is_measured_against_the_last_edition_that_stands(
    document: Document, workflow: Workflow, recaller: User, clock: Clock
) -> None:
    workflow.publish_whole(red_flags=())
    recall_one(document, recaller, number=2, at=clock())

    standing = get_standing(document)

    assert standing is not None
    assert standing.is_safety_change


def test_an_editors_word_is_not_enough_where_no_signed_edition_stands(
    document: Document, workflow: Workflow, recaller: User, clock: Clock
) -> None:
    recall_one(document, recaller, at=clock())
    workflow.save(summary="Other words.")
    workflow.submit(document, "editorial", "Shorter")

    refusals = list_refusals(lambda: publish(document=document, by=workflow.publisher, at=clock()))

    assert "first_edition_is_clinical" in refusals


@pytest.fixture
def commander(db: None) -> User:
    """May break the glass."""
    return make_person("commander", "break_glass")


@pytest.fixture
def unsigned(document: Document, workflow: Workflow, commander: User) -> Edition:
    """An edition that went out in an emergency, and lapses to the one before."""
    workflow.save(summary="Unsigned words.")
    return break_unsigned(document, commander, at=LATER)


def break_unsigned(document: Document, by: User, *, at: datetime) -> Edition:
    return break_glass(document=document, by=by, at=at, reason="Now.", deadline_at=DEADLINE)


def test_a_recalled_emergency_does_not_lapse_to_anything(unsigned: Edition, recaller: User) -> None:
    recall_one(unsigned.document, recaller, number=2, at=LATER + ONE)

    assert get_live_edition(unsigned.document) is None
    assert carry_out_due(at=DEADLINE) == 0
    assert get_live_edition(unsigned.document) is None


def test_an_emergency_does_not_lapse_to_an_edition_that_was_recalled(
    unsigned: Edition, recaller: User
) -> None:
    recall_one(unsigned.document, recaller, number=1, at=LATER + ONE)
    carry_out_due(at=DEADLINE)

    assert get_live_edition(unsigned.document) is None
    period = LivePeriod.objects.get(edition=unsigned)
    assert period.ending == "withdrawn"
    assert "Edition 1, which was to take its place, has been recalled." in period.reason
    assert get_last_event("edition.withdrawn").edition == 2
    assert "was withdrawn" in Schedule.objects.get(verb=Verb.LAPSE).outcome_note


def test_nothing_more_goes_out_unsigned_once_no_edition_could_take_over(
    unsigned: Edition, recaller: User, commander: User, workflow: Workflow
) -> None:
    document = unsigned.document
    recall_one(document, recaller, number=1, at=LATER + ONE)
    workflow.save(summary="More unsigned words.")

    refusals = list_refusals(lambda: break_unsigned(document, commander, at=LATER + 2 * ONE))

    assert refusals == ["no_earlier_edition"]


@pytest.mark.parametrize("number", [1, 2])
def test_caches_are_told_whether_it_was_live_or_not(
    document: Document,
    workflow: Workflow,
    recaller: User,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    workflow.publish_whole(summary="Right words.")
    told: list[int | None] = []
    followers = [lambda _document, edition, **_: told.append(edition and edition.number)]
    monkeypatch.setattr(live_changes, "_followers", followers)

    recall_one(document, recaller, number=number)

    assert told == [{1: 2, 2: None}[number]]
