"""Plain values to canonical YAML: one way to write each value, so that diffs show what changed.

Multi-line text is a literal block, so Markdown stays Markdown. Width 100, two spaces, dashes not
indented, Unicode kept, keys in the order given. `read_yaml(write_yaml(x)).data == x`.
"""

import math
from typing import Any, ClassVar

import yaml

from calfcms.bundles.scalars import RESOLVERS, TEXT

WIDTH = 100
# Characters that YAML takes for line ends: inside a literal block they would not come back.
_ODD_LINE_ENDS = ("\r", "\x85", "\u2028", "\u2029")


def write_yaml(data: dict[str, Any]) -> str:
    """The canonical text of a bundle."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        width=WIDTH,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
    )


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper with our table of plain words, so that dates stay plain and `no` does not."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if any(character in text for character in _ODD_LINE_ENDS):
        return dumper.represent_scalar(TEXT, text, style='"')
    return dumper.represent_scalar(TEXT, text, style="|" if "\n" in text else None)


def _represent_float(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    if not math.isfinite(number):
        raise ValueError(f"A bundle cannot hold {number}.")
    return dumper.represent_float(number)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(float, _represent_float)
for _tag, _pattern, _characters in RESOLVERS:
    _Dumper.add_implicit_resolver(_tag, _pattern, _characters)
