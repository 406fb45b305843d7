"""Which plain words in a bundle are text, and which are a number, true, false or nothing.

YAML 1.1 and 1.2 disagree (`no`, `010`, `1e5`, `22:30`), and so do their readers. Words on which
they disagree are `AMBIGUOUS`: refused when read plain, and quoted when written. Dates are text.
"""

import re

TAG = "tag:yaml.org,2002:"
NULL, BOOL, INT, FLOAT, TEXT = (TAG + name for name in ("null", "bool", "int", "float", "str"))
AMBIGUOUS = "!ambiguous"

_WORDS = ("yes", "no", "on", "off", "true", "false", "null")
_CASED = "|".join(form for word in _WORDS for form in (word, word.title(), word.upper()))
_OTHER_NUMBERS = r"""
    [-+]? [0-9][0-9_]*                                 # 010, 1_000, +5
  | [-+]? [0-9][0-9_]* \. [0-9_]*                      # 1., 01.5
  | [-+]? \. [0-9][0-9_]*                              # .5
  | [-+]? [0-9_]* \.? [0-9_]+ \.? [eE] [-+]? [0-9]+    # 1e5
  | [-+]? 0[xXoObB] [0-9a-fA-F_]+                      # 0x1F, 0o17
  | [-+]? [0-9][0-9_]* (:[0-5]?[0-9])+ (\.[0-9_]*)?    # 22:30, which YAML 1.1 reads in base 60
  | [-+]? \. (inf|Inf|INF|nan|NaN|NAN)
"""

# (tag, pattern, first characters), tried in this order.
RESOLVERS: tuple[tuple[str, re.Pattern[str], list[str]], ...] = (
    (NULL, re.compile(r"(?:null|)\Z"), ["n", ""]),
    (BOOL, re.compile(r"(?:true|false)\Z"), list("tf")),
    (INT, re.compile(r"-?(?:0|[1-9][0-9]*)\Z"), list("-0123456789")),
    (
        FLOAT,
        re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?\Z"),
        list("-0123456789"),
    ),
    (AMBIGUOUS, re.compile(rf"(?:{_CASED}|~|=|<<)\Z"), list("yYnNoOtTfF~=<")),
    (
        AMBIGUOUS,
        re.compile(rf"(?:{_OTHER_NUMBERS})\Z", re.VERBOSE),
        list("-+.0123456789"),
    ),
)


def tag_of(plain: str) -> str:
    """What a plain, unquoted word is."""
    for tag, pattern, _first in RESOLVERS:
        if pattern.match(plain):
            return tag
    return TEXT


def value_of(tag: str, plain: str) -> str | int | float | bool | None:
    """The value of a plain word whose tag is known and not `AMBIGUOUS`."""
    if tag == NULL:
        return None
    if tag == BOOL:
        return plain == "true"
    if tag == INT:
        return int(plain)
    return float(plain) if tag == FLOAT else plain
