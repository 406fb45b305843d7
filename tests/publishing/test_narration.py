"""Events in words: every action that is done to a document has its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import calfcms.publishing.actions
from calfcms.publishing import narration
from calfcms.publishing.models import Event
from calfcms.publishing.narration import narrate

ROOT = Path(calfcms.publishing.actions.__file__).parents[3]


def list_recorded_actions() -> Iterator[tuple[str, str]]:
    """The file and the name of each action that the code records of a document, as written."""
    for path in sorted([*ROOT.glob("calfcms/**/actions/*.py"), *ROOT.glob("*/actions/*.py")]):
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "record_event":
                continue
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            if "document" not in given:
                continue
            for node in ast.walk(given["action"]):
                if isinstance(node, ast.Constant) and "." in str(node.value):
                    yield path.name, str(node.value)
                elif isinstance(node, ast.Name) and node.id in constants:
                    yield path.name, str(constants[node.id])


def test_every_action_of_a_document_is_told_in_words() -> None:
    recorded = set(list_recorded_actions())

    whole = {(file, action) for file, action in recorded if not action.endswith(".")}

    assert ("submit.py", "draft.submitted") in whole
    untold = {(file, action) for file, action in whole if action not in narration._TITLES}
    assert not untold, "give these a title in publishing/narration.py"


@pytest.mark.parametrize(
    ("event", "title", "why"),
    [
        (
            Event(
                action="draft.submitted", details={"change_class": "editorial", "note": "Shorter."}
            ),
            "asked for a review as an editorial change",
            "Shorter.",
        ),
        (
            Event(action="review.approved", details={"role": "clinical", "comment": ""}),
            "signed as clinical reviewer",
            "",
        ),
        (
            Event(action="edition.published", edition=4, details={"change": {"note": "New."}}),
            "published: edition 4",
            "New.",
        ),
        (
            Event(action="comment.written", details={"part": "a/b", "about": "Rest", "body": "?"}),
            "commented on “Rest”",
            "?",
        ),
        (
            Event(action="schedule.failed", details={"verb": "publish", "note": "Not signed."}),
            "had planned this; it could not be done: publish",
            "Not signed.",
        ),
        (Event(action="moon.landed_on", details={}), "moon: landed on", ""),
    ],
)
def test_an_event_says_what_was_done_and_why(event: Event, title: str, why: str) -> None:
    told = narrate(event)

    assert (told.title, told.why) == (title, why)


def test_what_was_checked_is_told() -> None:
    told = narrate(Event(action="review.approved", details={"checked_references": ["a", "b"]}))

    assert ("references checked", "a, b") in told.facts
