"""Values that this process used last, bounded by their total size. Safe between threads."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Final, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
OVERHEAD: Final = 2_000
"""Bytes that an entry takes besides its content: else very many empty answers would fill memory."""


class Recent(Generic[Value]):
    """Forgets what was used longest ago once the sizes add up to more than `max_size`.

    What it holds is only a hint: who uses it asks the database whether it still is so.
    """

    def __init__(self, *, max_size: int, overhead: int = OVERHEAD) -> None:
        self._max_size = max_size
        self._overhead = overhead
        self._lock = Lock()
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._size = 0

    def find(self, key: Hashable) -> Value | None:
        """The value last kept under this key, if it is still held."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def find_all(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Those of the values kept under these keys that are still held."""
        found = {}
        with self._lock:
            for key in keys:
                if key in self._values:
                    self._values.move_to_end(key)
                    found[key] = self._values[key][0]
        return found

    def keep(self, key: Hashable, value: Value, *, size: int) -> None:
        """Hold a value, in place of the one that was held under this key."""
        size += self._overhead
        with self._lock:
            _, before = self._values.pop(key, (None, 0))
            self._values[key] = value, size
            self._size += size - before
            while self._size > self._max_size:
                _, (_, oldest) = self._values.popitem(last=False)
                self._size -= oldest

    @property
    def size(self) -> int:
        """The sizes of all that is held, with what each entry takes besides."""
        return self._size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._size = 0
