"""A published page, and messages about it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache

from calfcms.feedback.actions.receive_feedback import receive_feedback
from calfcms.feedback.models import Feedback, Kind
from tests.conftest import NOON
from tests.publishing.conftest import Workflow
from tests.publishing.conftest import workflow as workflow


@pytest.fixture(autouse=True)
def _forget_counted_calls(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def feedback(workflow: Workflow) -> Feedback:
    """A report of an error in a red flag."""
    return receive_feedback(
        edition=workflow.publish_whole(),
        part="numb-hand",
        kind=Kind.ERROR,
        message="A numb hand needs help at once.",
        at=NOON + timedelta(hours=2),
    )
