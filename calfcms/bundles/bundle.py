"""A bundle in memory: what the file says, and on which line it says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calfcms.bundles.errors import BundleError


@dataclass(frozen=True)
class Bundle:
    """The data of one file. `marks` maps a JSON pointer to the line on which it stands."""

    source: str
    data: dict[str, Any]
    marks: Mapping[str, int]

    @property
    def kind(self) -> Any:
        """What the file says that it holds; anything at all, until a reader has checked it."""
        return self.data.get("kind")

    def line_of(self, pointer: str) -> int:
        """The line of a pointer, or of the nearest thing around it that is in the file."""
        while pointer and pointer not in self.marks:
            pointer = pointer.rpartition("/")[0]
        return self.marks.get(pointer, 1)

    def error_at(self, pointer: str, message: str, hint: str) -> BundleError:
        """An error on the line of a pointer."""
        return BundleError(self.source, self.line_of(pointer), message, hint)
