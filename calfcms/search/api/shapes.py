"""What an item of a list has when it was searched for, as JSON."""

from calfcms.api.schema import Shape


class SnippetShape(Shape):
    """A stretch of the text, 200 characters at most, around the words that were found."""

    html: str
    """Safe to put into a page: escaped, with nothing in it but `<mark>` around the words."""
    text: str
    """The same, plain."""


class FoundItem(Shape):
    """What an item has besides when `q` is there."""

    snippet: SnippetShape | None = None
    """There only with `q`."""
    matched: str | None = None
    """There only with `q`: the part that the snippet is from, such as `sections/symptoms`,
    `red_flags/numb-foot`, `summary` or `alternate_names`."""


class FoundPage(Shape):
    """What a list has besides when `q` is there."""

    corrected: str | None = None
    """There only where words of `q` were misspelt: what was searched for instead."""
