"""`manage.py verify_audit`: the audit log is whole, or the first break is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from calfcms.publishing.models import AuditHead
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def tamper(statement: str) -> None:
    """Change the log as somebody could who may also drop triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE publishing_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER event_is_never_changed")
            cursor.execute("DROP TRIGGER event_is_never_deleted")
        cursor.execute(statement)


def test_a_whole_log_is_said_to_be_whole(
    workflow: Workflow, capsys: pytest.CaptureFixture[str]
) -> None:
    workflow.publish_whole()

    call_command("verify_audit")

    assert capsys.readouterr().out == (
        f"The audit log is whole: {AuditHead.objects.get().seq} events.\n"
    )


def test_a_changed_row_is_named(workflow: Workflow) -> None:
    workflow.publish_whole()
    tamper("UPDATE publishing_event SET actor = 'Somebody Else' WHERE seq = 3")

    with pytest.raises(CommandError, match=r"broken at event 3\. Event 3 was changed"):
        call_command("verify_audit")


def test_a_deleted_tail_is_noticed(workflow: Workflow) -> None:
    workflow.publish_whole()
    last = AuditHead.objects.get().seq
    tamper(f"DELETE FROM publishing_event WHERE seq = {last}")

    with pytest.raises(CommandError, match=f"event {last} was written"):
        call_command("verify_audit")
