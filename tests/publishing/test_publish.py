"""Publishing: what goes out is what was signed, and nothing else goes out."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish, publish_together
from calfcms.publishing.digest import canonical_json, digest_of, digest_of_bytes
from calfcms.publishing.models import Edition, Event, LivePeriod, Rendition
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition, list_changes
from calfcms.urgency import Urgency
from conditions.draft import Cause
from tests.conftest import make_person
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


def refused_codes(action: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        action()
    return [problem.code for problem in refusal.value.problems]


def read_json(edition: Edition) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(bytes(edition.renditions.get(format="json").body))
    return body


def test_a_signed_draft_becomes_edition_1_and_is_live(workflow: Workflow) -> None:
    edition = workflow.publish_whole()

    assert edition.number == 1
    assert get_live_edition(edition.document) == edition


def test_the_next_edition_takes_the_place_of_the_live_one(workflow: Workflow) -> None:
    first = workflow.publish_whole()

    second = workflow.publish_whole(summary="It tingles.")

    assert second.number == 2
    assert get_live_edition(first.document) == second
    assert LivePeriod.objects.get(edition=first).ending == "superseded"


def test_the_edition_holds_exactly_the_signed_content(workflow: Workflow) -> None:
    document = workflow.save()
    signed = read_digest(document)
    workflow.submit(document)
    workflow.sign(document)

    edition = workflow.publish(document)

    assert digest_of(json.loads(edition.content)) == signed
    assert digest_of_bytes(edition.content.encode()) == signed
    assert {s["content_digest"] for s in read_json(edition)["review"]["sign_offs"]} == {signed}


def test_a_reader_can_check_the_digest_of_an_edition(workflow: Workflow) -> None:
    edition = read_json(workflow.publish_whole())

    digest = edition.pop("digest")

    assert digest_of_bytes(canonical_json(edition)) == digest


def test_every_format_is_stored_with_the_digest_of_its_bytes(workflow: Workflow) -> None:
    edition = workflow.publish_whole()

    renditions = Rendition.objects.filter(edition=edition)

    stored = {"json", "card", "citations", "jsonld", "html", "md"}
    assert {r.format for r in renditions} == stored
    assert all(r.digest == digest_of_bytes(bytes(r.body)) for r in renditions)


def test_a_publication_is_an_event_in_the_feed(workflow: Workflow) -> None:
    edition = workflow.publish_whole()

    change = list_changes()[-1]

    assert (change.action, change.edition) == ("edition.published", 1)
    assert change.details["digest"] == edition.digest
    assert change.actor == "Pia Publisher"


def test_it_refuses_a_draft_that_nobody_submitted(workflow: Workflow) -> None:
    document = workflow.save()

    codes = refused_codes(lambda: workflow.publish(document))

    assert codes == ["not_submitted", "sign_off_missing"]


def test_it_refuses_a_draft_that_nobody_signed(workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document)

    assert refused_codes(lambda: workflow.publish(document)) == ["sign_off_missing"]


def test_one_changed_word_and_the_signature_no_longer_fits(workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    workflow.save(summary="An elbow that tingles.")

    codes = refused_codes(lambda: workflow.publish(document))

    assert codes == ["not_submitted", "sign_off_missing"]


def test_changed_back_the_signature_fits_again(workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    workflow.save(summary="An elbow that tingles.")
    workflow.save()

    assert workflow.publish(document).number == 1


def test_it_refuses_what_a_reviewer_asked_to_change(workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    assert refused_codes(lambda: workflow.publish(document)) == ["changes_requested"]


def test_a_request_for_changes_outweighs_another_reviewers_approval(
    workflow: Workflow, reviewer: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    second = make_person("second", "sign_off")
    profile = reviewer.reviewer_profile
    profile.pk, profile.user = None, second
    profile.save()
    workflow.reviewer = second
    workflow.sign(document, decision="changes_requested")

    assert refused_codes(lambda: workflow.publish(document)) == ["changes_requested"]


def test_it_refuses_to_publish_the_same_twice(workflow: Workflow) -> None:
    edition = workflow.publish_whole()

    codes = refused_codes(lambda: workflow.publish(edition.document))

    assert codes == ["nothing_changed"]
    assert Edition.objects.count() == 1


def test_it_refuses_a_signer_who_edited_the_draft_after_signing(
    workflow: Workflow, reviewer: User
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    reviewer.is_superuser = True
    reviewer.save()
    workflow.editor = reviewer
    workflow.save(summary="My own words.")
    workflow.save()

    assert refused_codes(lambda: workflow.publish(document)) == ["own_work"]


def test_it_refuses_credentials_that_have_run_out_since_the_signature(
    workflow: Workflow, reviewer: User, publisher: User, at: Any
) -> None:
    reviewer.reviewer_profile.valid_until = date(2026, 12, 1)
    reviewer.reviewer_profile.save()
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)

    codes = refused_codes(
        lambda: publish(document=document, by=publisher, at=at + timedelta(days=30))
    )

    assert codes == ["credentials_expired"]


def test_it_refuses_a_page_without_a_next_review(workflow: Workflow) -> None:
    document = workflow.save(review_interval_months=None)
    workflow.submit(document)
    workflow.sign(document)

    assert "no_review_interval" in refused_codes(lambda: workflow.publish(document))


def test_it_gives_every_reason_at_once(workflow: Workflow) -> None:
    document = workflow.save(review_interval_months=None, disclaimer="")

    codes = refused_codes(lambda: workflow.publish(document))

    assert {"not_submitted", "sign_off_missing", "no_review_interval"} < set(codes)


def test_it_refuses_somebody_without_the_right(workflow: Workflow, editor: User, at: Any) -> None:
    document = workflow.save()

    assert refused_codes(lambda: publish(document=document, by=editor, at=at)) == ["not_allowed"]


def test_it_refuses_a_first_edition_that_is_not_clinical(workflow: Workflow) -> None:
    document = workflow.save()
    workflow.submit(document, "editorial")
    workflow.sign(document)

    assert refused_codes(lambda: workflow.publish(document)) == ["first_edition_is_clinical"]


def test_it_refuses_to_call_a_changed_red_flag_editorial(workflow: Workflow) -> None:
    workflow.publish_whole()
    document = workflow.save(red_flags=())
    workflow.submit(document, "editorial")
    workflow.sign(document)

    assert refused_codes(lambda: workflow.publish(document)) == ["change_class_too_low"]


def test_an_editorial_change_leaves_the_review_date_and_the_clinical_signature(
    workflow: Workflow,
) -> None:
    first = workflow.publish_whole()
    document = workflow.save(summary="It tingles when you lean on it.")
    workflow.submit(document, "editorial", "Shorter")
    workflow.sign(document, "editorial")

    second = workflow.publish(document)

    review = read_json(second)["review"]
    assert second.last_reviewed_on == first.last_reviewed_on
    assert [s["role"] for s in review["sign_offs"]] == ["editorial", "clinical"]
    assert review["sign_offs"][1]["content_digest"] == first.content_digest


def test_a_clinical_change_moves_the_review_date(workflow: Workflow, at: Any) -> None:
    edition = workflow.publish_whole()

    assert edition.last_reviewed_on == at.date()
    assert edition.next_review_due_on == date(2028, 11, 21)


def test_pages_that_link_to_each_other_go_live_together(workflow: Workflow, at: Any) -> None:
    one = workflow.save(related=("stone-knee",))
    two = workflow.save(slug="stone-knee", name="Stone knee", related=("glass-elbow",))
    for document in (one, two):
        workflow.submit(document)
        workflow.sign(document)

    alone = refused_codes(lambda: workflow.publish(one))
    editions = publish_together(
        documents=[one, two], by=workflow.publisher, at=at + timedelta(hours=1)
    )

    assert alone == ["link_to_unpublished_condition"]
    assert [edition.number for edition in editions] == [1, 1]


def test_nothing_is_published_when_one_of_several_is_refused(workflow: Workflow, at: Any) -> None:
    one = workflow.save()
    two = workflow.save(slug="stone-knee", name="Stone knee")
    workflow.submit(one)
    workflow.sign(one)

    codes = refused_codes(
        lambda: publish_together(documents=[one, two], by=workflow.publisher, at=at)
    )

    assert codes == ["not_submitted", "sign_off_missing"]
    assert not Edition.objects.exists()
    assert not Event.objects.filter(action="edition.published").exists()


def test_it_refuses_a_cause_that_points_to_an_unpublished_page(workflow: Workflow) -> None:
    cause = Cause(id="stone", name="Stone", condition="stone-knee", urgency=Urgency.ROUTINE)
    document = workflow.save(causes=(cause.model_copy(update={"body": "A stone."}),))
    workflow.submit(document)
    workflow.sign(document)

    assert refused_codes(lambda: workflow.publish(document)) == ["link_to_unpublished_condition"]


def test_it_refuses_when_the_clock_runs_behind(
    workflow: Workflow, publisher: User, at: Any
) -> None:
    workflow.publish_whole()
    document = workflow.save(summary="It tingles.")
    workflow.submit(document)
    workflow.sign(document)

    codes = refused_codes(lambda: publish(document=document, by=publisher, at=at))

    assert codes == ["clock_behind"]


def test_saving_the_same_again_writes_nothing_whoever_does_it(workflow: Workflow) -> None:
    workflow.save()
    events = Event.objects.count()
    workflow.editor = make_person("other", "edit_draft")

    workflow.save()

    assert Event.objects.count() == events
