"""A running service with the first content, for the example clients."""

from collections.abc import Iterator

import pytest

from tests.browser.server import LocalServer, run_local_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """`make run`, with its content."""
    with run_local_server(tmp_path_factory.mktemp("clients"), "clients") as running:
        yield running
