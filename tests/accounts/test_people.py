"""Accounts in the admin: what administrators do there, and what no made-up request gets them."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from calfcms.accounts.actions.delete_person import delete_person
from calfcms.accounts.actions.remove_second_factors import remove_second_factors
from calfcms.accounts.actions.save_person import save_person
from calfcms.accounts.actions.set_password import set_password
from calfcms.accounts.groups import ADMINISTRATOR, CLINICAL_REVIEWER, EDITOR, PUBLISHER
from calfcms.publishing.models import Event
from tests.accounts.conftest import PASSWORD, is_logged_in, log_in, make_member

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"


def get_url(person: User, page: str = "change") -> str:
    return f"{USERS}{person.pk}/{page}/"


def fill_in(person: User, **changes: Any) -> dict[str, Any]:
    """The form of an account as it is, with these changes."""
    form = {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "is_active": "on",
        "groups": [group.pk for group in person.groups.all()],
    }
    return form | changes


def get_group(name: str) -> Group:
    return Group.objects.get(name=name)


def test_an_administrator_makes_an_account_and_puts_it_into_a_group(
    as_administrator: Client,
) -> None:
    form = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    added = as_administrator.post(f"{USERS}add/", form | {"usable_password": "true"})
    new = User.objects.get(username="new")
    assert added.headers["Location"] == get_url(new)
    assert not new.is_staff

    as_administrator.post(get_url(new), fill_in(new, groups=[get_group(EDITOR).pk]))

    new = User.objects.get(username="new")
    assert new.is_staff
    assert new.has_perm("publishing.edit_draft")
    created, changed = Event.objects.order_by("seq")
    assert (created.action, created.subject) == ("account.created", "account new")
    assert (changed.action, changed.actor) == ("account.changed", "ada")
    assert changed.details == {
        "changed": ["is_staff"],
        "is_staff": True,
        "groups_added": [EDITOR],
        "groups_removed": [],
    }


def test_who_is_in_no_group_is_no_staff(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)

    as_administrator.post(get_url(eda), fill_in(eda, groups=[]))

    eda.refresh_from_db()
    assert not eda.is_staff
    assert Event.objects.get().details["groups_removed"] == [EDITOR]


def test_a_changed_name_is_an_event_without_the_name(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)

    as_administrator.post(get_url(eda), fill_in(eda, last_name="Newname", email="e@example.org"))

    event = Event.objects.get()
    assert event.details["changed"] == ["last_name", "email"]
    assert "Newname" not in str(event.details)


def test_saving_what_was_there_is_no_event(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)

    as_administrator.post(get_url(eda), fill_in(eda))

    assert not Event.objects.exists()


def test_closing_an_account_throws_its_owner_out(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)
    browser = Client()
    log_in(browser, "eda")
    form = fill_in(eda)
    del form["is_active"]

    as_administrator.post(get_url(eda), form)

    assert not is_logged_in(browser)


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions"])
def test_an_administrator_raises_nobody_by_fields_that_the_page_lacks(
    as_administrator: Client, field: str
) -> None:
    other = make_member("other")
    User.objects.filter(pk=other.pk).update(is_staff=False)
    right = Permission.objects.get(codename="publish")
    value = [right.pk] if field == "user_permissions" else "on"

    as_administrator.post(get_url(other), fill_in(other, **{field: value}))

    other = User.objects.get(pk=other.pk)
    assert not other.is_superuser
    assert not other.is_staff
    assert not other.user_permissions.exists()


def test_an_administrator_cannot_make_a_superuser_while_adding(as_administrator: Client) -> None:
    form = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    extra = {"usable_password": "true", "is_superuser": "on", "is_staff": "on", "groups": [1]}

    as_administrator.post(f"{USERS}add/", form | extra)

    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff, new.groups.count()) == (False, False, 0)


@pytest.mark.parametrize("group", [EDITOR, PUBLISHER, CLINICAL_REVIEWER])
def test_an_administrator_cannot_change_their_own_groups(
    as_administrator: Client, administrator: User, group: str
) -> None:
    groups = [get_group(ADMINISTRATOR).pk, get_group(group).pk]

    response = as_administrator.post(
        get_url(administrator), fill_in(administrator, groups=groups, last_name="Ada")
    )

    administrator = User.objects.get(pk=administrator.pk)
    assert response.status_code == 302
    assert administrator.last_name == "Ada"
    assert [one.name for one in administrator.groups.all()] == [ADMINISTRATOR]


def test_an_administrator_cannot_close_their_own_account(
    as_administrator: Client, administrator: User
) -> None:
    form = fill_in(administrator)
    del form["is_active"]

    as_administrator.post(get_url(administrator), form)

    assert User.objects.get(pk=administrator.pk).is_active


@pytest.mark.parametrize("page", ["change", "delete"])
def test_superusers_are_out_of_reach(as_administrator: Client, page: str) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)

    response = as_administrator.post(get_url(root, page), fill_in(root, post="yes"))

    assert response.status_code == 403
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)


def test_the_password_of_a_superuser_is_out_of_reach(as_administrator: Client) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    form = {"usable_password": "true", "password1": "mine mine mine", "password2": "mine mine mine"}

    get = as_administrator.get(get_url(root, "password"))
    post = as_administrator.post(get_url(root, "password"), form)

    assert (get.status_code, post.status_code) == (403, 403)
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)


def test_a_new_password_ends_the_sessions_of_its_owner_and_is_an_event(
    as_administrator: Client,
) -> None:
    eda = make_member("eda", EDITOR)
    browser = Client()
    log_in(browser, "eda")
    new = "a phrase by an administrator"
    form = {"usable_password": "true", "password1": new, "password2": new}

    response = as_administrator.post(
        get_url(eda, "password"), form | {"set-password": "Change password"}
    )

    assert response.status_code == 302
    assert not is_logged_in(browser)
    assert User.objects.get(pk=eda.pk).check_password(new)
    event = Event.objects.get(action="account.password_set")
    assert (event.actor, event.subject) == ("ada", "account eda")


def test_a_new_password_leaves_the_second_factor_as_it_was(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)
    Authenticator.objects.create(user=eda, type="totp", data={"secret": "x"})
    new = "a phrase by an administrator"
    as_administrator.post(
        get_url(eda, "password"),
        {"usable_password": "true", "password1": new, "password2": new, "set-password": "x"},
    )
    browser = Client()

    log_in(browser, "eda", new)

    assert not is_logged_in(browser)


def test_ones_own_password_is_changed_where_the_old_one_is_asked_for(
    as_administrator: Client, administrator: User
) -> None:
    form = {"usable_password": "true", "password1": "mine mine mine", "password2": "mine mine mine"}

    response = as_administrator.post(get_url(administrator, "password"), form)

    assert response.headers["Location"] == "/accounts/password/"
    assert User.objects.get(pk=administrator.pk).check_password(PASSWORD)


def test_an_account_that_was_never_used_can_be_deleted(as_administrator: Client) -> None:
    mistake = make_member("mistake")

    as_administrator.post(get_url(mistake, "delete"), {"post": "yes"})

    assert not User.objects.filter(username="mistake").exists()
    assert Event.objects.get().action == "account.deleted"


def test_an_account_that_was_used_is_kept(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)
    log_in(Client(), "eda")

    response = as_administrator.post(get_url(eda, "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(username="eda").exists()


def test_many_cannot_be_deleted_at_once(as_administrator: Client) -> None:
    mistake = make_member("mistake")

    as_administrator.post(
        USERS, {"action": "delete_selected", "_selected_action": [mistake.pk], "post": "yes"}
    )

    assert User.objects.filter(username="mistake").exists()


def test_the_list_says_who_has_a_second_factor(as_administrator: Client) -> None:
    eda = make_member("eda", EDITOR)
    Authenticator.objects.create(user=eda, type="totp", data={"secret": "x"})

    shown = as_administrator.get(USERS).context["cl"].queryset

    assert {one.username for one in shown if one._has_second_factor} == {"eda"}


def test_only_a_superuser_removes_second_factors(as_administrator: Client) -> None:
    """Else whoever may set a password could be anybody."""
    eda = make_member("eda", EDITOR)
    Authenticator.objects.create(user=eda, type="totp", data={"secret": "x"})
    form = {"action": "remove_second_factors", "_selected_action": [eda.pk]}
    root = Client()
    root.force_login(User.objects.create_superuser("root"))

    as_administrator.post(USERS, form)
    assert Authenticator.objects.count() == 1

    root.post(USERS, form)
    assert Authenticator.objects.count() == 0
    assert Event.objects.get().details == {"factors": ["totp"]}


def test_the_actions_refuse_what_the_pages_do_not_offer(administrator: User) -> None:
    now, eda = timezone.now(), make_member("eda", EDITOR)
    root = User.objects.create_superuser("root", password=PASSWORD)
    eda.is_superuser = True
    mine = [get_group(PUBLISHER)]
    refused: list[Any] = [
        lambda: save_person(person=eda, by=administrator, at=now),
        lambda: save_person(person=administrator, by=administrator, at=now, groups=mine),
        lambda: save_person(person=root, by=administrator, at=now),
        lambda: set_password(person=root, password="x", by=administrator, at=now),
        lambda: set_password(person=administrator, password="x", by=administrator, at=now),
        lambda: delete_person(person=root, by=administrator, at=now),
        lambda: delete_person(person=administrator, by=administrator, at=now),
        lambda: remove_second_factors(person=eda, by=administrator, at=now),
    ]

    for attempt in refused:
        with pytest.raises(PermissionDenied):
            attempt()

    assert not Event.objects.exists()
    assert not User.objects.get(pk=eda.pk).is_superuser


def test_an_editor_manages_nobody(client: Client) -> None:
    eda, other = make_member("eda", EDITOR), make_member("other")
    client.force_login(eda)

    for path in (USERS, f"{USERS}add/", get_url(other), get_url(other, "password")):
        assert client.get(path).status_code == 403
        assert client.post(path, fill_in(other)).status_code == 403
    with pytest.raises(PermissionDenied):
        save_person(person=other, by=eda, at=timezone.now(), groups=[])
