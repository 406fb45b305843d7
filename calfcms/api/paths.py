"""Path converters."""

from django.urls import register_converter


class EditionNumber:
    """The number of an edition: whole, from 1, written in one way, and small enough to look up."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """From the URL."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Into a URL."""
        return str(value)


register_converter(EditionNumber, "edition")
