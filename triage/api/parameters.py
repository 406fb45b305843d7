"""The query parameters of triage's own calls."""

from calfcms.api.parameters import Parameter, Parameters
from calfcms.publishing.api.list_parameters import list_parameters
from calfcms.publishing.api.parameters import NEGOTIATED_LOCALE
from triage.kind import ProtocolKind

MAX_QUERY = 200
"""Characters. Longer questions are parsed, not searched."""


def _parse_query(given: str) -> str:
    if not given.strip() or len(given) > MAX_QUERY:
        raise ValueError(f"Give some words to look for, at most {MAX_QUERY} characters.")
    return given


PROTOCOL_LIST = Parameters(*list_parameters(ProtocolKind))
FINDINGS = Parameters(
    NEGOTIATED_LOCALE,
    Parameter(
        "q",
        _parse_query,
        "Words to look for in phrases, questions and synonyms; misspellings are forgiven.",
        {"type": "string", "minLength": 1, "maxLength": MAX_QUERY, "examples": ["swolen joint"]},
    ),
)
