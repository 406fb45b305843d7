"""What changed between two editions of a document: read, compared once, kept by their digests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from calfcms.api.bodies import Body, BodyCache
from calfcms.publishing.differences import describe_differences
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Content, Kind
from calfcms.publishing.models import Edition

SCHEMA_VERSION: Final = 1

comparisons = BodyCache(max_bytes=16 * 1024 * 1024, max_addresses=4_000)
"""The answers of this process. Two editions never change, so neither does what lies between."""


@dataclass(frozen=True)
class EditionHead:
    """What is known of an edition without its words."""

    key: int
    number: int
    digest: str
    content_digest: str
    published_at: datetime
    change_class: str
    change_note: str


@dataclass(frozen=True)
class Pair:
    """Two editions of one document. `before` is None where there was nothing before."""

    kind: Kind
    slug: str
    locale: str
    before: EditionHead | None
    after: EditionHead

    @property
    def last_published_at(self) -> datetime:
        """Since when both are there."""
        heads = [self.after, *([self.before] if self.before else [])]
        return max(head.published_at for head in heads)


def list_heads(
    *, kind: str, slug: str, locale: str, numbers: set[int]
) -> Mapping[int, EditionHead]:
    """Those of these editions that there are, by their numbers. One query."""
    rows = Edition.objects.filter(
        document__kind=kind, document__slug=slug, document__locale=locale, number__in=numbers
    ).values_list(
        *("pk", "number", "digest", "content_digest", "published_at"),
        *("change_class", "change_note"),
    )
    return {row[1]: EditionHead(*row) for row in rows}


def get_differences(pair: Pair) -> Body:
    """What changed from the one to the other, as JSON. One query, none where it is kept."""
    address = (pair.before.digest if pair.before else "", pair.after.digest)
    if kept := comparisons.find(address):
        return kept
    content = json.dumps(_describe(pair), ensure_ascii=False, separators=(",", ":")).encode()
    body = Body(digest_of_bytes(content), content)
    comparisons.keep(address, body)
    return body


def _describe(pair: Pair) -> dict[str, Any]:
    heads = [pair.after, *([pair.before] if pair.before else [])]
    rows = Edition.objects.filter(pk__in={head.key for head in heads})
    contents = dict(rows.values_list("pk", "content"))

    def read(head: EditionHead) -> Content:
        return pair.kind.public_content(json.loads(contents[head.key]))

    return {
        "schema_version": SCHEMA_VERSION,
        "kind": pair.kind.name,
        "slug": pair.slug,
        "locale": pair.locale,
        "from": _describe_head(pair, pair.before) if pair.before else None,
        "to": _describe_head(pair, pair.after),
        **describe_differences(
            read(pair.before) if pair.before else None,
            read(pair.after),
            part_lists=pair.kind.part_lists,
            safety_members=pair.kind.safety_members,
        ),
    }


def _describe_head(pair: Pair, head: EditionHead) -> dict[str, Any]:
    path = f"/api/v1/{pair.kind.path}/{pair.slug}/editions/{head.number}"
    return {
        "edition": head.number,
        "digest": head.digest,
        "content_digest": head.content_digest,
        "published_at": format_instant(head.published_at),
        "change": {"class": head.change_class, "note": head.change_note},
        "url": f"{path}?locale={pair.locale}",
    }
