"""Requests made up from the OpenAPI document: none may get an answer that the document lacks."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from calfcms.api.docs import write_openapi
from calfcms.wsgi import application
from tests.api.conftest import PublishPage

SCHEMA = schemathesis.openapi.from_dict(json.loads(write_openapi()))
SCHEMA.app = application
OPERATIONS = {
    f"{operation.method.upper()} {operation.path}": operation
    for operation in (result.ok() for result in SCHEMA.get_all_operations())  # type: ignore[union-attr]
}
# Cursors and the ids of findings are strings to the document; which of them exist, it cannot say.
OPAQUE = [positive_data_acceptance]
FEW = settings(
    max_examples=10,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_made_up_requests_get_documented_answers(name: str, publish_page: PublishPage) -> None:
    publish_page()

    @FEW
    @given(case=OPERATIONS[name].as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(excluded_checks=OPAQUE)

    ask()
