"""Whose call it is: what proxies say counts as far as they are trusted."""

from typing import Any

import pytest
from django.test import RequestFactory

from calfcms.api.client_address import get_client_address, is_behind_unknown_proxy


def ask(remote: str, forwarded: str | None = None) -> Any:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/api/v1", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "made up, 198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9:50123", "203.0.113.9"),
    ],
)
def test_only_what_trusted_proxies_wrote_counts(
    settings: Any, trusted: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = trusted

    assert get_client_address(ask("10.0.0.1", forwarded)) == address


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("[2001:db8::1]:443", "2001:db8::2", True),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
    ],
)
def test_an_ipv6_client_has_a_whole_network(
    settings: Any, one: str, other: str, is_same: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1

    addresses = {get_client_address(ask("10.0.0.1", each)) for each in (one, other)}

    assert (len(addresses) == 1) == is_same


@pytest.mark.parametrize(
    ("remote", "is_proxy"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("172.31.255.1", True),
        ("172.32.0.1", False),
        ("192.168.1.1", True),
        ("::1", True),
        ("fd00::1", True),
        ("fe80::1", True),
        ("::ffff:127.0.0.1", True),
        ("", True),
        ("203.0.113.9", False),
        ("2001:db8::1", False),
        ("not:an:address", False),
    ],
)
def test_a_call_from_this_network_comes_from_a_proxy_that_nobody_told_us_of(
    settings: Any, remote: str, is_proxy: bool
) -> None:
    settings.TRUSTED_PROXY_COUNT = 0
    assert is_behind_unknown_proxy(ask(remote)) == is_proxy

    settings.TRUSTED_PROXY_COUNT = 1
    assert not is_behind_unknown_proxy(ask(remote))
