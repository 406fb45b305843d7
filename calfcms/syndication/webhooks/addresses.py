"""Which addresses webhooks may go to: the public internet over TLS, and what the deployment allows.

Without this, whoever may add an endpoint could make this server call machines that only it reaches.
A name is checked when it is typed in and again, once resolved, at each attempt.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final
from urllib.parse import SplitResult, urlsplit

from calfcms.publishing.problem import Problem

PORTS: Final = (443, 8443)
"""The ports that may be called. Others are those of databases, mail and the like."""
LONGEST_URL: Final = 500

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# From IANA's registries of special-purpose addresses. What is not listed here is the internet.
_REFUSED_IPV4: Final = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by carriers",
    "127.0.0.0/8": "this machine",
    "169.254.0.0/16": "link-local, where clouds keep credentials",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_INTERNET_IPV6: Final = ip_network("2000::/3")
"""All global unicast addresses are in here; loopback, private, link-local and multicast are not."""
_REFUSED_IPV6: Final = {
    "2001::/23": "protocol assignments, Teredo among them",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4, which may lead anywhere",
    "3fff::/20": "documentation",
}
_NAT64: Final = ip_network("64:ff9b::/96")
"""How a machine without IPv4 writes IPv4 addresses: the last 32 bits say which."""

_TABLE: Final = [(ip_network(text), why) for text, why in (_REFUSED_IPV4 | _REFUSED_IPV6).items()]
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST: Final = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_NUMERIC_LABEL: Final = re.compile(r"(0x[0-9a-f]*|\d+)\Z")


@dataclass(frozen=True)
class AllowList:
    """What a deployment allows beside the internet: hosts by name, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, items: Iterable[str]) -> "AllowList":
        """From a setting: `receiver.local`, `127.0.0.0/8`, `10.1.2.3`."""
        hosts, networks = set(), []
        for item in filter(None, (item.strip().lower() for item in items)):
            try:
                networks.append(ip_network(item, strict=False))
            except ValueError:
                hosts.add(item)
        return cls(frozenset(hosts), tuple(networks))

    def has_address(self, address: Address) -> bool:
        """Whether it is in one of the networks."""
        return any(address in network for network in self.networks)

    def has_host(self, host: str) -> bool:
        """Whether the host is named here, or is an address in one of the networks."""
        address = _read_address(host)
        return host in self.hosts or (address is not None and self.has_address(address))


def find_refusal(address: Address) -> str:
    """Why nothing is sent to this address; empty for one on the internet."""
    embedded = _get_embedded(address)
    if embedded is not None:
        return find_refusal(embedded)
    found = next((why for network, why in _TABLE if address in network), "")
    if found or address.version == 4 or address in _INTERNET_IPV6:
        return found
    return "not on the internet"


def _get_embedded(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped


def list_url_problems(url: str, *, allowed: AllowList) -> list[Problem]:
    """Every reason why nothing can be sent there, as far as it shows without asking DNS."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [
            _refuse(
                "url_malformed", "This is no address.", "Write it like https://example.org/hook."
            )
        ]
    is_allowed = allowed.has_host(host)
    return [
        *_check_form(url, parts),
        *_check_scheme(parts.scheme, is_allowed=is_allowed),
        *_check_host(host, is_allowed=is_allowed),
        *_check_port(port, is_allowed=is_allowed),
    ]


def _check_form(url: str, parts: SplitResult) -> list[Problem]:
    problems = []
    if len(url) > LONGEST_URL or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        problems.append(
            _refuse(
                "url_malformed",
                f"An address has {LONGEST_URL} plain characters at most and no spaces.",
                "Write other characters in their encoded form: xn--… in names, %C3%A9 in paths.",
            )
        )
    if "@" in parts.netloc or "#" in url:
        problems.append(
            _refuse(
                "url_has_extras",
                "The address has a user name or a part after “#”.",
                "Leave it out; what you receive is signed.",
            )
        )
    return problems


def _check_scheme(scheme: str, *, is_allowed: bool) -> list[Problem]:
    if scheme == "https" or (scheme == "http" and is_allowed):
        return []
    return [_refuse("url_not_https", "The address does not begin with https://.", "Use TLS.")]


def _check_host(host: str, *, is_allowed: bool) -> list[Problem]:
    address = _read_address(host)
    if address is None:
        if _HOST.fullmatch(host) and not _NUMERIC_LABEL.search(host.rsplit(".", 1)[-1]):
            return []
        return [
            _refuse(
                "host_malformed",
                f"“{host[:80]}” is neither a name nor an address in its usual form.",
                "Write the host like hooks.example.org.",
            )
        ]
    refusal = "" if is_allowed else find_refusal(address)
    return [_refuse_address(host, refusal)] if refusal else []


def _check_port(port: int | None, *, is_allowed: bool) -> list[Problem]:
    if port is None or port in PORTS or is_allowed:
        return []
    listed = " or ".join(map(str, PORTS))
    return [_refuse("port_refused", f"Port {port} is not called.", f"Listen on {listed}.")]


def _refuse_address(host: str, why: str) -> Problem:
    return _refuse(
        "address_refused",
        f"{host} is no address on the internet ({why}).",
        "Name a host that anybody can reach, or have the deployment allow this one.",
    )


def _read_address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _refuse(code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, hint, "/url")
