"""What is wrong with a bundle: file, line, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class BundleError:
    """One reason to refuse a bundle. Prints as `fixtures/x.yaml:12: message hint`."""

    source: str
    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.message} {self.hint}".rstrip()


class BundleRefused(Exception):
    """Bundles were refused, with every reason found. Nothing was written."""

    def __init__(self, errors: Iterable[BundleError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))
