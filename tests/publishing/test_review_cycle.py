"""The review cycle: when an edition must be looked at again, by its risk class."""

from datetime import date

import pytest

from calfcms.publishing.policy import RiskClass
from tests.publishing.conftest import Workflow
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("risk_class", "months", "due_on"),
    [
        (RiskClass.HIGH, None, date(2027, 11, 21)),
        (RiskClass.RAISED, None, date(2028, 11, 21)),
        (RiskClass.STANDARD, None, date(2029, 11, 21)),
        (RiskClass.STANDARD, 6, date(2027, 5, 21)),
        (None, 24, date(2028, 11, 21)),
    ],
)
def test_the_next_review_is_due_by_class_or_sooner(
    workflow: Workflow, risk_class: RiskClass | None, months: int | None, due_on: date
) -> None:
    edition = workflow.publish_whole(risk_class=risk_class, review_interval_months=months)

    assert edition.next_review_due_on == due_on


def test_it_refuses_a_longer_interval_than_the_class_allows(workflow: Workflow) -> None:
    document = workflow.save(risk_class=RiskClass.HIGH, review_interval_months=13)
    workflow.submit(document)
    workflow.sign(document)

    codes = list_refusals(lambda: workflow.publish(document))

    assert codes == ["review_interval_too_long"]


def test_it_refuses_neither_class_nor_interval(workflow: Workflow) -> None:
    document = workflow.save(risk_class=None, review_interval_months=None)
    workflow.submit(document)
    workflow.sign(document)

    codes = list_refusals(lambda: workflow.publish(document))

    assert codes == ["no_review_interval"]
