"""The comments on a document, by the part that they are about."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from calfcms.publishing.models import Comment, Document
from calfcms.publishing.naming import name_person


@dataclass(frozen=True)
class Remark:
    """A comment as a page shows it."""

    comment: Comment
    is_about_present_wording: bool

    @property
    def author(self) -> str:
        """Who wrote it."""
        return name_person(self.comment.written_by)


@dataclass(frozen=True)
class Talk:
    """The comments that matter for the present wording, oldest first."""

    remarks: tuple[Remark, ...]

    def list_on(self, part: str) -> list[Remark]:
        """Those on one part; on the whole for ""."""
        return [remark for remark in self.remarks if remark.comment.part == part]

    @property
    def open(self) -> list[Remark]:
        """Those that nobody has resolved."""
        return [remark for remark in self.remarks if remark.comment.resolved_at is None]

    def list_apart_from(self, parts: Collection[str]) -> list[tuple[str, list[Remark]]]:
        """The others by part: those on the whole, and on parts that a page does not show."""
        found: dict[str, list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            if remark.comment.part not in parts:
                found[remark.comment.part].append(remark)
        return sorted(found.items())


def read_talk(document: Document, content_digest: str) -> Talk:
    """What is open, and what was resolved about the present wording, whose digest this is. One
    query; the rest is in the history."""
    comments: Sequence[Comment] = list(
        Comment.objects.filter(document=document)
        .filter(Q(resolved_at=None) | Q(content_digest=content_digest))
        .select_related("written_by", "resolved_by")
    )
    return Talk(
        tuple(Remark(comment, comment.content_digest == content_digest) for comment in comments)
    )
