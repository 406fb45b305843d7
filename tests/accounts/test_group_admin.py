"""Groups in the admin: administrators make their own, within what they may do themselves."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from calfcms.accounts.actions.save_group import delete_group, save_group
from calfcms.accounts.groups import ADMINISTRATOR, EDITOR, GROUPS
from calfcms.publishing.models import Event

pytestmark = pytest.mark.django_db

PAGES = "/admin/auth/group/"


def get_right(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def make_group(*codenames: str) -> Group:
    group = Group.objects.create(name="Helpers")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def list_rights(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


def post(client: Client, group: Group, *codenames: str, name: str = "Helpers") -> Any:
    rights = [get_right(codename).pk for codename in codenames]
    return client.post(f"{PAGES}{group.pk}/change/", {"name": name, "permissions": rights})


def test_a_group_with_rights_that_one_has_can_be_made(as_administrator: Client) -> None:
    form = {"name": "Helpers", "permissions": [get_right("view_user").pk]}

    as_administrator.post(f"{PAGES}add/", form)

    assert list_rights(Group.objects.get(name="Helpers")) == {"view_user"}
    event = Event.objects.get()
    assert (event.action, event.subject) == ("group.created", "group Helpers")
    assert event.details == {"rights_added": ["view_user"], "rights_removed": []}


@pytest.mark.parametrize("right", ["publish", "sign_off", "read_audit", "delete_logentry"])
def test_a_right_that_one_lacks_cannot_be_given(as_administrator: Client, right: str) -> None:
    group = make_group("view_user")

    response = post(as_administrator, group, "view_user", right)

    assert response.status_code == 200
    assert "not one of the available choices" in response.content.decode()
    assert list_rights(group) == {"view_user"}


def test_a_right_that_one_lacks_stays_when_others_change(as_administrator: Client) -> None:
    group = make_group("publish", "view_user")

    post(as_administrator, group, "view_group")

    assert list_rights(group) == {"publish", "view_group"}


@pytest.mark.parametrize("name", GROUPS)
def test_the_groups_that_come_with_calfcms_stay_as_they_are(
    as_administrator: Client, name: str
) -> None:
    group = Group.objects.get(name=name)
    before = list_rights(group)

    changed = post(as_administrator, group, "view_user", name=name)
    deleted = as_administrator.post(f"{PAGES}{group.pk}/delete/", {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert list_rights(group) == before


def test_a_group_that_one_is_in_is_out_of_reach(
    as_administrator: Client, administrator: User
) -> None:
    group = make_group("view_user")
    administrator.groups.add(group)

    assert post(as_administrator, group, "view_group").status_code == 403


def test_a_group_with_somebody_in_it_is_not_deleted(as_administrator: Client) -> None:
    group = make_group("view_user")
    User.objects.create_user("member").groups.add(group)
    url = f"{PAGES}{group.pk}/delete/"

    assert as_administrator.post(url, {"post": "yes"}).status_code == 403

    User.objects.get(username="member").groups.clear()
    assert as_administrator.post(url, {"post": "yes"}).status_code == 302
    assert Event.objects.get().action == "group.deleted"


def test_the_actions_refuse_what_the_pages_do_not_offer(administrator: User) -> None:
    now, group = timezone.now(), make_group("view_user", "publish")
    shipped, own = Group.objects.get(name=EDITOR), Group.objects.get(name=ADMINISTRATOR)
    given, taken = [get_right("sign_off")], [get_right("view_user")]

    for target, rights in [(group, given), (group, taken), (shipped, []), (own, given)]:
        with pytest.raises(PermissionDenied):
            save_group(group=target, permissions=rights, by=administrator, at=now)
    with pytest.raises(PermissionDenied):
        delete_group(group=shipped, by=administrator, at=now)

    assert list_rights(group) == {"view_user", "publish"}
    assert not Event.objects.exists()
