"""Bytes that this process holds, by digest: what a digest names never changes."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes and their digest."""

    digest: str
    content: bytes


class BodyCache:
    """The most recently used bodies, bounded by their total size. Safe between threads.

    It remembers for each address which body was there last. That is only a hint: who uses it asks
    the database which digest is there now, and saves the transfer when it is the one at hand.
    """

    def __init__(self, *, max_bytes: int, max_addresses: int) -> None:
        self._max_bytes = max_bytes
        self._max_addresses = max_addresses
        self._lock = Lock()
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._digests: OrderedDict[Hashable, str] = OrderedDict()
        self._size = 0

    def find(self, address: Hashable) -> Body | None:
        """The body last seen at this address, if it is still held."""
        with self._lock:
            digest = self._digests.get(address)
            body = self._bodies.get(digest) if digest else None
            if body:
                self._bodies.move_to_end(body.digest)
                self._digests.move_to_end(address)
            return body

    def keep(self, address: Hashable, body: Body) -> None:
        """Hold a body that was just read at this address."""
        with self._lock:
            self._digests[address] = body.digest
            self._digests.move_to_end(address)
            if len(self._digests) > self._max_addresses:
                self._digests.popitem(last=False)
            if body.digest not in self._bodies:
                self._bodies[body.digest] = body
                self._size += len(body.content)
            self._bodies.move_to_end(body.digest)
            self._shrink()

    @property
    def size(self) -> int:
        """The bytes held."""
        return self._size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._bodies.clear()
            self._digests.clear()
            self._size = 0

    def _shrink(self) -> None:
        while self._size > self._max_bytes:
            _, oldest = self._bodies.popitem(last=False)
            self._size -= len(oldest.content)
