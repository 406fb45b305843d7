"""The bytes that a process holds: bounded, and never the wrong ones."""

from concurrent.futures import ThreadPoolExecutor

from calfcms.api.bodies import Body, BodyCache


def make_body(name: str, size: int = 10) -> Body:
    return Body(f"sha256:{name}", name.encode().ljust(size))


def test_it_remembers_what_was_last_at_an_address() -> None:
    cache = BodyCache(max_bytes=100, max_addresses=10)
    cache.keep("a", make_body("one"))
    cache.keep("a", make_body("two"))

    assert cache.find("a") == make_body("two")
    assert cache.find("b") is None


def test_equal_bytes_are_held_once() -> None:
    cache = BodyCache(max_bytes=100, max_addresses=10)
    cache.keep("live", make_body("one"))
    cache.keep("edition 1", make_body("one"))

    assert cache.size == 10
    assert cache.find("live") is cache.find("edition 1")


def test_it_drops_what_was_not_used_for_longest() -> None:
    cache = BodyCache(max_bytes=25, max_addresses=10)
    cache.keep("a", make_body("one"))
    cache.keep("b", make_body("two"))
    cache.find("a")
    cache.keep("c", make_body("three"))

    assert cache.find("b") is None
    assert cache.find("a")
    assert cache.size == 20


def test_a_body_larger_than_all_room_is_not_held() -> None:
    cache = BodyCache(max_bytes=25, max_addresses=10)
    cache.keep("a", make_body("huge", 26))

    assert cache.find("a") is None
    assert cache.size == 0


def test_the_number_of_addresses_is_bounded() -> None:
    cache = BodyCache(max_bytes=100, max_addresses=2)
    for address in "abc":
        cache.keep(address, make_body("one"))

    assert cache.find("a") is None
    assert cache.find("c")


def test_threads_do_not_break_its_sums() -> None:
    cache = BodyCache(max_bytes=500, max_addresses=20)

    def use(turn: int) -> None:
        name = str(turn % 70)
        cache.keep(turn % 40, make_body(name))
        found = cache.find(turn % 40)
        assert found is None or found.content.strip() == found.digest[7:].encode()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(4000)))

    assert 0 < cache.size <= 500
    cache.clear()
    assert cache.size == 0
