"""Duties and handlers that belong to one test."""

from datetime import datetime
from typing import Any

import pytest

from calfcms.jobs import duties, handlers
from calfcms.jobs.handlers import register_handler


class Postman:
    """A handler that notes what it did, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.done_at: list[datetime] = []
        self.failures = 0

    def deliver(self, arguments: dict[str, Any], *, at: datetime) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("nobody opened the door")
        self.done.append(arguments)
        self.done_at.append(at)


@pytest.fixture(autouse=True)
def _own_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the apps registered is set aside."""
    monkeypatch.setattr(duties, "_DUTIES", {})
    monkeypatch.setattr(handlers, "_HANDLERS", {})


@pytest.fixture
def postman(_own_registers: None) -> Postman:
    """The handler of jobs called `deliver`, tried three times."""
    postman = Postman()
    register_handler("deliver", postman.deliver, max_attempts=3)
    return postman
