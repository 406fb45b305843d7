"""What a YAML parser's complaint means, in words that say what to do."""

import yaml

from calfcms.bundles.errors import BundleError

# (a part of the parser's message, our message, our hint), the first that fits.
_EXPLANATIONS = (
    (
        "'\\t'",
        "There is a tab where spaces should be.",
        "Indent with two spaces for each level.",
    ),
    (
        "mapping values are not allowed",
        "A `: ` inside plain text reads as a key.",
        "Put the text in quotes, or check the indentation.",
    ),
    (
        "found character",
        "Plain text cannot begin with this character.",
        "Put the text in quotes.",
    ),
    (
        "unexpected end of stream",
        "A quotation mark opens here and is never closed.",
        "Close it; inside '…' write '' for an apostrophe.",
    ),
    (
        "expected <block end>",
        "The indentation does not fit the lines above.",
        "Indent the keys of one mapping alike, and begin each item of a list with `- `.",
    ),
    (
        "could not find expected ':'",
        "A key has no `: ` after it.",
        "Write `key: value`.",
    ),
    (
        "expected ',' or",
        "A [ or { is not closed.",
        "Close it, or write the list line by line.",
    ),
)


def explain_syntax(error: yaml.YAMLError, text: str, source: str) -> BundleError:
    """The error with its line, a message and a hint."""
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        message = f"The character U+{ord(text[error.position]):04X} is not allowed."
        return BundleError(source, line, message, "Delete it; it is usually invisible.")
    if not isinstance(error, yaml.MarkedYAMLError):
        return BundleError(source, 1, f"{error}.", "Check the YAML.")
    problem = error.problem or "unreadable"
    is_unclosed = "end of stream" in problem or "expected ',' or" in problem
    mark = (error.context_mark if is_unclosed else None) or error.problem_mark
    line = mark.line + 1 if mark else 1
    for part, message, hint in _EXPLANATIONS:
        if part in problem:
            return BundleError(source, line, message, hint)
    return BundleError(source, line, f"The YAML is broken: {problem}.", "Check this line.")
