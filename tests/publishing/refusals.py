"""Reading refusals."""

from collections.abc import Callable
from typing import Any

import pytest

from calfcms.publishing.problem import Refused


def list_refusals(action: Callable[[], Any]) -> list[str]:
    """The codes of every reason for which an action is refused."""
    with pytest.raises(Refused) as refusal:
        action()
    return [problem.code for problem in refusal.value.problems]
