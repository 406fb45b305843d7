"""`as_of` gives what a reader got then, whatever has happened: random histories, lived and asked.

Publishing in two locales, translations that fall behind, withdrawals, emergencies that lapse at the
first reader after their deadline, reviews that become overdue, a publisher that changes its name.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from calfcms.publishing.catching_up import pause
from calfcms.publishing.derived_reading import derived_bodies
from calfcms.publishing.overdue_reading import marked_bodies
from calfcms.publishing.reading import bodies
from tests.api.histories import (
    PARTNER,
    Reader,
    Step,
    World,
    is_marked_overdue,
    read_edition,
    steps,
)
from tests.api.keys import make_key
from tests.conftest import NOON, make_person

MOMENTS = st.lists(st.floats(-0.1, 1), min_size=3, max_size=6)
"""Points in a history: 0 is its beginning, 1 its end."""


@pytest.fixture
def make_world(editor: User, reviewer: User, publisher: User) -> Callable[[], World]:
    """A world in which nothing has happened yet."""
    commander = make_person("commander", "break_glass")
    people = {"editor": editor, "reviewer": reviewer, "publisher": publisher}
    key = make_key("read", partner=PARTNER)
    return lambda: World({**people, "commander": commander}, key)


def forget_bytes() -> None:
    """So that what is read next comes from the database."""
    for cache in (bodies, marked_bodies, derived_bodies):
        cache.clear()
    pause.end()


def check_history(make_world: Callable[[], World], *, examples: int, length: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(history=st.lists(steps, min_size=2, max_size=length), moments=MOMENTS)
    def live_and_ask(history: list[Step], moments: list[float]) -> None:
        with transaction.atomic():
            try:
                forget_bytes()
                world = make_world()
                world.live_through(history)
                forget_bytes()
                check_what_was_seen(world)
                check_between(world, moments)
            finally:
                transaction.set_rollback(True)

    live_and_ask()


def check_what_was_seen(world: World) -> None:
    """Every reader gets again, for every moment at which they read, what they got then."""
    with time_machine.travel(world.now, tick=False):
        for moment, reader, answer in world.seen:
            assert reader.read(world.client, moment) == answer, (moment, reader)


def check_between(world: World, moments: list[float]) -> None:
    """At any other moment it is what plain arithmetic says."""
    whole = world.now - NOON
    for moment in (NOON + whole * share for share in moments):
        for name, belief in world.beliefs.items():
            status, number = belief.get_status(moment)
            with time_machine.travel(world.now, tick=False):
                answer = Reader(name[0], f"locale={name[1]}").read(world.client, moment)

            assert answer.status == status, (moment, name)
            if number is not None:
                check_edition(json.loads(answer.body), name, number, moment)


def check_edition(
    body: dict[str, Any], name: tuple[str, str], number: int, moment: datetime
) -> None:
    """It is that edition, with the marks of that moment and nothing else."""
    stored = read_edition(name, number)
    assert body["review"].pop("overdue", False) is is_marked_overdue(stored, moment)
    if stored.get("translation"):
        for mark in ("stale", "source_withdrawn"):
            body["translation"].pop(mark, None)
            stored["translation"].pop(mark, None)
    assert body == stored


@pytest.mark.slow
def test_as_of_is_what_a_reader_got_then(make_world: Callable[[], World]) -> None:
    check_history(make_world, examples=12, length=8)


@pytest.mark.long
def test_as_of_is_what_a_reader_got_then_in_long_histories(
    make_world: Callable[[], World],
) -> None:
    check_history(make_world, examples=60, length=14)


HOUR = timedelta(hours=1)
STORY = [
    Step("publish", ("ear-glow", "en"), HOUR),
    Step("translate", ("ear-glow", "hi"), HOUR),
    Step("publish", ("ear-hum", "en"), HOUR),
    Step("break_glass", ("ear-glow", "en"), HOUR),
    Step("wait", ("ear-glow", "en"), 5 * HOUR),
    Step("wait", ("ear-glow", "en"), 2 * HOUR),
    Step("publish", ("ear-glow", "en"), timedelta(days=140)),
    Step("withdraw", ("ear-hum", "en"), HOUR),
    Step("wait", ("ear-glow", "en"), timedelta(days=400)),
    Step("withdraw", ("ear-glow", "en"), HOUR),
    Step("publish", ("ear-glow", "en"), HOUR),
]


def test_a_story_in_which_everything_happens(make_world: Callable[[], World]) -> None:
    world = make_world()

    world.live_through(STORY)

    forget_bytes()
    statuses = {answer.status for _, _, answer in world.seen}
    texts = b"".join(answer.body for _, _, answer in world.seen)
    assert statuses == {200, 404, 410}
    for sign in (b'"overdue":true', b'"unsigned":', b'"stale":true', b'"partner":"acme-clinic"'):
        assert sign in texts
    check_what_was_seen(world)
    check_between(world, [share / 40 for share in range(40)])


def test_the_past_does_not_move_when_a_deadline_passes_unseen(
    make_world: Callable[[], World],
) -> None:
    world = make_world()
    world.live_through(STORY[:4])
    before = world.now - timedelta(days=1)

    with time_machine.travel(before.astimezone(UTC) + timedelta(days=3), tick=False):
        then = Reader("ear-glow", "locale=en").read(world.client, before + timedelta(hours=7))
        now = Reader("ear-glow", "locale=en").read(world.client)

    assert b'"unsigned":' in then.body
    assert b'"unsigned":' not in now.body
