"""What this person can do next about a document, the most useful step first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document, Edition, ReviewerProfile
from calfcms.publishing.policy import Role
from calfcms.publishing.workflow import State


@dataclass(frozen=True)
class Step:
    """Something to do, and where. Without an address it is for somebody else to do."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Situation:
    """What the next step follows from."""

    document: Document
    standing: Any
    """As `standings.get_standing` gives it, or None."""
    live: Edition | None
    person: User
    is_own_work: bool
    """Whether this person edited the draft since the last edition."""
    problem_count: int
    """What stands in the way of publishing but for submission and signatures."""
    on: date
    is_stale: bool = False
    """Whether readers get a translation that its source has left behind."""

    def may(self, right: str) -> bool:
        """Whether the person holds the right."""
        return self.person.is_active and self.person.has_perm(f"publishing.{right}")

    def get_url(self, path: str) -> str:
        """The page of the document with that path, if this person may open it."""
        from calfcms.publishing.admin.pages import list_pages

        for page in list_pages():
            if page.path == path and page.may_open(self.person):
                return page.get_url(self.document)
        return ""


def list_next_steps(situation: Situation) -> list[Step]:
    """At least one: where nothing is to be done, it says so."""
    if situation.standing is None:
        return [_step(situation, "There is no draft. Restore one from the history.", "history")]
    steps = [*_list_fixes(situation), *_STEPS[State(situation.standing.state)](situation)]
    return steps or [Step("Nothing waits for you here.")]


def _list_fixes(situation: Situation) -> Iterator[Step]:
    count = situation.problem_count
    if count and situation.may("edit_draft") and situation.standing.state != State.PUBLISHED:
        things = "one problem" if count == 1 else f"{count} problems"
        yield Step(f"Fix {things} that publishing would refuse", get_edit_url(situation.document))


def _list_for_draft(situation: Situation) -> Iterator[Step]:
    if situation.may("submit"):
        yield _step(situation, "Submit it for review", "submit")
    if situation.may("edit_draft"):
        yield Step("Go on writing", get_edit_url(situation.document))
    elif not situation.may("submit"):
        yield Step("Nobody has asked for a review of this draft yet; that is for an editor.")


def _list_for_review(situation: Situation) -> Iterator[Step]:
    role = situation.standing.required_role
    if not situation.may("sign_off"):
        yield Step(f"It waits for its {role} sign-off, by somebody who did not edit it.")
        if situation.may("invite") and not situation.is_own_work:
            yield _step(situation, "Ask a reviewer from outside", "invite")
    elif situation.is_own_work:
        yield Step("You edited this draft, so somebody else must sign it.")
    elif role == Role.CLINICAL and not _has_profile(situation.person):
        yield Step("It needs a clinician, and there is no reviewer profile for you.")
    else:
        yield _step(situation, "Read it and sign it", "review")


def _list_for_changes(situation: Situation) -> Iterator[Step]:
    if situation.may("edit_draft"):
        yield _step(situation, "Read which changes the reviewer asks for", "review")
        yield Step("Make them", get_edit_url(situation.document))
    else:
        yield Step("A reviewer asked for changes; that is for an editor.")


def _list_for_approved(situation: Situation) -> Iterator[Step]:
    if situation.may("publish"):
        yield _step(situation, "Publish it, or schedule it", "publish")
    else:
        yield Step("It is signed and waits for a publisher.")


def _list_for_published(situation: Situation) -> Iterator[Step]:
    if situation.is_stale and situation.may("edit_draft"):
        text = "Its source moved on: bring the translation up to date"
        yield Step(text, get_edit_url(situation.document))
    if not is_overdue(situation.live, situation.on):
        return
    if situation.may("edit_draft"):
        yield Step("Its review is overdue: look through it again", get_edit_url(situation.document))
    if situation.may("extend_review"):
        yield _step(situation, "Its review is overdue: extend it, or have it withdrawn", "publish")


_STEPS = {
    State.DRAFT: _list_for_draft,
    State.IN_REVIEW: _list_for_review,
    State.CHANGES_REQUESTED: _list_for_changes,
    State.APPROVED: _list_for_approved,
    State.PUBLISHED: _list_for_published,
}


def is_overdue(live: Edition | None, on: date) -> bool:
    """Whether what readers get was to be reviewed before that day."""
    return live is not None and live.next_review_due_on < on


def _step(situation: Situation, text: str, path: str) -> Step:
    return Step(text, situation.get_url(path))


def _has_profile(person: User) -> bool:
    return ReviewerProfile.objects.filter(user=person).exists()
