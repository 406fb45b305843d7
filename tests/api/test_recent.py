"""What a process keeps of what it used last: bounded, the newest first."""

from calfcms.api.recent import Recent


def test_what_was_kept_is_found_until_it_is_replaced() -> None:
    recent: Recent[str] = Recent(max_size=10, overhead=0)

    recent.keep("a", "one", size=3)
    recent.keep("a", "other", size=5)

    assert recent.find("a") == "other"
    assert recent.find("b") is None
    assert recent.size == 5


def test_what_was_used_longest_ago_goes_first() -> None:
    recent: Recent[str] = Recent(max_size=10, overhead=0)
    for name in "abc":
        recent.keep(name, name, size=3)
    recent.find("a")

    recent.keep("d", "d", size=3)

    assert [recent.find(name) for name in "abcd"] == ["a", None, "c", "d"]
    assert recent.size == 9


def test_what_is_larger_than_all_there_may_be_is_not_held() -> None:
    recent: Recent[str] = Recent(max_size=10, overhead=0)

    recent.keep("a", "huge", size=11)

    assert (recent.find("a"), recent.size) == (None, 0)


def test_nothing_is_left_after_forgetting() -> None:
    recent: Recent[str] = Recent(max_size=10, overhead=0)
    recent.keep("a", "a", size=3)

    recent.clear()

    assert (recent.find("a"), recent.size) == (None, 0)


def test_even_what_is_empty_takes_room() -> None:
    recent: Recent[str] = Recent(max_size=100_000)

    for number in range(1_000):
        recent.keep(number, "", size=0)

    assert recent.size <= 100_000
    assert recent.find(0) is None
    assert recent.find(999) == ""
