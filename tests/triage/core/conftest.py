"""Every test of the core compiles its protocols itself."""

import pytest

from triage.core import shortcut
from triage.core.compiled import compile_protocol


@pytest.fixture(autouse=True)
def _forget_compiled_protocols() -> None:
    """Else a test passes on what an earlier one compiled, before the code was changed."""
    compile_protocol.cache_clear()
    shortcut._build_index.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is quick: most changes of the code fall to the first tests already."""
    items.sort(key=lambda item: item.path.name == "test_every_answer.py")
