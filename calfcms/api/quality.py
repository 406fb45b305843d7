"""Lists with q-values (RFC 9110, 12.4.2), and choosing a media type from one."""

import re
from collections.abc import Sequence
from functools import lru_cache

_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)


def parse_quality_list(header: str) -> list[tuple[str, float]]:
    """The members with their qualities, best first; among equals the order of the header.

    Members with a malformed quality are left out. Other parameters are dropped.
    """
    members = []
    for item in header.split(","):
        value, *parameters = (part.strip() for part in item.split(";"))
        quality = _read_quality(parameters)
        if value and quality is not None:
            members.append((value.lower(), quality))
    return sorted(members, key=lambda member: -member[1])


def _read_quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else None
    return 1.0


@lru_cache(maxsize=512)
def choose_media_type(accept: str, offered: tuple[str, ...]) -> str | None:
    """The offered type that `Accept` likes best, None if it likes none.

    For each type the most specific range counts; among equals the first one offered wins. An
    absent header accepts anything.
    """
    if not accept.strip():
        return offered[0]
    ranges = dict(reversed(parse_quality_list(accept)))
    best = max(offered, key=lambda media_type: _get_quality(media_type, ranges))
    return best if _get_quality(best, ranges) > 0 else None


def _get_quality(media_type: str, ranges: dict[str, float]) -> float:
    essence = media_type.partition(";")[0].strip()
    family = essence.partition("/")[0]
    for candidate in (essence, f"{family}/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0
