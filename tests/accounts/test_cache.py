"""The cache in the database: counts are shared, and run out when they should."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from calfcms.accounts.models import CacheEntry
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_a_row_that_every_process_reads() -> None:
    cache.set("answer", [4, 2], timeout=60)

    assert cache.get("answer") == [4, 2]
    assert CacheEntry.objects.count() == 1


def test_adding_keeps_what_is_there() -> None:
    assert cache.add("answer", 1)
    assert not cache.add("answer", 2)

    assert cache.get("answer") == 1


def test_counting_does_not_give_a_count_more_time() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        cache.set("count", 1, timeout=600)
        clock.shift(timedelta(seconds=590))
        assert cache.incr("count") == 2
        assert cache.get("count") == 2

        clock.shift(timedelta(seconds=11))
        assert cache.get("count") is None


def test_counting_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")
