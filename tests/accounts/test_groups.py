"""The groups that migrations make, and the whole of what each may do, as one table."""

import pytest
from django.contrib.auth.models import Group, Permission

from calfcms.accounts.groups import (
    ADMINISTRATOR,
    AUDITOR,
    CLINICAL_REVIEWER,
    EDITOR,
    GROUPS,
    PARTNER_MANAGER,
    PUBLISHER,
)

pytestmark = pytest.mark.django_db

COLUMNS = (EDITOR, CLINICAL_REVIEWER, PUBLISHER, PARTNER_MANAGER, AUDITOR, ADMINISTRATOR)
TABLE = """
publishing.view_document        x x x x x x
publishing.view_edition         x x x x x x
publishing.view_submission      x x x . x x
publishing.view_signoff         x x x . x x
publishing.view_event           x x x . x x
publishing.view_comment         x x x . x x
publishing.view_schedule        x x x . x x
publishing.view_breakglass      x x x . x x
publishing.view_reviewextension x x x . x x
publishing.view_invitation      x x x . x x
publishing.edit_draft           x . . . . .
publishing.submit               x . . . . .
publishing.comment              x x x . . .
publishing.sign_off             . x . . . .
publishing.extend_review        . x . . . .
publishing.publish              . . x . . .
publishing.withdraw             . . x . . .
publishing.recall               . . x . . .
publishing.view_recall          . . x x x .
publishing.break_glass          . . x . . .
publishing.invite               x . x . . .
publishing.answer_feedback      x . x . . .
publishing.read_audit           . . . . x .
publishing.view_reviewerprofile . . . . x x
publishing.add_reviewerprofile  . . . . . x
publishing.change_reviewerprofile . . . . . x
publishing.delete_reviewerprofile . . . . . x
conditions.view_reference       x x x . x x
conditions.view_topic           x x x . x x
conditions.view_publisher       x x x . x x
conditions.add_reference        x . . . . .
conditions.change_reference     x . . . . .
conditions.delete_reference     x . . . . .
conditions.add_topic            x . . . . .
conditions.change_topic         x . . . . .
conditions.delete_topic         x . . . . .
conditions.add_publisher        x . . . . .
conditions.change_publisher     x . . . . .
conditions.delete_publisher     x . . . . .
search.view_synonymgroup        x x x . x x
search.add_synonymgroup         x . . . . .
search.change_synonymgroup      x . . . . .
search.delete_synonymgroup      x . . . . .
auth.view_user                  . . . . . x
auth.add_user                   . . . . . x
auth.change_user                . . . . . x
auth.delete_user                . . . . . x
auth.view_group                 . . . . . x
auth.add_group                  . . . . . x
auth.change_group               . . . . . x
auth.delete_group               . . . . . x
feedback.view_feedback          x . x . x .
syndication.view_holding        . . x x x .
syndication.view_webhookendpoint . . . x x .
syndication.add_webhookendpoint . . . x . .
syndication.change_webhookendpoint . . . x . .
syndication.view_partner        . . . x x x
syndication.add_partner         . . . x . .
syndication.change_partner      . . . x . .
syndication.view_key            . . . x x x
syndication.add_key             . . . x . .
syndication.change_key          . . . x . .
"""


def read_table() -> dict[str, set[str]]:
    """Group → rights, from the table."""
    rights: dict[str, set[str]] = {name: set() for name in COLUMNS}
    for line in TABLE.strip().splitlines():
        right, *marks = line.split()
        for name, mark in zip(COLUMNS, marks, strict=True):
            rights[name] |= {right} if mark == "x" else set()
    return rights


@pytest.mark.parametrize("name", COLUMNS)
def test_each_group_may_do_what_the_table_says_and_nothing_else(name: str) -> None:
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")

    held = {f"{one.content_type.app_label}.{one.codename}" for one in permissions}

    assert held == read_table()[name]


def test_there_are_no_other_groups() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS) == set(COLUMNS)


def test_nobody_publishes_what_they_wrote_or_signed_by_their_group_alone() -> None:
    rights = read_table()

    for name in COLUMNS:
        steps = {"edit_draft", "sign_off", "publish"}
        assert len(rights[name] & {f"publishing.{step}" for step in steps}) <= 1


def test_every_right_over_documents_belongs_to_some_group() -> None:
    given = set().union(*read_table().values())

    codenames = Permission.objects.filter(content_type__app_label="publishing").values_list(
        "codename", flat=True
    )

    assert {f"publishing.{codename}" for codename in codenames} <= given
