"""Connections to addresses that were checked, within a deadline for the whole exchange.

The name is resolved here, every address that it has is checked, and the connection goes to one of
those: a name that resolves to something else a moment later (DNS rebinding) changes nothing. TLS
still asks for the certificate of the name.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from calfcms.syndication.webhooks.addresses import Address, AllowList, find_refusal

Resolver = Callable[[str, int], list[Address]]


class AddressRefused(Exception):
    """The name leads somewhere that webhooks must not go."""


class Deadline:
    """How much time is left for all of connecting, writing and reading."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def get_left(self, timed_out: type[Exception]) -> float:
        """In seconds. Raises the given exception when there is nothing left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise timed_out
        return left


def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a name, each once, in the order in which they should be tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError(f"the name {host} cannot be resolved: {error}") from error
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0])) for entry in found))


class CheckedBackend(httpcore2.NetworkBackend):
    """Opens connections for one exchange. Where one address of a name is refused, all are."""

    def __init__(
        self, *, deadline: Deadline, allowed: AllowList, resolver: Resolver = resolve
    ) -> None:
        self._deadline, self._allowed, self._resolve = deadline, allowed, resolver
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of the name's addresses that answers."""
        addresses = self._resolve(host, port)
        if host not in self._allowed.hosts:
            self._check(host, addresses)
        failure: Exception = httpcore2.ConnectError(f"the name {host} has no address")
        for address in addresses:
            left = self._deadline.get_left(httpcore2.ConnectTimeout)
            try:
                stream = self._sockets.connect_tcp(
                    str(address), port, left, local_address, socket_options or ()
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure

    def _check(self, host: str, addresses: Iterable[Address]) -> None:
        for address in addresses:
            refusal = find_refusal(address)
            if refusal and not self._allowed.has_address(address):
                raise AddressRefused(f"{host} leads to {address}, which is not called ({refusal}).")


class _TimedStream(httpcore2.NetworkStream):
    """A connection of which every operation ends with the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.get_left(httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.get_left(httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        left = self._deadline.get_left(httpcore2.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
