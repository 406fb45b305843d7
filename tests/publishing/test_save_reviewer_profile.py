"""What entitles a reviewer to sign: written by administrators, never by the reviewer."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from calfcms.accounts.groups import ADMINISTRATOR, AUDITOR, CLINICAL_REVIEWER
from calfcms.publishing.actions.save_reviewer_profile import (
    delete_reviewer_profile,
    save_reviewer_profile,
)
from calfcms.publishing.models import Event, ReviewerProfile
from calfcms.publishing.problem import Refused
from tests.conftest import make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

PAGES = "/admin/publishing/reviewerprofile/"


def make_member(username: str, *groups: str) -> User:
    person = User.objects.create_user(username, is_staff=True)
    person.groups.set(Group.objects.filter(name__in=groups))
    return person


def fill_in(**changes: Any) -> dict[str, Any]:
    form = {
        "name": "Rhea Reviewer (fictional)",
        "credentials": "demonstration only",
        "registration_body": "Fictional Register",
        "registration_number": "0001",
        "specialties": "general-practice",
        "valid_until": "2031-01-01",
        "conflicts_of_interest": "none",
    }
    return form | changes


@pytest.fixture
def administrator(db: None) -> User:
    return make_member("ada", ADMINISTRATOR)


@pytest.fixture
def as_administrator(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def get_url(profile: ReviewerProfile, page: str = "change") -> str:
    return f"{PAGES}{profile.pk}/{page}/"


def test_an_administrator_makes_a_profile_with_specialties_as_tags(
    as_administrator: Client,
) -> None:
    rhea = make_member("rhea", CLINICAL_REVIEWER)
    form = fill_in(
        user=rhea.pk, specialties="Vascular Medicine, general-practice,, vascular-medicine"
    )

    as_administrator.post(f"{PAGES}add/", form)

    profile = ReviewerProfile.objects.get()
    assert profile.specialties == ["general-practice", "vascular-medicine"]
    event = Event.objects.get()
    assert (event.action, event.subject) == ("reviewer.profile_created", "reviewer rhea")
    assert event.details["changes"]["valid_until"] == {"before": None, "after": "2031-01-01"}


def test_a_specialty_that_is_no_slug_is_refused(as_administrator: Client) -> None:
    rhea = make_member("rhea", CLINICAL_REVIEWER)

    response = as_administrator.post(
        f"{PAGES}add/", fill_in(user=rhea.pk, specialties="eyes & ears")
    )

    assert "valid “slug”" in response.content.decode()
    assert not ReviewerProfile.objects.exists()


def test_a_change_is_an_event_that_says_what_was_and_what_is(
    as_administrator: Client, reviewer: User
) -> None:
    profile = reviewer.reviewer_profile
    form = fill_in(name=profile.name, registration_number="0000", conflicts_of_interest="")

    as_administrator.post(get_url(profile), form | {"valid_until": "2027-06-30"})

    assert Event.objects.get().details["changes"] == {
        "valid_until": {"before": "2031-01-01", "after": "2027-06-30"}
    }
    assert ReviewerProfile.objects.get().valid_until == date(2027, 6, 30)


def test_saving_what_was_there_is_no_event(administrator: User, reviewer: User, at: Any) -> None:
    save_reviewer_profile(profile=reviewer.reviewer_profile, by=administrator, at=at)

    assert not Event.objects.exists()


def test_nobody_writes_their_own(administrator: User, at: Any) -> None:
    profile = ReviewerProfile(
        user=administrator, **fill_in(specialties=[], valid_until=date(2031, 1, 1))
    )

    with pytest.raises(Refused, match="Ask another administrator"):
        save_reviewer_profile(profile=profile, by=administrator, at=at)


def test_ones_own_is_not_on_offer_in_the_admin(
    as_administrator: Client, administrator: User
) -> None:
    added = as_administrator.post(f"{PAGES}add/", fill_in(user=administrator.pk))
    assert "not one of the available choices" in added.content.decode()

    own = ReviewerProfile.objects.create(
        user=administrator, **fill_in(specialties=[], valid_until=date(2031, 1, 1))
    )
    assert as_administrator.post(get_url(own), fill_in()).status_code == 403
    assert as_administrator.post(get_url(own, "delete"), {"post": "yes"}).status_code == 403


def test_a_profile_stays_with_its_person(
    as_administrator: Client, administrator: User, reviewer: User, at: Any
) -> None:
    profile, other = reviewer.reviewer_profile, make_member("other")

    as_administrator.post(get_url(profile), fill_in(user=other.pk))
    assert ReviewerProfile.objects.get().user == reviewer

    profile.user = other
    with pytest.raises(Refused, match="Make another one"):
        save_reviewer_profile(profile=profile, by=administrator, at=at)


def test_one_that_was_never_used_can_be_deleted(as_administrator: Client, reviewer: User) -> None:
    as_administrator.post(get_url(reviewer.reviewer_profile, "delete"), {"post": "yes"})

    assert not ReviewerProfile.objects.exists()
    assert Event.objects.get().action == "reviewer.profile_deleted"


def test_one_that_was_signed_with_is_kept(
    as_administrator: Client, administrator: User, workflow: Workflow, at: Any
) -> None:
    workflow.publish_whole()
    profile = ReviewerProfile.objects.get()

    response = as_administrator.post(get_url(profile, "delete"), {"post": "yes"})

    assert response.status_code == 403
    with pytest.raises(Refused, match="Set “valid until” to a day that has passed"):
        delete_reviewer_profile(profile=profile, by=administrator, at=at)


def test_a_profile_changed_later_leaves_the_sign_off_as_it_was(
    as_administrator: Client, workflow: Workflow
) -> None:
    edition = workflow.publish_whole()
    form = fill_in(name="Rhea Renamed", credentials="struck off")

    as_administrator.post(get_url(ReviewerProfile.objects.get()), form)

    assert ReviewerProfile.objects.get().name == "Rhea Renamed"
    sign_off = edition.document.sign_offs.get()
    assert sign_off.reviewer_name == "Rex Reviewer (fictional)"


def test_without_the_right_nothing_is_written(reviewer: User, at: Any) -> None:
    somebody = make_person("somebody", "view_reviewerprofile")

    with pytest.raises(Refused, match="“change_reviewerprofile” is missing"):
        save_reviewer_profile(profile=reviewer.reviewer_profile, by=somebody, at=at)
    with pytest.raises(Refused, match="“delete_reviewerprofile” is missing"):
        delete_reviewer_profile(profile=reviewer.reviewer_profile, by=somebody, at=at)


def test_an_auditor_reads_profiles_and_changes_none(client: Client, reviewer: User) -> None:
    client.force_login(make_member("aud", AUDITOR))
    profile = reviewer.reviewer_profile

    assert client.get(PAGES).status_code == 200
    assert client.get(get_url(profile)).status_code == 200
    assert client.post(get_url(profile), fill_in()).status_code == 403
