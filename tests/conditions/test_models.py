"""What the database itself refuses, whoever writes to it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from calfcms.publishing.models import Document
from conditions.models import Cause, Condition, Contributor, RedFlag, Reference, Section, Topic
from tests.conditions.examples import make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows

OUR_APPS = ("publishing", "conditions", "triage")


@pytest.fixture
def page(editor: User, at: datetime) -> Condition:
    """The example page as rows."""
    save_shared_rows(by=editor, at=at)
    document = save_page(make_draft(), by=editor, at=at)
    return Condition.objects.get(document=document)


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Condition, "audience", "everybody"),
        (Condition, "risk_class", "low"),
        (Condition, "review_interval_months", 61),
        (Condition, "review_interval_months", 0),
        (Section, "aspect", "weather"),
        (Section, "part_id", "symptoms"),
        (Cause, "urgency", "soon"),
        (RedFlag, "urgency", ""),
        (RedFlag, "part_id", "smoke"),
        (Contributor, "role", "reviewer"),
    ],
)
def test_it_refuses_values_that_no_draft_can_have(
    page: Condition, model: type[models.Model], column: str, value: Any
) -> None:
    last = model._default_manager.order_by("-pk")[:1].values("pk")

    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.filter(pk__in=list(last.values_list("pk", flat=True))).update(
            **{column: value}
        )


def test_a_section_cannot_be_inside_itself(page: Condition) -> None:
    section = Section.objects.get(part_id="symptoms")

    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.filter(pk=section.pk).update(parent=section)


def test_a_shared_row_that_a_page_rests_on_cannot_be_deleted(page: Condition) -> None:
    for row in (page.publisher, Topic.objects.get(), Reference.objects.get(key="ito-2019")):
        with pytest.raises(models.ProtectedError):
            row.delete()


def test_a_document_with_a_draft_cannot_be_deleted(page: Condition) -> None:
    with pytest.raises(models.ProtectedError):
        Document.objects.get().delete()


def test_one_can_ask_which_red_flags_rest_on_a_doi(page: Condition) -> None:
    flags = RedFlag.objects.filter(reference_links__reference__doi="10.1234/jim.2019.45")

    assert [flag.part_id for flag in flags] == ["smoke"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "checked", [{"checked_on": date(2026, 11, 20)}, {"checked_by": "Eda Editor"}]
)
def test_a_reference_is_checked_by_somebody_on_a_day_or_not_at_all(checked: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.create(key="a", csl={}, **checked)


def test_who_and_when_are_always_stored_together() -> None:
    unpaired = [
        f"{model.__name__}.{when}"
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for when, who in _list_pairs(model)
        if not (_is_required(model, when, who) or _is_constrained(model, when, who))
    ]

    assert unpaired == []


def test_the_sweep_finds_pairs_to_look_at() -> None:
    pairs = {pair for model in apps.get_models() for pair in _list_pairs(model)}

    assert {("checked_on", "checked_by"), ("signed_at", "signed_by")} <= pairs


def _list_pairs(model: type[models.Model]) -> list[tuple[str, str]]:
    names = {field.name for field in model._meta.get_fields()}
    stems = [(name, name[:-3]) for name in names if name.endswith(("_at", "_on"))]
    return [(name, f"{stem}_by") for name, stem in stems if f"{stem}_by" in names]


def _is_required(model: type[models.Model], when: str, who: str) -> bool:
    fields = [model._meta.get_field(name) for name in (when, who)]
    return not any(getattr(field, "null", True) or getattr(field, "blank", 1) for field in fields)


def _is_constrained(model: type[models.Model], when: str, who: str) -> bool:
    return any(
        {when, who} <= set(_list_columns(constraint.condition))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def _list_columns(condition: Any) -> Iterator[str]:
    for child in condition.children if isinstance(condition, Q) else []:
        if isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield from _list_columns(child)
