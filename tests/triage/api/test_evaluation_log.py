"""The log of evaluations: off unless a deployment turns it on, and nothing in it names anybody."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calfcms.jobs.duties import list_duties
from calfcms.publishing.models import Edition
from tests.triage.api.conftest import URL, Ask, Send
from triage.actions.log_evaluation import name_age_band
from triage.core.facts import Facts
from triage.models import LoggedEvaluation

BODY = {
    "findings": {"smoke": "present", "fever": "absent", "hum": "unknown"},
    "age_years": 63,
    "sex": "female",
}


@pytest.fixture(autouse=True)
def _published(published: Edition) -> None:
    """Everything here is asked of the first edition."""


@pytest.fixture
def log(settings: Any) -> None:
    """A deployment that keeps evaluations for ten days."""
    settings.TRIAGE_LOG_DAYS = 10


def keep(day: date, protocol: str = "tooth-hum") -> None:
    LoggedEvaluation.objects.create(
        day=day,
        protocol=protocol,
        locale="en",
        edition=1,
        sex="unknown",
        urgency="routine",
        status="complete",
        findings={"present": [], "absent": [], "unknown": []},
        rules=[],
    )


def list_days() -> list[date]:
    return list(LoggedEvaluation.objects.order_by("day").values_list("day", flat=True))


def forget_old() -> int:
    """What the worker does in every round."""
    (duty,) = [one for one in list_duties() if one.name == "triage.forget_old_evaluations"]
    return duty.function(at=timezone.now())


def test_it_is_off_by_default_and_an_evaluation_writes_nothing(ask: Ask) -> None:
    with CaptureQueriesContext(connection) as queries:
        ask(BODY)

    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT"]
    assert not LoggedEvaluation.objects.exists()


@pytest.mark.usefixtures("log")
def test_where_it_is_on_each_evaluation_is_a_row(ask: Ask) -> None:
    ask(BODY)

    row = dict(LoggedEvaluation.objects.values().get())
    assert row.pop("id")
    assert row == {
        "day": timezone.now().date(),
        "protocol": "tooth-hum",
        "locale": "en",
        "edition": 1,
        "age_band": "60-69",
        "sex": "female",
        "urgency": "emergency",
        "status": "complete",
        "findings": {"present": ["smoke"], "absent": ["fever"], "unknown": ["hum"]},
        "rules": ["smoke_seen"],
    }


def test_the_answer_is_the_same_whether_it_is_logged_or_not(send: Send, settings: Any) -> None:
    before = send(BODY).content

    settings.TRIAGE_LOG_DAYS = 10

    assert send(BODY).content == before


@pytest.mark.usefixtures("log")
def test_only_evaluations_are_logged(send: Send, ask: Ask) -> None:
    receipt = ask(BODY)["receipt"]
    LoggedEvaluation.objects.all().delete()

    statuses = [
        send(BODY, url=URL.replace("evaluate", "next")).status_code,
        send({"text": "smoke"}, url=URL.replace("evaluate", "parse")).status_code,
        send({"receipt": receipt}, url="/api/v1/triage/replay").status_code,
        send({"findings": {"my name is Ann": "present"}}).status_code,
    ]

    assert statuses == [200, 200, 200, 422]
    assert not LoggedEvaluation.objects.exists()


def test_no_column_could_hold_an_address_a_text_or_a_time() -> None:
    columns = {field.name: field for field in LoggedEvaluation._meta.get_fields()}

    assert set(columns) == {
        *("id", "day", "protocol", "locale", "edition", "age_band", "sex"),
        *("urgency", "status", "findings", "rules"),
    }
    assert not [
        name
        for name, field in columns.items()
        if isinstance(field, models.TextField | models.DateTimeField | models.TimeField)
    ]


@pytest.mark.usefixtures("log")
def test_a_log_that_cannot_be_written_takes_no_answer_away(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE triage_loggedevaluation")

    answer = ask(BODY)

    assert answer["disposition"]["urgency"] == "emergency"
    assert "could not be logged" in caplog.text


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ({}, ""),
        ({"age_months": 23}, "under 2"),
        ({"age_years": 1}, "under 2"),
        ({"age_years": 2}, "2-9"),
        ({"age_years": 10}, "10-19"),
        ({"age_years": 89}, "80-89"),
        ({"age_years": 90}, "90 and over"),
        ({"age_years": 130}, "90 and over"),
    ],
)
def test_ages_are_kept_as_bands(age: dict[str, Any], band: str) -> None:
    assert name_age_band(Facts(**age)) == band


@pytest.mark.usefixtures("log")
def test_the_worker_deletes_what_was_kept_for_its_time() -> None:
    today = timezone.now().date()
    for age in (0, 9, 10, 11):
        keep(today - timedelta(days=age))

    number = forget_old()

    assert number == 2
    assert list_days() == [today - timedelta(days=9), today]


def test_the_worker_deletes_all_once_it_is_off_again() -> None:
    keep(timezone.now().date())

    assert forget_old() == 1
    assert list_days() == []


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--before", "2026-11-02"], [("2026-11-02", "knee-hum")]),
        (["--protocol", "knee-hum"], [("2026-11-01", "tooth-hum")]),
        (
            ["--before", "2026-11-02", "--protocol", "knee-hum"],
            [("2026-11-01", "tooth-hum"), ("2026-11-02", "knee-hum")],
        ),
        (["--all"], []),
    ],
)
def test_the_command_deletes_what_it_is_told_and_says_how_many(
    options: list[str], left: list[tuple[str, str]]
) -> None:
    keep(date(2026, 11, 1))
    keep(date(2026, 11, 2), "knee-hum")
    said = StringIO()

    call_command("forget_evaluations", *options, stdout=said)

    rows = LoggedEvaluation.objects.order_by("day").values_list("day", "protocol")
    assert [(day.isoformat(), protocol) for day, protocol in rows] == left
    assert said.getvalue() == f"{2 - len(left)} logged evaluations deleted.\n"


@pytest.mark.parametrize("options", [[], ["--all", "--protocol", "tooth-hum"]])
def test_the_command_refuses_what_does_not_say_which(options: list[str]) -> None:
    keep(date(2026, 11, 1))

    with pytest.raises(CommandError, match="Say which"):
        call_command("forget_evaluations", *options)

    assert list_days() == [date(2026, 11, 1)]
