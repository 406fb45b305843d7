"""Submits a draft three times, each time with another note: six notices for two reviewers."""

from tests.processes.scene import now, prepare_people

from calfcms.publishing.actions.save_draft import save_draft  # isort: skip
from calfcms.publishing.actions.submit import submit  # isort: skip
from calfcms.publishing.demonstration import get_demonstration_editor  # isort: skip
from calfcms.publishing.policy import ChangeClass  # isort: skip
from tests.publishing.conftest import make_draft  # isort: skip

if __name__ == "__main__":
    prepare_people()
    editor, draft = get_demonstration_editor(), make_draft()
    document = save_draft(
        kind="condition", slug=draft.slug, locale="en", draft=draft, by=editor, at=now()
    ).document
    for note in ("First", "Second", "Third"):
        submit(document=document, by=editor, at=now(), change_class=ChangeClass.CLINICAL, note=note)
