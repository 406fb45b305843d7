"""`manage.py dump_content --live`: what readers get comes out, and loads as it was published."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, LivePeriod
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.draft import ReferenceDraft
from conditions.models import Condition, Publisher, Reference, Topic
from tests.conditions.examples import REFERENCES, TOPICS
from tests.publishing.conftest import Clock, Workflow

FIXTURES = Path(__file__).parents[2] / "fixtures"

pytestmark = pytest.mark.django_db


def dump(path: Path, *options: str) -> tuple[list[str], str]:
    """Dump, and give the names of the files and what was warned of."""
    err = StringIO()
    call_command("dump_content", str(path), *options, stdout=StringIO(), stderr=err)
    return [file.relative_to(path).as_posix() for file in sorted(path.rglob("*.yaml"))], (
        err.getvalue()
    )


def load(path: Path) -> None:
    call_command("load_content", str(path), stdout=StringIO(), stderr=StringIO())


def read_live_digests() -> dict[str, str]:
    periods = LivePeriod.objects.filter(ended_at=None).select_related("edition", "document")
    return {str(period.document): period.edition.content_digest for period in periods}


def read_draft_digests() -> dict[str, str]:
    return {
        str(document): digest_of(get_kind(document.kind).read_content(document))
        for document in Document.objects.all()
    }


def test_it_dumps_what_is_live_and_no_drafts(workflow: Workflow, tmp_path: Path) -> None:
    workflow.publish_whole(title="As published")
    workflow.save(title="Only a draft")
    workflow.save(slug="tin-knee", title="Never published")

    files, _ = dump(tmp_path, "--live")

    assert files == ["conditions/glass-elbow.en.yaml", "publishers.yaml"]
    assert "As published" in (tmp_path / files[0]).read_text()


def test_what_was_withdrawn_is_not_dumped(workflow: Workflow, clock: Clock, tmp_path: Path) -> None:
    document = workflow.publish_whole().document
    withdraw(document=document, by=workflow.publisher, at=clock(), reason="It was wrong.")

    assert dump(tmp_path, "--live") == ([], "")


def test_a_page_loads_as_it_was_published(workflow: Workflow, clock: Clock, tmp_path: Path) -> None:
    for reference in REFERENCES.values():
        save_reference(reference=reference, by=workflow.editor, at=clock())
    save_topic(topic=TOPICS["ears"], by=workflow.editor, at=clock())
    workflow.publish_whole(summary="It glows [@ito-2019; @ear-board].", topics=("ears",))

    check_round_trip(tmp_path)


@pytest.mark.long
def test_all_content_of_this_project_loads_as_it_was_published(tmp_path: Path) -> None:
    call_command("load_content", str(FIXTURES), "--publish", stdout=StringIO(), stderr=StringIO())

    check_round_trip(tmp_path)


def check_round_trip(folder: Path) -> None:
    """Dump what is live, over drafts that say something else, and load it."""
    live = read_live_digests()
    _spoil_every_draft()

    dump(folder, "--live")
    load(folder)

    assert live
    assert read_draft_digests().items() >= live.items()


def _spoil_every_draft() -> None:
    """The shared rows too: bundles must bring back the words that were published."""
    Condition.objects.update(title="Spoilt")
    Publisher.objects.update(name="Spoilt")
    Topic.objects.update(title="Spoilt")
    for row in Reference.objects.all():
        row.csl = {**row.csl, "title": "Spoilt"}
        row.save()


def test_dumping_again_changes_nothing(workflow: Workflow, tmp_path: Path) -> None:
    workflow.publish_whole()
    dump(tmp_path, "--live")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")}

    dump(tmp_path, "--live")

    assert {file: file.read_bytes() for file in tmp_path.rglob("*.yaml")} == before


def test_a_source_that_was_published_in_two_wordings_is_told(
    workflow: Workflow, clock: Clock, tmp_path: Path
) -> None:
    reference = REFERENCES["ito-2019"]
    citing: dict[str, Any] = {"summary": "It glows [@ito-2019]."}
    save_reference(reference=reference, by=workflow.editor, at=clock())
    workflow.publish_whole(**citing)
    save_reference(reference=_retitle(reference), by=workflow.editor, at=clock())
    workflow.publish_whole(slug="tin-knee", **citing)

    _, warned = dump(tmp_path, "--live")

    assert "'ito-2019' was published in different words" in warned
    assert "condition tin-knee (en)" in warned
    assert "Another title" in (tmp_path / "references.yaml").read_text()


def _retitle(reference: ReferenceDraft) -> ReferenceDraft:
    csl = reference.csl.model_copy(update={"title": "Another title"})
    return reference.model_copy(update={"csl": csl})
