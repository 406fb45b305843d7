"""Making a document's rows say what a draft says.

Rows keep their identity by part id. The root is always saved, because a revision follows it.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import models

from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from calfcms.publishing.row_sync import (
    Wanted,
    delete_gone,
    index_rows,
    save_if_changed,
    set_columns,
    sync_rows,
)
from conditions.draft import ConditionDraft
from conditions.draft import RedFlag as RedFlagDraft
from conditions.models import (
    Cause,
    Condition,
    ConditionCode,
    ConditionTopic,
    Contributor,
    Faq,
    Figure,
    RedFlag,
    RedFlagReference,
    Section,
)
from conditions.rows import (
    cause_values,
    coding_values,
    condition_values,
    contributor_values,
    faq_values,
    figure_values,
    place_sections,
    red_flag_values,
    section_values,
)
from conditions.selectors import list_missing_shared_rows


def write_rows(document: Document, draft: ConditionDraft) -> None:
    """Make the document's rows say what the draft says. Call it inside a revision.

    Raises `Refused` where the draft names a publisher, topic or reference that does not exist.
    """
    if (draft.slug, draft.locale) != (document.slug, document.locale):
        raise ValueError(f"{document} cannot have the draft of {draft.slug} ({draft.locale}).")
    if problems := list_missing_shared_rows(draft):
        raise Refused(problems)
    root = Condition.objects.filter(document=document).first() or Condition(document=document)
    set_columns(root, condition_values(draft))
    root.save()
    _write_lists(root, draft)
    _write_parts(root, draft)
    root.save()  # again, so that the revision follows it to the children as they are now


def _write_lists(root: Condition, draft: ConditionDraft) -> None:
    """The rows without a part id: topics go by slug, codes and contributors by their place."""
    topics = [(slug, {"topic_id": slug}) for slug in draft.topics]
    codes = [(n, coding_values(coding)) for n, coding in enumerate(draft.codes)]
    people = [(n, contributor_values(person)) for n, person in enumerate(draft.contributors)]
    sync_rows(
        index_rows(root.topic_links.all(), "topic_id"),
        topics,
        partial(ConditionTopic, condition=root),
    )
    sync_rows(
        index_rows(root.codes.all(), "position"), codes, partial(ConditionCode, condition=root)
    )
    sync_rows(
        index_rows(root.contributors.all(), "position"),
        people,
        partial(Contributor, condition=root),
    )


def _write_parts(root: Condition, draft: ConditionDraft) -> None:
    _write_sections(root, draft)
    _sync_parts(root, Cause, [(cause.id, cause_values(cause)) for cause in draft.causes])
    _sync_parts(root, Faq, [(faq.id, faq_values(faq)) for faq in draft.faqs])
    _sync_parts(root, Figure, [(figure.id, figure_values(figure)) for figure in draft.figures])
    flags = _sync_parts(
        root, RedFlag, [(flag.id, red_flag_values(flag)) for flag in draft.red_flags]
    )
    _write_red_flag_references(root, draft.red_flags, flags)


def _write_sections(root: Condition, draft: ConditionDraft) -> None:
    """Parents first, and deletions last: a section may have moved out of a deleted one."""
    rows = index_rows(Section.objects.filter(condition=root), "part_id")
    kept: dict[str, Any] = {}
    for parent, position, section in place_sections(draft.sections):
        row = rows.get(section.id) or Section(condition=root, part_id=section.id)
        place = {"parent_id": kept[parent].pk if parent else None, "position": position}
        save_if_changed(row, {**section_values(section), **place})
        kept[section.id] = row
    delete_gone(rows, kept)


def _write_red_flag_references(
    root: Condition, flags: Iterable[RedFlagDraft], rows: Mapping[Any, Any]
) -> None:
    links = list(RedFlagReference.objects.filter(red_flag__condition=root))
    for flag in flags:
        row = rows[flag.id]
        own = index_rows((link for link in links if link.red_flag_id == row.pk), "reference_id")
        wanted = [(key, {"reference_id": key}) for key in flag.references]
        sync_rows(own, wanted, partial(RedFlagReference, red_flag=row))


def _sync_parts(root: Condition, model: type[models.Model], wanted: Wanted) -> dict[Any, Any]:
    rows = index_rows(model._default_manager.filter(condition=root), "part_id")
    identified = [(part_id, {**values, "part_id": part_id}) for part_id, values in wanted]
    return sync_rows(rows, identified, partial(model, condition=root))
