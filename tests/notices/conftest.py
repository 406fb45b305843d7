"""A team with addresses, and the documents that it is told of."""

from datetime import datetime
from typing import Any, Final

import pytest
from django.contrib.auth.models import User

from calfcms.notices.actions.read_log import read_log
from calfcms.notices.models import Notice
from calfcms.publishing.actions.events import record_event
from calfcms.publishing.models import Document
from tests.conftest import make_person
from tests.publishing.conftest import Workflow
from tests.publishing.conftest import workflow as workflow  # a fixture

Told = dict[str, list[str]]
GLASS_ELBOW: Final = "Glass elbow: what it is and what helps"


def make_colleague(username: str, *rights: str) -> User:
    """Somebody on the staff, with these rights and an address."""
    person = make_person(username, *rights, email=f"{username}@example.org")
    return join_staff(person)


def join_staff(person: User) -> User:
    """Give this person the admin and an address."""
    person.is_staff = True
    person.email = f"{person.username}@example.org"
    person.save()
    return person


@pytest.fixture
def team(workflow: Workflow) -> Workflow:
    """The workflow, whose people are on the staff; what came before is read."""
    for person in (workflow.editor, workflow.reviewer, workflow.publisher):
        join_staff(person)
    return workflow


def record(action: str, *, document: Document, by: User, at: datetime, **columns: Any) -> None:
    """An event, as an action records it."""
    record_event(action=action, document=document, by=by, at=at, **columns)


def read_and_list(at: datetime) -> Told:
    """Read the log; who was told what, by kind."""
    read_log(at=at)
    return list_told()


def list_told() -> Told:
    """Who was told what so far, by kind."""
    told: Told = {}
    for notice in Notice.objects.select_related("person").order_by("person__username"):
        told.setdefault(notice.kind, []).append(notice.person.username)
    return told
