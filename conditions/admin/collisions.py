"""Somebody else saved first: who, what they changed, and both changes together to choose from."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from pydantic import BaseModel

from calfcms.publishing.comparison import compare
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.merging import Conflict, merge
from calfcms.publishing.models import Document, Standing
from calfcms.publishing.naming import name_person
from calfcms.publishing.problem import Refused
from calfcms.publishing.wording import compare_words
from calfcms.publishing.writing import write_value


def describe_collision(
    refused: Refused,
    *,
    document: Document,
    base: BaseModel,
    theirs: BaseModel,
    mine: BaseModel,
) -> dict[str, Any]:
    """What the page needs to put two changes together; the next save starts from `theirs`."""
    kind = get_kind(document.kind)
    before, now, wanted = (draft.model_dump(mode="json") for draft in (base, theirs, mine))
    merged = merge(before, now, wanted, part_lists=kind.part_lists)
    changes = compare(before, now, part_lists=kind.part_lists, safety_members=kind.safety_members)
    problem = refused.problems[0]
    return {
        "message": problem.message,
        "hint": problem.hint,
        **_describe_save(document),
        "changes": render_to_string("publishing/_comparison.html", {"comparison": changes}),
        "theirs": now,
        "merged": merged.merged,
        "conflicts": [_describe(conflict) for conflict in merged.conflicts],
    }


def _describe_save(document: Document) -> dict[str, Any]:
    standing = Standing.objects.select_related("saved_by").get(document=document)
    return {
        "saved_by": name_person(standing.saved_by),
        "saved_at": format_instant(standing.saved_at),
        "saved_at_words": timezone.localtime(standing.saved_at).strftime("%-d %B %Y, %H:%M UTC"),
    }


def _describe(conflict: Conflict) -> dict[str, Any]:
    return {
        "pointer": conflict.pointer,
        "clash": conflict.clash.value,
        "base": conflict.base,
        "theirs": conflict.theirs,
        "mine": conflict.mine,
        "their_runs": _show_change(conflict.base, conflict.theirs),
        "my_runs": _show_change(conflict.base, conflict.mine),
    }


def _show_change(before: Any, after: Any) -> list[tuple[str, str]]:
    runs = compare_words(write_value(before), write_value(after))
    return [(run.op.value, run.text) for run in runs]
