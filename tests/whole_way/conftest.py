"""Bundles loaded and published once for all tests of a module, and rolled back after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

Publish = Callable[[Path], Any]


@pytest.fixture(scope="module")
def publish_bundles(django_db_setup: None, django_db_blocker: Any) -> Publish:
    """A context manager that publishes a folder of bundles for as long as it is open."""

    @contextmanager
    def publish(folder: Path) -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            call_command("load_content", str(folder), publish=True, stdout=StringIO())
            yield
            transaction.set_rollback(True)

    return publish
