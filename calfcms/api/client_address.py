"""Whose call it is, as far as the network says: the address that a quota is counted for.

An address identifies a person: callers keep its hash only, and not for long.
"""

from ipaddress import AddressValueError, IPv6Address
from typing import Final

from django.conf import settings
from django.http import HttpRequest

_LOCAL: Final = (
    *("127.", "10.", "192.168.", "169.254."),
    *(f"172.{number}." for number in range(16, 32)),
)
"""How the IPv4 addresses begin that no reader on the internet has."""


def get_client_address(request: HttpRequest) -> str:
    """The address of the client; for IPv6 its network, of which one client has all addresses.

    `TRUSTED_PROXY_COUNT` says how many proxies in front add to `X-Forwarded-For`: what stands
    before their entries the client may have made up.
    """
    trusted: int = settings.TRUSTED_PROXY_COUNT
    address: str = request.META.get("REMOTE_ADDR", "")
    if trusted:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(entries) >= trusted and entries[-trusted].strip():
            address = entries[-trusted].strip()
    return address if ":" not in address else _shorten(address)


def is_behind_unknown_proxy(request: HttpRequest) -> bool:
    """Whether the address is no client's, but most likely that of a proxy.

    Where no proxy is trusted, a call from this machine or its network comes from a proxy that
    nobody told us of: all readers together have that one address.
    """
    if settings.TRUSTED_PROXY_COUNT:
        return False
    address: str = request.META.get("REMOTE_ADDR", "")
    if ":" not in address:
        return not address or address.startswith(_LOCAL)
    return _is_local(address)


def _shorten(address: str) -> str:
    """The network of an IPv6 address (/64), or an IPv4 address without its port."""
    if address.count(":") == 1:
        return address.partition(":")[0]
    found = _read(address)
    if found is None:
        return address
    return str(found.ipv4_mapped or found.packed[:8].hex())


def _is_local(address: str) -> bool:
    found = _read(address)
    if found is None:
        return False
    if found.ipv4_mapped:
        return str(found.ipv4_mapped).startswith(_LOCAL)
    return found.is_loopback or found.is_link_local or found.packed[0] & 0xFE == 0xFC


def _read(address: str) -> IPv6Address | None:
    host = address[1:].partition("]")[0] if address.startswith("[") else address
    try:
        return IPv6Address(host)
    except AddressValueError:
        return None
