"""Submitting: asking for a review of what the draft says now, as a change of some class."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.publishing.actions.submit import submit
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.publishing.admin.pages.review import ReviewPage
from calfcms.publishing.kinds import Content, get_kind, list_content_problems
from calfcms.publishing.library import LibraryOfEditions
from calfcms.publishing.policy import ChangeClass, Role, get_required_role, is_class_too_low
from calfcms.publishing.problem import Problem, refuse
from calfcms.publishing.review_sheet import ReviewSheet, read_review_sheet

_MEANINGS = {
    ChangeClass.CLINICAL: "What is advised has changed, or was reviewed anew. Moves the date of "
    "the last review.",
    ChangeClass.EDITORIAL: "Other words, the same advice. The date of the last review stays.",
    ChangeClass.PRESENTATION: "Order and looks only. The date of the last review stays.",
    ChangeClass.CORRECTION: "Something was wrong, and readers are told that it was corrected.",
}


@dataclass(frozen=True)
class Choice:
    """A class of change as the form offers it."""

    value: str
    meaning: str
    role: Role
    hindrance: str
    """Why it cannot be chosen for this draft; empty where it can."""
    is_chosen: bool


class SubmitPage(DocumentPage):
    """The form that asks for a review."""

    path = "submit"
    title = "Submit"
    right = "submit"
    in_navigation = False
    template_name = "publishing/submit.html"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Submit what the draft says now."""
        submit(
            document=self.document,
            by=self.person,
            at=timezone.now(),
            change_class=_read_class(request.POST.get("change_class", "")),
            note=read_text(request, "note"),
        )
        return self.done("Submitted. Reviewers find it in what waits for them.", ReviewPage)

    def describe(self) -> dict[str, Any]:
        """What would be submitted, as what, and what publishing would still object to."""
        sheet = read_review_sheet(self.document)
        if sheet is None:
            return {"sheet": None}
        return {
            "sheet": sheet,
            "comparison": sheet.comparison,
            "choices": self._list_choices(sheet),
            "publishing_problems": self._list_publishing_problems(sheet.draft.content),
            "note": self.request.POST.get("note", sheet.standing.change_note or ""),
        }

    def _list_choices(self, sheet: ReviewSheet) -> list[Choice]:
        chosen = self.request.POST.get("change_class") or sheet.standing.change_class
        is_safety_change = sheet.standing.is_safety_change
        suggestion = ChangeClass.CLINICAL if is_safety_change else ChangeClass.EDITORIAL
        return [
            Choice(
                value=value.value,
                meaning=_MEANINGS[value],
                role=get_required_role(value, is_safety_change=is_safety_change),
                hindrance=_find_hindrance(value, sheet, is_safety_change),
                is_chosen=value == (chosen or suggestion),
            )
            for value in ChangeClass
        ]

    def _list_publishing_problems(self, content: Content) -> list[Problem]:
        library = LibraryOfEditions(pending=[content])
        problems = list_content_problems(get_kind(self.document.kind), content, library)
        return list(dict.fromkeys(problems))


def _read_class(value: str) -> ChangeClass:
    if value in set(ChangeClass):
        return ChangeClass(value)
    raise refuse(
        "change_class_missing",
        "No class of change was chosen.",
        "Choose the one that fits; it decides who must sign.",
        "/change_class",
    )


def _find_hindrance(value: ChangeClass, sheet: ReviewSheet, is_safety_change: bool) -> str:
    if sheet.base is None and value != ChangeClass.CLINICAL:
        return "A first edition is clinical: nobody has reviewed its content yet."
    if is_class_too_low(value, is_safety_change=is_safety_change):
        return "The draft changes what keeps readers safe."
    return ""
