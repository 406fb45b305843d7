"""Demonstration people: fictional by name, and refused outside local mode."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from calfcms.accounts.groups import CLINICAL_REVIEWER, EDITOR, GROUPS
from calfcms.publishing.demonstration import (
    PASSWORD,
    PEOPLE,
    get_demonstration_editor,
    make_demonstration_people,
    publish_as_demonstration,
)
from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def test_they_can_log_in_with_the_password_that_is_printed() -> None:
    for username in make_demonstration_people():
        person = authenticate(username=username, password=PASSWORD)

        assert person is not None
        assert "(fictional)" in person.get_full_name()
        assert not person.is_superuser


def test_each_may_do_one_part_of_the_work() -> None:
    make_demonstration_people()
    editor = get_demonstration_editor()

    assert editor.has_perm("publishing.edit_draft")
    assert not editor.has_perm("publishing.sign_off")
    assert not editor.has_perm("publishing.publish")
    assert not editor.user_permissions.exists()


def test_every_group_has_somebody_and_nobody_has_two() -> None:
    make_demonstration_people()

    people = User.objects.filter(username__in=PEOPLE)
    assert {person.groups.get().name for person in people} == set(GROUPS)
    assert set(PEOPLE.values()) == set(GROUPS)


def test_every_clinical_reviewer_has_a_profile_to_sign_with() -> None:
    make_demonstration_people()

    reviewers = User.objects.filter(groups__name=CLINICAL_REVIEWER)
    assert reviewers.count() == 2
    assert all(reviewer.reviewer_profile.credentials for reviewer in reviewers)


def test_somebody_made_before_there_were_groups_is_put_into_theirs() -> None:
    make_demonstration_people()
    editor = get_demonstration_editor()
    editor.groups.clear()

    make_demonstration_people()

    assert editor.groups.get().name == EDITOR


def test_making_them_again_makes_nobody_new() -> None:
    first = make_demonstration_people()
    editor = get_demonstration_editor()

    second = make_demonstration_people()

    assert second == first
    assert get_demonstration_editor() == editor


def test_a_draft_is_submitted_signed_and_published_in_their_names(
    workflow: Workflow, at: Any
) -> None:
    document = workflow.save()

    editions = publish_as_demonstration(documents=[document], at=at)

    assert [edition.number for edition in editions] == [1]
    actors = set(Event.objects.exclude(action="draft.saved").values_list("actor", flat=True))
    assert all("(fictional)" in actor for actor in actors - {"Eda Editor"})


def test_what_is_live_already_is_left_alone(workflow: Workflow, at: Any) -> None:
    document = workflow.save()
    publish_as_demonstration(documents=[document], at=at)

    assert publish_as_demonstration(documents=[document], at=at) == []


def test_outside_local_mode_nobody_signs_for_a_clinician(
    workflow: Workflow, at: Any, settings: Any
) -> None:
    document = workflow.save()
    settings.CALFCMS_LOCAL = False

    with pytest.raises(Refused, match="local mode only"):
        publish_as_demonstration(documents=[document], at=at)
    with pytest.raises(Refused, match="local mode only"):
        make_demonstration_people()
